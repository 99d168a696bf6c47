/** Entries of bundles: their methods and their preconditions. */
import { batch, patient, postEntry, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let lastModified: string;
beforeAll(async () => {
  service = await startTestService();
  const { body } = await service.put('/fhir/R4/Patient/kept', patient('kept'));
  lastModified = body.meta.lastUpdated;
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

async function entriesOf(bundle: object) {
  const { status, body } = await service.post('/fhir/R4', bundle);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.entry;
}

function asked(method: string, url: string, more: object = {}): object {
  return { request: { method, url, ...more } };
}

function before(instant: string): string {
  return new Date(Date.parse(instant) - 1).toISOString();
}

describe.each([
  ['transaction', transaction],
  ['batch', batch],
])('a %s', (_type, bundleOf) => {
  it.each<[string, () => object, string]>([
    ['the version that the caller has', () => ({ ifNoneMatch: 'W/"1"' }), '304'],
    ['one of several that the caller has', () => ({ ifNoneMatch: 'W/"7", W/"1"' }), '304'],
    ['another version', () => ({ ifNoneMatch: 'W/"2"' }), '200'],
    ['what has not changed since', () => ({ ifModifiedSince: lastModified }), '304'],
    ['what has changed since', () => ({ ifModifiedSince: before(lastModified) }), '200'],
    ['the tag before the time', () => ({ ifNoneMatch: 'W/"2"', ifModifiedSince: lastModified }), '200'],
  ])('reads %s', async (_what, conditions, status) => {
    const [entry] = await entriesOf(bundleOf(asked('GET', 'Patient/kept', conditions())));
    expect(entry.response).toEqual({ status, etag: 'W/"1"', lastModified });
    expect('resource' in entry).toBe(status === '200');
  });

  it('answers HEAD without the resource', async () => {
    const entries = await entriesOf(
      bundleOf(asked('HEAD', 'Patient/kept'), asked('HEAD', 'Patient?_id=kept')),
    );
    expect(entries).toEqual([
      { response: { status: '200', etag: 'W/"1"', lastModified } },
      { response: { status: '200' } },
    ]);
  });
});

it.each([
  ['Patient/kept/_history', 'history', `/Patient/kept/_history`],
  ['Patient/_history?_count=1', 'history', '/Patient/_history?_count=1'],
  ['_history', 'history', '/_history'],
  ['Patient?_id=kept', 'searchset', '/Patient?_id=kept'],
  ['Patient/kept/Observation?status=final', 'searchset', '/Patient/kept/Observation?status=final'],
])('answers GET %s by a %s, which leads back to it', async (url, type, self) => {
  const [entry] = await entriesOf(batch(asked('GET', url)));
  expect([entry.response.status, entry.resource.type]).toEqual(['200', type]);
  const link = entry.resource.link.find(({ relation }: { relation: string }) => relation === 'self');
  expect(link.url).toBe(`${service.url}/fhir/R4${self}`);
  const { status, body } = await service.get(link.url.slice(service.url.length));
  expect([status, body]).toEqual([200, entry.resource]);
});

it.each([
  ['Patient/never/_history', '404'],
  ['Patient/kept/_history?colour=red', '400'],
  ['Patients/_history', '422'],
  ['Patient/kept/Observations', '422'],
  ['Patient/a_b/Observation', '422'],
  ['Patient/kept/$everything', '422'],
  ['metadata', '422'],
])('refuses GET %s: %s', async (url, status) => {
  const [entry] = await entriesOf(batch(asked('GET', url)));
  expect([entry.response.status, entry.response.outcome.resourceType]).toEqual([status, 'OperationOutcome']);
});

it('says nothing of entries where there were none', async () => {
  const { body } = await service.post('/fhir/R4', transaction());
  expect(body).toEqual({ resourceType: 'Bundle', type: 'transaction-response' });
});

function conditioned(entry: object, conditions: object): object {
  const { request } = entry as { readonly request: object };
  return { ...entry, request: { ...request, ...conditions } };
}

const PATCH = {
  resource: {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: Buffer.from('[{"op":"test","path":"/gender","value":"female"}]').toString('base64'),
  },
  request: { method: 'PATCH', url: 'Patient/kept' },
};

describe('a precondition', () => {
  it.each<[string, object, object, string]>([
    ['ifNoneMatch of what is there', putEntry(patient('kept')), { ifNoneMatch: '*' }, '412'],
    ['ifNoneMatch of what is not', putEntry(patient('fresh')), { ifNoneMatch: '*' }, '201'],
    ['ifMatch of the version', putEntry(patient('kept')), { ifMatch: 'W/"1"' }, '200'],
    ['ifMatch of another', putEntry(patient('kept')), { ifMatch: 'W/"2"' }, '412'],
    ['ifMatch of any, where there is one', putEntry(patient('kept')), { ifMatch: '*' }, '200'],
    ['ifMatch of any, where there is none', putEntry(patient('none')), { ifMatch: '*' }, '412'],
    ['ifMatch of a patch', PATCH, { ifMatch: 'W/"1"' }, '200'],
    ['ifMatch of a patch of another version', PATCH, { ifMatch: 'W/"2"' }, '412'],
    ['ifMatch of a deletion', asked('DELETE', 'Patient/kept'), { ifMatch: 'W/"2"' }, '412'],
    // What would not be checked is refused.
    ['ifNoneMatch of a version', putEntry(patient('kept')), { ifNoneMatch: 'W/"1"' }, '400'],
    ['ifModifiedSince on PUT', putEntry(patient('kept')), { ifModifiedSince: '2020-01-01T00:00:00Z' }, '400'],
    ['ifNoneExist on PUT', putEntry(patient('kept')), { ifNoneExist: 'identifier=a|b' }, '400'],
    ['ifNoneExist on GET', asked('GET', 'Patient/kept'), { ifNoneExist: 'identifier=a|b' }, '400'],
    ['ifMatch on GET', asked('GET', 'Patient/kept'), { ifMatch: 'W/"1"' }, '400'],
    ['ifMatch on POST', postEntry(patient('x')), { ifMatch: 'W/"1"' }, '400'],
    ['ifNoneMatch on POST', postEntry(patient('x')), { ifNoneMatch: '*' }, '400'],
  ])('%s', async (_what, entry, conditions, status) => {
    const bundle = [conditioned(entry, conditions)];
    expect((await entriesOf(batch(...bundle)))[0].response.status).toBe(status);
    const again = await service.post('/fhir/R4', transaction(...bundle));
    // What was made by the batch is there for the transaction.
    const wanted = status === '201' ? 412 : Number(status);
    expect(again.status).toBe(wanted < 300 ? 200 : wanted);
  });
});

it.each([
  ['DELETE', 'Patient/kept', { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 400],
  ['PUT', 'Patient/kept', { 'if-none-exist': 'identifier=a|b' }, 400],
  ['PUT', 'Patient/kept', { 'if-match': '*' }, 200],
  ['PUT', 'Patient/none', { 'if-match': '*' }, 412],
])('by REST, %s of %s under %j is %d', async (method, path, headers, status) => {
  const { status: answered } = await service.send(`/fhir/R4/${path}`, {
    method,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    ...(method === 'PUT' ? { body: JSON.stringify(patient(path.slice('Patient/'.length))) } : {}),
  });
  expect(answered).toBe(status);
});

it.each([
  ['a method that is none', asked('post', 'Patient')],
  ['a read of what was deleted', asked('GET', 'Patient/gone')],
  ['a read of what never was', asked('GET', 'Patient/never')],
])('%s is no fault of the base: the transaction is answered 422', async (_what, entry) => {
  await service.put('/fhir/R4/Patient/gone', patient('gone'));
  await service.send('/fhir/R4/Patient/gone', { method: 'DELETE' });
  expect((await service.post('/fhir/R4', transaction(entry))).status).toBe(422);
});
