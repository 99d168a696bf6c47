import { patient } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const ORIGIN = 'https://ehr.example.org';
const UUID = '5f1a4c0e-0b6c-4d7e-9a55-0c1d2e3f4a5b';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

let service: TestService;
let closed: TestService;
beforeAll(async () => {
  service = await startTestService({ corsOrigins: [ORIGIN] });
  closed = await startTestService();
});
afterAll(async () => {
  await service.stop();
  await closed.stop();
});
beforeEach(() => expect.hasAssertions());

const OURS = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

it.each([
  ['X-Request-Id', UUID, UUID, UUID],
  ['X-Correlation-Id', UUID, UUID, UUID],
  ['X-Request-Id', TRACE, TRACE, TRACE],
  ['X-Request-Id', '0123456789012345', OURS, '0123456789012345'],
  ['X-Request-Id', 'Jane-Doe', OURS, 'Jane-Doe'],
  ['X-Request-Id', 'x'.repeat(200), OURS, OURS],
  ['X-Nothing', UUID, OURS, OURS],
])('%s: %s is answered as X-Request-Id %s and X-Correlation-Id %s', async (name, value, own, echoed) => {
  const { headers } = await service.send('/fhir/R4/metadata', { headers: { [name]: value } });
  expect(headers.get('x-request-id')).toMatch(own);
  expect(headers.get('x-correlation-id')).toMatch(echoed);
});

it('prefers X-Request-Id', async () => {
  const { headers } = await service.send('/health/live', {
    headers: { 'x-request-id': UUID, 'x-correlation-id': TRACE },
  });
  expect(headers.get('x-request-id')).toBe(UUID);
});

it('repeats the id in every kind of error, and in the log what may stand there', async () => {
  const headers = { 'x-request-id': UUID };
  const outcome = await service.send('/fhir/R4/Patient/nobody', { headers });
  expect([outcome.status, outcome.body.resourceType, outcome.body.id]).toEqual([
    404,
    'OperationOutcome',
    UUID,
  ]);
  for (const path of ['/cohort/patients/nobody', '/nowhere', '/health/nothing']) {
    const { status, body, headers: answered } = await service.send(path, { headers });
    expect([path, status, body.correlationId]).toEqual([path, 404, UUID]);
    expect(answered.get('content-type')).toMatch('application/problem+json');
    expect(body).toMatchObject({ status: 404, title: expect.any(String), detail: expect.any(String) });
    expect(['resource-not-found', 'route-not-found']).toContain(body.code);
  }
  await service.send('/fhir/R4/metadata', { headers: { 'x-request-id': 'Jane-Doe' } });
  const log = service.logged();
  expect(log).toContain(`"correlationId":"${UUID}"`);
  expect(log).not.toContain('Jane-Doe');
});

it('leaves probes out of the usual log', async () => {
  const before = service.logged().length;
  await service.get('/health/ready');
  expect(service.logged().slice(before)).not.toContain('/health');
});

interface Preflight {
  readonly origin?: string;
  readonly method?: string;
  readonly path?: string;
}

function preflight(target: TestService, { origin = ORIGIN, method = 'PUT', path }: Preflight = {}) {
  const headers = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type,if-match',
  };
  return target.send(path ?? '/fhir/R4/Patient/a', { method: 'OPTIONS', headers });
}

it.each([
  '/fhir/R4',
  '/fhir/R4/Patient/a',
  '/cds-services',
  '/cds-services/cart-hct/feedback',
  '/cohort/patients',
])('answers a preflight for %s', async (path) => {
  const { status, headers } = await preflight(service, { path });
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST,PUT,PATCH,DELETE');
  expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type,if-match');
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  expect(headers.get('vary')).toMatch(/Origin/i);
});

it('names no other origin', async () => {
  const { headers } = await preflight(service, { origin: 'https://evil.example.org' });
  expect(headers.get('access-control-allow-origin')).toBeNull();
  const read = await service.send('/fhir/R4/metadata', { headers: { origin: 'https://evil.example.org' } });
  expect(read.headers.get('access-control-allow-origin')).toBeNull();
});

it('lets a page of that origin read what it needs, of errors too', async () => {
  const answer = await service.put('/fhir/R4/Patient/cors', patient('cors'), { origin: ORIGIN });
  const exposed = (answer.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(',');
  expect(exposed).toEqual(
    expect.arrayContaining([
      'etag',
      'location',
      'content-location',
      'last-modified',
      'retry-after',
      'x-request-id',
    ]),
  );
  const missing = await service.send('/fhir/R4/Patient/nobody', { headers: { origin: ORIGIN } });
  expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([404, ORIGIN]);
});

it('says nothing of CORS unless it is told to', async () => {
  const { status, headers } = await preflight(closed);
  expect([status, headers.get('access-control-allow-origin')]).toEqual([405, null]);
  const read = await closed.send('/fhir/R4/metadata', { headers: { origin: ORIGIN } });
  expect(read.headers.get('access-control-allow-origin')).toBeNull();
});
