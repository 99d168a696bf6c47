import pg from 'pg';
import { infusion, patient, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ validation: 'reject' });
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const PATH = '/fhir/R4/$process-message';
const EVENT = { system: 'https://ehr.example.org/events', code: 'course-recorded' };

function header(id: string, more: object = {}): object {
  return {
    resourceType: 'MessageHeader',
    id,
    eventCoding: EVENT,
    source: { name: 'EHR', endpoint: 'https://ehr.example.org/messages' },
    ...more,
  };
}

function message(head: object, ...resources: readonly object[]): object {
  return {
    resourceType: 'Bundle',
    type: 'message',
    id: `bundle-${Math.random().toString(36).slice(2)}`,
    timestamp: '2026-01-01T00:00:00Z',
    entry: [{ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001', resource: head }, ...resources],
  };
}

const INSIDE = 'urn:uuid:00000000-0000-4000-8000-000000000002';

it('stores what a message brings, under its ids, and answers by a message', async () => {
  const { status, headers, body } = await service.post(
    PATH,
    message(
      header('m-1'),
      { fullUrl: INSIDE, resource: patient('m-patient') },
      { resource: { ...infusion('m-infusion', 'x', '2023-01-10'), subject: { reference: INSIDE } } },
      { resource: { ...vitalStatus('x', { reference: INSIDE }, '2024-01-01'), id: undefined } },
    ),
  );
  expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json; charset=utf-8']);
  const [{ resource: answer }, { resource: outcome, fullUrl }] = body.entry;
  expect(body).toMatchObject({ resourceType: 'Bundle', type: 'message', timestamp: expect.any(String) });
  expect(answer).toMatchObject({
    resourceType: 'MessageHeader',
    eventCoding: EVENT,
    destination: [{ name: 'EHR', endpoint: 'https://ehr.example.org/messages' }],
    source: { endpoint: `${service.url}${PATH}` },
    response: { identifier: 'm-1', code: 'ok', details: { reference: fullUrl } },
  });
  expect(outcome.issue[0].severity).toBe('information');
  const stored = await service.get('/fhir/R4/Procedure/m-infusion');
  expect(stored.body.subject).toEqual({ reference: 'Patient/m-patient' });
  const found = await service.get('/fhir/R4/Observation?patient=m-patient&_summary=count');
  expect(found.body.total).toBe(1);
  expect((await service.get('/fhir/R4/MessageHeader?_summary=count')).body.total).toBe(0);
  const valid = await service.post('/fhir/R4/$validate', body);
  expect(valid.body.issue.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
});

it('answers a message that is sent again as the first time, at the same time too, and stores nothing twice', async () => {
  const brought = {
    resource: { ...vitalStatus('x', { reference: 'Patient/m-again' }, '2024-01-01'), id: undefined },
  };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => service.post(PATH, message(header('m-2'), brought))),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  const found = await service.get('/fhir/R4/Observation?patient=m-again&_summary=count');
  expect(found.body.total).toBe(1);
  const other = await service.post(PATH, message(header('m-2'), { resource: patient('m-other') }));
  expect([other.status, other.body.entry[0].resource.response.code]).toEqual([409, 'fatal-error']);
  expect(other.body.entry[1].resource.issue[0].details.coding[0].code).toBe('message-id-reused');
  expect((await service.get('/fhir/R4/Patient/m-other')).status).toBe(404);
});

it('answers what it refuses by a message too, keeps nothing of it, and takes it once it is mended', async () => {
  const good = { resource: patient('m-good') };
  const bad = { resource: patient('m-bad', { gender: 'unheard' }) };
  const refused = await service.post(PATH, message(header('m-3'), good, bad));
  const [{ resource: answer }, { resource: outcome }] = refused.body.entry;
  expect([refused.status, answer.response.code, answer.response.identifier]).toEqual([
    422,
    'fatal-error',
    'm-3',
  ]);
  expect(outcome.issue[0].expression).toEqual(['Bundle.entry[2].resource.gender']);
  expect((await service.get('/fhir/R4/Patient/m-good')).status).toBe(404);
  expect((await service.post(PATH, message(header('m-3'), good))).status).toBe(200);
  expect((await service.get('/fhir/R4/Patient/m-good')).status).toBe(200);
});

it('says by a message that it may be sent again when the database is away', async () => {
  const busy = await startTestService({ statementTimeoutMs: 300 });
  const client = new pg.Client({ connectionString: busy.databaseUrl });
  await client.connect();
  await client.query('begin; lock table processed_message in access exclusive mode');
  const first = await busy.post(PATH, message(header('m-4'), { resource: patient('m-busy') }));
  await client.query('rollback');
  await client.end();
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '2']);
  expect(first.body.entry[0].resource.response.code).toBe('transient-error');
  const second = await busy.post(PATH, message(header('m-4'), { resource: patient('m-busy') }));
  await busy.stop();
  expect([second.status, second.body.entry[0].resource.response.code]).toEqual([200, 'ok']);
});

