/** `?_type=…`: one search of several types. */
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  const subject = { reference: 'Patient/a' };
  const tag = { meta: { tag: [{ system: 'urn:t', code: 'x' }] } };
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      putEntry(patient('a', tag)),
      putEntry(patient('b')),
      putEntry(vitalStatus('v1', subject, '2024-02-01')),
      putEntry({ ...vitalStatus('v2', subject, '2023-02-01'), ...tag }),
      putEntry({
        resourceType: 'Procedure',
        id: 'p1',
        status: 'completed',
        subject,
        performedDateTime: '2024-01-01',
      }),
      putEntry({ resourceType: 'Organization', id: 'o', name: 'Ward', ...tag }),
    ),
  );
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

interface Link {
  readonly relation: string;
  readonly url: string;
}

async function found(query: string): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let path: string | undefined = `/fhir/R4?${query}`; path !== undefined; ) {
    const { status, body } = await service.get(path);
    if (status !== 200) return [`${status} ${body.issue[0].details.coding[0].code}`];
    for (const { resource, search } of body.entry ?? []) {
      seen.push(`${search.mode === 'match' ? '' : `${search.mode} `}${resource.resourceType}/${resource.id}`);
    }
    path = body.link.find(({ relation }: Link) => relation === 'next')?.url.slice(service.url.length);
  }
  return seen;
}

it.each([
  ['_type=Observation,Procedure&patient=a&_sort=date', ['Observation/v2', 'Procedure/p1', 'Observation/v1']],
  [
    '_type=Observation,Procedure&patient=a&_sort=-date&_count=1',
    ['Observation/v1', 'Procedure/p1', 'Observation/v2'],
  ],
  ['_type=Observation,Procedure&date=ge2024&_sort=date', ['Procedure/p1', 'Observation/v1']],
  ['_type=Patient&_type=Organization&_tag=urn:t|x&_sort=_id', ['Patient/a', 'Organization/o']],
  ['_type=Procedure&_include=Procedure:patient', ['Procedure/p1', 'include Patient/a']],
  ['_type=Patient,Observation&_id=v1,b&_sort=_id', ['Patient/b', 'Observation/v1']],
  // a parameter that one of them lacks would find all of that type
  ['_type=Patient,Observation&gender=female', ['400 parameter-invalid']],
  ['_type=Patient,Observation&_sort=date', ['400 parameter-invalid']],
  ['_type=Patient,Nothing', ['400 parameter-invalid']],
  ['_id=a', ['400 parameter-invalid']],
])('?%s', async (query, expected) => {
  expect(await found(query)).toEqual(expected);
});

it('counts over all the types, also where it is asked by a form', async () => {
  const { status, body } = await service.send('/fhir/R4/_search', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '_type=Patient,Observation&_count=1',
  });
  expect([status, body.total, body.entry.length]).toEqual([200, 4, 1]);
  const self = body.link.find(({ relation }: Link) => relation === 'self').url;
  expect((await service.get(self.slice(service.url.length))).body.total).toBe(4);
  const counted = await service.get('/fhir/R4?_type=Patient,Observation,Procedure&_summary=count');
  expect([counted.body.total, counted.body.entry]).toEqual([5, undefined]);
});
