/** Which hosts and which pages the service answers: over raw sockets, for clients do not send what is sent here. */
import { connect } from 'node:net';
import { startTestService, type TestService } from '../../support/service.ts';

const GATEWAY = 'https://fhir.example.org';
const PAGE = 'https://ehr.example.org';

let service: TestService;
let port: number;
beforeAll(async () => {
  service = await startTestService({
    publicOrigins: [GATEWAY, 'http://inner.example:8080'],
    corsOrigins: [PAGE],
  });
  port = Number(new URL(service.url).port);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

function raw(lines: readonly string[], body = ''): Promise<RawAnswer> {
  return new Promise((done) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`));
    socket.on('data', (chunk) => {
      got += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const [head = '', ...rest] = got.split('\r\n\r\n');
      done({ status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') });
    });
  });
}

const get = (path: string, ...headers: readonly string[]) =>
  raw([`GET ${path} HTTP/1.1`, 'Connection: close', ...headers]);

describe('Host', () => {
  it.each([
    'localhost',
    'LocalHost',
    'localhost:1',
    '127.0.0.1',
    '127.0.0.1:8103',
    '127.8.9.10:80',
    '[::1]',
    '[::1]:8103',
    '[0:0:0:0:0:0:0:1]',
    'fhir.example.org',
    'FHIR.example.org:443',
    'inner.example:8080',
  ])('%s is answered', async (host) => {
    expect((await get('/fhir/R4/Patient', `Host: ${host}`)).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'fhir.example.org.evil.example',
    'fhir.example.org:8443',
    'inner.example',
    '0.0.0.0',
    '0.0.0.0:8103',
    '[::]',
    '128.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '[fe80::1]',
    '127.0.0.256',
  ])('%s is not', async (host) => {
    const { status, head, body } = await get('/fhir/R4/Patient', `Host: ${host}`);
    expect([status, head.includes('application/fhir+json')]).toEqual([421, true]);
    expect(JSON.parse(body).issue[0]).toMatchObject({
      code: 'forbidden',
      details: { coding: [{ code: 'host-unknown' }] },
      expression: ['Host'],
    });
  });

  it.each([
    ['none', []],
    ['an empty one', ['Host:']],
    ['two', ['Host: localhost', 'Host: evil.example']],
    ['the same twice', ['Host: localhost', 'Host: localhost']],
    ['a user', ['Host: localhost@evil.example']],
    ['a path', ['Host: localhost/x']],
    ['two ports', ['Host: localhost:1:2']],
    ['a list', ['Host: localhost, evil.example']],
  ])('refuses %s', async (_title, headers) => {
    const { status, body } = await get('/cohort/patients', ...headers);
    expect([status, JSON.parse(body).code]).toEqual([400, 'request-malformed']);
  });

  it.each(['/cohort/patients', '/cohort/openapi.json', '/cds-services', '/metrics', '/nowhere', '/'])(
    '%s is kept from other hosts too, as problem+json',
    async (path) => {
      const { status, head, body } = await get(path, 'Host: evil.example');
      expect([status, JSON.parse(body).code]).toEqual([421, 'host-unknown']);
      expect(head).toContain('application/problem+json');
    },
  );

  it.each(['/health/live', '/health/ready'])('%s is for probes by any name', async (path) => {
    expect((await get(path, 'Host: 10.1.2.3:8103')).status).toBe(200);
  });

  it('is not taken from headers that proxies add', async () => {
    const { status } = await get('/fhir/R4/Patient', 'Host: evil.example', 'X-Forwarded-Host: localhost');
    expect(status).toBe(421);
  });

  it('may be missing in HTTP/1.0: links then name the address that was reached', async () => {
    const { status, body } = await raw(['GET /fhir/R4/Patient HTTP/1.0']);
    expect([status, JSON.parse(body).link[0].url]).toEqual([200, `http://127.0.0.1:${port}/fhir/R4/Patient`]);
    expect((await raw(['GET /fhir/R4/Patient HTTP/1.0', 'Host: evil.example'])).status).toBe(421);
  });

  it('is that of an absolute URL where there is one', async () => {
    const foreign = await get('http://evil.example/fhir/R4/Patient', 'Host: localhost');
    expect(foreign.status).toBe(421);
    const own = await get('http://localhost/fhir/R4/Patient?_count=1', 'Host: evil.example');
    expect([own.status, JSON.parse(own.body).link[0].url]).toEqual([
      200,
      'http://localhost/fhir/R4/Patient?_count=1',
    ]);
    expect((await get('http://localhost/fhir/R4/Nothing', 'Host: localhost')).head).toContain(
      'application/fhir+json',
    );
  });

  it('of a gateway decides with which scheme links are written', async () => {
    const { body } = await get('/fhir/R4/Patient', 'Host: fhir.example.org');
    expect(JSON.parse(body).link[0].url).toBe(`${GATEWAY}/fhir/R4/Patient`);
    const job = await get('/fhir/R4/$export', 'Host: fhir.example.org', 'Prefer: respond-async');
    expect(job.head).toMatch(`Content-Location: ${GATEWAY}/fhir/R4/_bulk/`);
  });
});

describe('Origin', () => {
  const PATIENT = JSON.stringify({ resourceType: 'Patient' });
  const post = (...headers: readonly string[]) =>
    raw(
      [
        'POST /fhir/R4/Patient HTTP/1.1',
        'Connection: close',
        'Content-Type: application/fhir+json',
        `Content-Length: ${PATIENT.length}`,
        ...headers,
      ],
      PATIENT,
    );

  it.each([
    ['no page', ['Host: localhost'], 201],
    ['an allowed page', ['Host: localhost', `Origin: ${PAGE}`], 201],
    ['a page of ours', ['Host: localhost:9', 'Origin: http://localhost:9'], 201],
    ['a page of ours, by the default port', ['Host: localhost:80', 'Origin: http://localhost'], 201],
    ['a page of ours behind the gateway', ['Host: fhir.example.org', `Origin: ${GATEWAY}`], 201],
    ['another page', ['Host: localhost', 'Origin: https://evil.example'], 403],
    ['a page of another port', ['Host: localhost:9', 'Origin: http://localhost:10'], 403],
    ['a page without TLS', ['Host: fhir.example.org', 'Origin: http://fhir.example.org'], 403],
    ['a file or a sandbox', ['Host: localhost', 'Origin: null'], 403],
  ])('%s', async (_title, headers, expected) => {
    const { status, body } = await post(...headers);
    expect(status).toBe(expected);
    if (status === 403) expect(JSON.parse(body).issue[0].details.coding[0].code).toBe('origin-refused');
  });

  it.each([
    'PUT /fhir/R4/Patient/x',
    'DELETE /fhir/R4/Patient/x',
    'PATCH /fhir/R4/Patient/x',
    'POST /cds-services/x',
  ])('of another page is refused for %s before anything else', async (line) => {
    const { status } = await raw([
      `${line} HTTP/1.1`,
      'Connection: close',
      'Host: localhost',
      'Origin: https://evil.example',
      'Content-Length: 0',
    ]);
    expect(status).toBe(403);
  });

  it('of another page may read, as far as its browser lets it', async () => {
    const { status, head } = await get('/fhir/R4/Patient', 'Host: localhost', 'Origin: https://evil.example');
    expect([status, /access-control-allow-origin/i.test(head)]).toEqual([200, false]);
  });
});
