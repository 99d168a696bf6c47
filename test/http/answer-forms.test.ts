/** How callers ask for a form of answer, and what links and refusals say. */
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
const SUBSETTED = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};

function observation(id: string, more: object) {
  return { resourceType: 'Observation', id, status: 'final', code: { coding: [{ code: id }] }, ...more };
}

beforeAll(async () => {
  service = await startTestService({ validation: 'off' });
  const chain = Array.from({ length: 9 }, (_, n) =>
    putEntry(observation(`o${n}`, n === 8 ? {} : { hasMember: [{ reference: `Observation/o${n + 1}` }] })),
  );
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      putEntry(patient('a', { name: [{ family: 'Adams' }], gender: 'male' })),
      putEntry(patient('b', { name: [{ family: 'Brown' }], gender: 'female', meta: { tag: [SUBSETTED] } })),
      putEntry(observation('valued', { valueString: 'x', subject: { reference: 'Patient/a' } })),
      ...chain,
    ),
  );
  if (status !== 200) throw new Error(`${status}`);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

it.each([
  ['application/fhir+json', 200],
  ['application/fhir+json; charset=utf-8', 200],
  ['application/fhir+json;fhirVersion=4.0', 200],
  ['application/fhir+json; fhirVersion=5.0', 406],
  ['application/fhir+json; fhirVersion="3.0", application/json;q=0.1', 200],
  ['application/fhir+xml;q=1.0, application/fhir+json;q=0.5', 200],
  ['application/fhir+xml, application/fhir+json;q=0', 406],
  ['application/json+fhir', 200],
  ['APPLICATION/JSON', 200],
  ['text/html,application/xhtml+xml,*/*;q=0.8', 200],
  ['text/turtle', 406],
  ['application/vnd.other.json', 406],
  ['*/*', 200],
])('Accept: %s is answered %i', async (accept, expected) => {
  expect((await service.send('/fhir/R4/Patient/a', { headers: { accept } })).status).toBe(expected);
});

it.each([
  ['json', 200],
  ['application/fhir+json', 200],
  ['application/fhir%2Bjson', 200],
  ['application/fhir%2Bjson;fhirVersion=4.0', 200],
  ['application/fhir%2Bjson;fhirVersion=3.0', 406],
  ['xml', 406],
])('_format=%s is answered %i, in the URL and in a form', async (format, expected) => {
  const read = await service.get(`/fhir/R4/Patient/a?_format=${format}`);
  const searched = await service.send('/fhir/R4/Patient/_search', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `_format=${format}`,
  });
  expect([read.status, searched.status]).toEqual([expected, expected]);
});

it('a form asks for pretty answers too', async () => {
  const response = await fetch(`${service.url}/fhir/R4/Patient/_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '_pretty=true',
  });
  expect(await response.text()).toContain('\n  "resourceType": "Bundle"');
});

it.each([
  ['Patient/a?_elements=name', ['name']],
  ['Patient/a?_elements=name.family', ['name']],
  ['Patient/a?_elements=Patient.name,Observation.gender', ['name']],
  ['Patient/a?_elements=nothing', []],
  ['Observation/valued?_elements=value', ['code', 'status', 'valueString']],
  ['Observation/valued?_elements=value[x]', ['code', 'status', 'valueString']],
  ['Observation/valued?_elements=valueString', ['code', 'status', 'valueString']],
  ['Observation/valued?_elements=val', ['code', 'status']],
])('%s', async (path, expected) => {
  const { body } = await service.get(`/fhir/R4/${path}`);
  const always = ['resourceType', 'id', 'meta'];
  expect(
    Object.keys(body)
      .filter((name) => !always.includes(name))
      .sort(),
  ).toEqual(expected);
  expect(body.meta.tag).toContainEqual(SUBSETTED);
});

it('what is tagged as a part already is not tagged twice', async () => {
  const { body } = await service.get('/fhir/R4/Patient/b?_summary=data');
  expect(body.meta.tag).toEqual([SUBSETTED]);
});

it('links tell only what was sorted by', async () => {
  const { body } = await service.get('/fhir/R4/Patient?_sort=gender,-family,_id&_count=1');
  const urls = body.link.map(({ url }: { url: string }) => new URL(url).searchParams.get('_sort'));
  expect(urls).toEqual(['-family,_id', '-family,_id']);
  expect((body.entry ?? []).map(({ resource }: { resource: { id?: string } }) => resource.id)).toEqual([
    'b',
    undefined,
  ]);
  const none = await service.get('/fhir/R4/Patient?_sort=gender');
  expect(new URL(none.body.link[0].url).search).toBe('');
});

it('follows :iterate as far as it leads', async () => {
  const path = '/fhir/R4/Observation?_id=o0&_include:iterate=Observation:has-member&_total=none';
  const { body } = await service.get(path);
  expect(body.entry).toHaveLength(9);
  expect(body.total).toBeUndefined();
});

it.each([
  ['GET', 'Patiens', 404, 'route-not-found'],
  ['GET', 'patient/a', 404, 'route-not-found'],
  ['GET', 'Patient/_search', 405, 'method-unsupported'],
  ['GET', 'Patient?_count=-1', 400, 'parameter-invalid'],
  ['GET', 'Patient?_count=1.5', 400, 'parameter-invalid'],
  ['GET', 'Patient?gender:above=male', 400, 'parameter-invalid'],
  ['GET', 'Patient?gender:below=male', 400, 'parameter-invalid'],
  ['GET', 'Patient?identifier:of-type=urn:t|MR|1', 400, 'parameter-invalid'],
])('%s %s is refused: %i %s', async (method, path, status, code) => {
  const answer = await service.send(`/fhir/R4/${path}`, { method });
  expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([status, code]);
});

it('takes a count beyond its own limit for that limit', async () => {
  for (const count of ['1001', '999999999999999999999']) {
    const { status, body } = await service.get(`/fhir/R4/Patient?_count=${count}`);
    expect([status, body.total]).toEqual([200, 2]);
  }
});

it.each(['handling=strict', 'return=minimal, handling="strict"', 'Handling = strict'])(
  'Prefer: %s is strict',
  async (prefer) => {
    expect((await service.send('/fhir/R4/Patient?colour=blue', { headers: { prefer } })).status).toBe(400);
  },
);

it.each([
  ['Patient?family=nobody'],
  ['Patient?family=nobody&_count=0'],
  ['Patient?_summary=count'],
  ['?_type=Patient&family=nobody'],
  ['Patient/a/$everything?_type=Coverage'],
  ['Patient/_history?_since=2999-01-01T00:00:00Z'],
  ['Patient/_history?_summary=count'],
])('%s has no entry rather than an empty list, which FHIR does not know', async (query) => {
  const { status, body } = await service.get(`/fhir/R4/${query}`);
  expect([status, 'entry' in (body as object)]).toEqual([200, false]);
});