it('takes the message as a parameter', async () => {
  const content = { name: 'content', resource: message(header('m-5'), { resource: patient('m-param') }) };
  const asynchronous = { name: 'async', valueBoolean: false };
  const call = { resourceType: 'Parameters', parameter: [content, asynchronous] };
  expect((await service.post(PATH, call)).status).toBe(200);
  expect((await service.get('/fhir/R4/Patient/m-param')).status).toBe(200);
  const twice = { resourceType: 'Parameters', parameter: [content, content] };
  expect((await service.post(PATH, twice)).body.issue[0].details.coding[0].code).toBe('parameter-invalid');
});

it.each([
  [
    'another type of bundle',
    { resourceType: 'Bundle', type: 'transaction', entry: [] },
    'bundle-type-unsupported',
  ],
  ['no bundle', patient('x'), 'bundle-type-unsupported'],
  ['no entries', { resourceType: 'Bundle', type: 'message' }, 'bundle-invalid'],
  ['no header in front', message(patient('x')), 'bundle-invalid'],
  ['a header without id', message(header('x', { id: undefined })), 'element-missing'],
  ['a header without event', message(header('x', { eventCoding: undefined })), 'element-missing'],
  ['a header without source', message(header('x', { source: undefined })), 'element-missing'],
])('refuses %s with an OperationOutcome', async (_what, body, code) => {
  const { status, body: answer } = await service.post(PATH, body);
  expect([status, answer.resourceType, answer.issue[0].details.coding[0].code]).toEqual([
    400,
    'OperationOutcome',
    code,
  ]);
});

it.each([
  ['an answer', message(header('f-1', { response: { identifier: 'y', code: 'ok' } })), 400, 'bundle-invalid'],
  [
    'an entry with a request',
    message(header('f-2'), { resource: patient('x'), request: { method: 'PUT', url: 'Patient/x' } }),
    400,
    'bundle-invalid',
  ],
  ['an entry without a resource', message(header('f-3'), { fullUrl: INSIDE }), 400, 'element-missing'],
  [
    'two of one id',
    message(header('f-4'), { resource: patient('x') }, { resource: patient('x') }),
    409,
    'duplicate-target',
  ],
])('refuses %s by a message', async (_what, body, expected, code) => {
  const { status, body: answer } = await service.post(PATH, body);
  expect([status, answer.entry?.[0].resource.response.code]).toEqual([expected, 'fatal-error']);
  expect(answer.entry[1].resource.issue[0].details.coding[0].code).toBe(code);
});

it.each(['async=true', 'response-url=https://ehr.example.org', 'colour=blue'])(
  'refuses %s',
  async (query) => {
    const { status, body } = await service.post(
      `${PATH}?${query}`,
      message(header('q'), { resource: patient('q') }),
    );
    expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'parameter-invalid']);
    expect((await service.get('/fhir/R4/Patient/q')).status).toBe(404);
  },
);

it('is offered by the CapabilityStatement, by POST alone', async () => {
  const { body } = await service.get('/fhir/R4/metadata');
  expect(body.messaging[0].reliableCache).toBe(43_200);
  expect(body.rest[0].operation.map(({ name }: { name: string }) => name)).toContain('process-message');
  expect((await service.get(PATH)).status).toBe(405);
});
