/** A decimal is stored and answered digit by digit as it was sent, whatever the way in and out. */
import { parseWritten, stringifyWritten } from '../../src/fhir/written-decimals.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  expect((await service.put('/fhir/R4/Patient/p', '{"resourceType":"Patient","id":"p"}')).status).toBe(201);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const QUANTITY = '"valueQuantity":{"value":1.00,"unit":"mg/L"}';
const RANGE = '"referenceRange":[{"low":{"value":0.050},"high":{"value":12345678901234567890.10}}]';

function observation(id?: string): string {
  const named = id === undefined ? '' : `"id":"${id}",`;
  return `{"resourceType":"Observation",${named}"status":"final","code":{"text":"CRP"},"subject":{"reference":"Patient/p"},${QUANTITY},${RANGE}}`;
}

async function textOf(path: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(`${service.url}/fhir/R4${path}`, init);
  expect(response.status).toBeLessThan(300);
  return response.text();
}

function sent(method: string, body: string, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method, body, headers: { 'content-type': 'application/fhir+json', ...headers } };
}

const ENTRY = `"request":{"method":"PUT","url":"Observation/entry"},"resource":${observation('entry')}`;
const RETURNED = { prefer: 'return=representation' };
const PATCH = { 'content-type': 'application/json-patch+json' };
const MESSAGE = `{"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":"MessageHeader","id":"m","eventUri":"urn:e","source":{"endpoint":"urn:s"}}},{"resource":${observation('message')}}]}`;

it.each([
  ['update', '/Observation/put', sent('PUT', observation('put'))],
  ['create', '/Observation', sent('POST', observation())],
  [
    'transaction',
    '',
    sent('POST', `{"resourceType":"Bundle","type":"transaction","entry":[{${ENTRY}}]}`, RETURNED),
  ],
  ['batch', '', sent('POST', `{"resourceType":"Bundle","type":"batch","entry":[{${ENTRY}}]}`, RETURNED)],
])('%s answers what was sent', async (_way, path, init) => {
  const text = await textOf(path, init);
  expect(text).toContain(QUANTITY);
  expect(text).toContain(RANGE);
});

describe('once stored', () => {
  beforeAll(async () => {
    await textOf('/Observation/kept', sent('PUT', observation('kept')));
    await textOf('/$process-message', sent('POST', MESSAGE));
  });

  it.each([
    '/Observation/kept',
    '/Observation/message',
    '/Observation/kept/_history/1',
    '/Observation/kept/_history',
    '/Observation?_id=kept',
    '/Observation?_id=kept&_elements=value,referenceRange',
    '/Observation/kept?_elements=value,referenceRange',
    '/Patient?_id=p&_revinclude=Observation:subject',
    '/Patient/p/$everything',
  ])('%s answers it', async (path) => {
    const text = await textOf(path);
    expect(text).toContain(QUANTITY);
    expect(text).toContain(RANGE);
  });

  it('a GET within a bundle answers it', async () => {
    const entry = '{"request":{"method":"GET","url":"Observation/kept"}}';
    const search = '{"request":{"method":"GET","url":"Observation?_id=kept"}}';
    const body = `{"resourceType":"Bundle","type":"batch","entry":[${entry},${search}]}`;
    expect((await textOf('', sent('POST', body))).split(QUANTITY)).toHaveLength(3);
  });

  it('is pretty where asked for, digits and all', async () => {
    const text = await textOf('/Observation/kept?_pretty=true');
    expect(text).toContain('\n    "value": 1.00,');
    expect(stringifyWritten(parseWritten(text))).toContain(QUANTITY);
  });

  it('makes no version of the same digits, and one of others', async () => {
    await textOf('/Observation/versions', sent('PUT', observation('versions')));
    await textOf('/Observation/versions', sent('PUT', observation('versions')));
    expect(await textOf('/Observation/versions')).toContain('"versionId":"1"');
    const other = observation('versions').replace('1.00', '1.0');
    expect(await textOf('/Observation/versions', sent('PUT', other))).toContain('"versionId":"2"');
  });

  it('is left alone by a patch of something else, and changed by one of its own', async () => {
    await textOf('/Observation/patched', sent('PUT', observation('patched')));
    const status = '[{"op":"replace","path":"/status","value":"amended"}]';
    expect(await textOf('/Observation/patched', sent('PATCH', status, PATCH))).toContain(QUANTITY);
    const value = '[{"op":"replace","path":"/valueQuantity/value","value":2.50}]';
    expect(await textOf('/Observation/patched', sent('PATCH', value, PATCH))).toContain('"value":2.50,');
  });
});
