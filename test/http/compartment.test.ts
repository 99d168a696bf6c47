/** `Patient/{id}/Type`: searches within the compartment of a Patient. */
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  const own = { reference: 'Patient/a' };
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      putEntry(patient('a')),
      putEntry(patient('b', { link: [{ other: own, type: 'seealso' }] })),
      putEntry(patient('c')),
      putEntry(vitalStatus('of-a', own, '2024-01-01')),
      putEntry(vitalStatus('of-a-later', own, '2025-01-01')),
      putEntry({ ...vitalStatus('by-a', { reference: 'Patient/b' }, '2024-01-01'), performer: [own] }),
      putEntry(vitalStatus('of-c', { reference: 'Patient/c' }, '2024-01-01')),
      putEntry({ resourceType: 'Organization', id: 'o', name: 'Ward' }),
    ),
  );
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

async function found(path: string): Promise<readonly string[]> {
  const { status, body } = await service.get(`/fhir/R4/${path}`);
  if (status !== 200) return [`${status} ${body.issue[0].details.coding[0].code}`];
  return (body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id).sort();
}

it.each([
  ['Patient/a/Observation', ['by-a', 'of-a', 'of-a-later']],
  ['Patient/a/Observation?subject=Patient/a&date=2024', ['of-a']],
  ['Patient/a/Observation?_id=of-c', []],
  ['Patient/a/Observation?_include=Observation:subject&date=2024', ['a', 'b', 'by-a', 'of-a']],
  ['Patient/a/Patient', ['a', 'b']],
  ['Patient/nobody/Observation', []],
  ['Patient/a/Organization', ['404 route-not-found']],
  ['Patient/a/Observatio', ['404 route-not-found']],
  ['Patient/a/*', ['404 route-not-found']],
  ['Patient/a/Observation?date=soon', ['400 parameter-invalid']],
  ['Patient/a_b/Observation', ['422 id-invalid']],
])('%s', async (path, expected) => {
  expect(await found(path)).toEqual(expected);
});

it('pages by links of the compartment, also where it was asked by a form', async () => {
  const first = await service.send('/fhir/R4/Patient/a/Observation/_search', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '_count=2',
  });
  expect([first.status, first.body.total, first.body.entry.length]).toEqual([200, 3, 2]);
  const next = first.body.link.find(({ relation }: { relation: string }) => relation === 'next').url;
  expect(next).toMatch(`${service.url}/fhir/R4/Patient/a/Observation?`);
  const second = await service.get(next.slice(service.url.length));
  expect([second.body.total, second.body.entry.length]).toEqual([3, 1]);
});

it('is told of, and offers nothing else there', async () => {
  const { body } = await service.get('/fhir/R4/metadata');
  expect(body.rest[0].compartment).toEqual(['http://hl7.org/fhir/CompartmentDefinition/patient']);
  const posted = await service.post('/fhir/R4/Patient/a/Observation', {});
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await service.put('/fhir/R4/Patient/a/$nothing', {})).status).toBe(404);
});
