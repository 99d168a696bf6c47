/** Clients that leave, dawdle or ask in odd ways, over raw sockets: nothing is leaked, and others are served. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let port: number;
beforeAll(async () => {
  service = await startTestService({ maxBodyBytes: 1_000_000, maxActive: 20 });
  port = Number(new URL(service.url).port);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const HEAD = 'Host: localhost\r\nContent-Type: application/fhir+json\r\n';

function open(text: string | Uint8Array): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => undefined);
  socket.resume();
  return socket;
}

/** Everything that comes until the service closes, or what says `isEnough`. */
function exchange(text: string, isEnough: (got: string) => boolean = () => false): Promise<string> {
  return new Promise((done) => {
    let got = '';
    const socket = open(text);
    socket.on('data', (chunk) => {
      got += String(chunk);
      if (isEnough(got)) socket.destroy();
    });
    socket.on('close', () => done(got));
  });
}

/** Once nothing is in hand any more: requests, bytes, callers that wait for a connection, and connections in use. */
async function settled(): Promise<void> {
  const inHand = ['http_active_requests', 'http_active_body_bytes', 'database_connections{state="waiting"}'];
  for (;;) {
    const text = String((await service.get('/metrics')).body);
    const figure = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`cartograph_${name} `))
          ?.split(' ')
          .at(-1),
      );
    // The worker that builds records has one, or two.
    const used = figure('database_connections{state="open"}') - figure('database_connections{state="idle"}');
    if (inHand.every((name) => figure(name) === 0) && used <= 2) return;
    await sleep(50);
  }
}

it('that are to be refused are not asked for their body', async () => {
  const ask = (length: number) =>
    exchange(
      `POST /fhir/R4/Patient HTTP/1.1\r\n${HEAD}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`,
      (got) => /\r\n\r\n/.test(got),
    );
  expect(await ask(2_000_000)).toMatch(/^HTTP\/1\.1 413 /);
  expect(await ask(20)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  const body = '{"resourceType":"Patient"}';
  const whole = await exchange(
    `POST /fhir/R4/Patient HTTP/1.1\r\n${HEAD}Expect: 100-continue\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(whole).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
});

it.each([
  ['TRACE', 'TRACE /fhir/R4/Patient HTTP/1.1', '405'],
  ['CONNECT', 'CONNECT localhost:80 HTTP/1.1', '405'],
  ['a method of WebDAV', 'PROPFIND /fhir/R4/Patient HTTP/1.1', '405'],
  ['a method that is none', 'FOO /fhir/R4/Patient HTTP/1.1', '400'],
  ['another method by header', 'POST /fhir/R4/Patient/a HTTP/1.1\r\nX-HTTP-Method-Override: DELETE', '405'],
  ['another method by parameter', 'POST /fhir/R4/Patient/a?_method=DELETE HTTP/1.1', '405'],
  ['a way out of its place', 'GET /fhir/R4/../../etc/passwd HTTP/1.1', '404'],
  ['the same, encoded', 'GET /fhir/R4/%2e%2e/%2e%2e/metrics HTTP/1.1', '404'],
  [
    'another protocol',
    'GET /health/live HTTP/1.1\r\nConnection: close, Upgrade\r\nUpgrade: websocket',
    '200',
  ],
  ['HTTP/2', 'PRI * HTTP/2.0', '400'],
])('that ask by %s', async (_title, start, status) => {
  const text = `${start}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  expect((await exchange(text)).split(' ')[1]).toBe(status);
});

it('that send two lengths of one body, or chunks with trailers', async () => {
  const body = '1a\r\n{"resourceType":"Patient"}\r\n0\r\n';
  const post = (headers: string, end: string) =>
    exchange(
      `POST /fhir/R4/Patient HTTP/1.1\r\n${HEAD}Connection: close\r\n${headers}\r\n\r\n${body}${end}\r\n`,
    );
  expect(await post('Content-Length: 3\r\nTransfer-Encoding: chunked', '')).toMatch(/^HTTP\/1\.1 400 /);
  const trailed = await post('Transfer-Encoding: chunked\r\nTrailer: X-Site', 'X-Site: elsewhere\r\n');
  expect(trailed).toMatch(/^HTTP\/1\.1 201 /);
});

it('that ask before they are answered get their answers in order', async () => {
  const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
  const got = await exchange(
    `${get('/health/live')}${get('/nowhere')}${get('/fhir/R4/Patient/none', 'Connection: close\r\n')}`,
  );
  expect(
    [...got.matchAll(/HTTP\/1\.1 (\d+) .*?"(?:status|resourceType)":("?\w+)/gs)].map((m) => m.slice(1)),
  ).toEqual([
    ['200', '"live'],
    ['404', '404'],
    ['404', '"OperationOutcome'],
  ]);
});

it('that leave while they send, while they are stored and while they read', async () => {
  const bundle = (n: number) =>
    JSON.stringify(transaction(...Array.from({ length: 20 }, (_, k) => putEntry(patient(`gone-${n}-${k}`)))));
  const whole = (n: number) => {
    const body = bundle(n);
    return `POST /fhir/R4 HTTP/1.1\r\n${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`;
  };
  for (let n = 0; n < 60; n += 1) {
    const text =
      n % 3 === 0
        ? whole(n).slice(0, 300)
        : n % 3 === 1
          ? whole(n)
          : `GET /fhir/R4/Patient?_count=500 HTTP/1.1\r\n${HEAD}\r\n`;
    const socket = open(text);
    setTimeout(() => (n % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()), 5 + n);
    await sleep(10);
  }
  await settled();
  // Whole bundles or nothing of them.
  const stored = new Map<string, number>();
  for (let n = 1; n < 60; n += 3) {
    const ids = Array.from({ length: 20 }, (_, k) => `gone-${n}-${k}`).join();
    stored.set(String(n), (await service.get(`/fhir/R4/Patient?_id=${ids}&_summary=count`)).body.total);
  }
  expect([...stored].filter(([, count]) => count !== 0 && count !== 20)).toEqual([]);
  expect(service.logged()).not.toContain('"fault"');
}, 60_000);

it('that dawdle: bodies that do not come count as in hand, connections without a request do not', async () => {
  const idle = Array.from({ length: 100 }, () =>
    open('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  );
  const heads = Array.from({ length: 100 }, () =>
    open('GET /fhir/R4/Patient HTTP/1.1\r\nHost: localhost\r\n'),
  );
  expect((await service.get('/fhir/R4/Patient?_count=1')).status).toBe(200);
  const start = `POST /fhir/R4/Patient HTTP/1.1\r\n${HEAD}Content-Length: 100\r\n\r\n{`;
  const bodies = Array.from({ length: 20 }, () => open(start));
  let answer = await service.get('/fhir/R4/Patient?_count=1');
  while (answer.status === 200) {
    await sleep(100);
    answer = await service.get('/fhir/R4/Patient?_count=1');
  }
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  for (const socket of bodies) socket.destroy();
  await settled();
  expect((await service.get('/fhir/R4/Patient?_count=1')).status).toBe(200);
  for (const socket of [...idle, ...heads]) socket.destroy();
});

it('that send much in little', async () => {
  const { status, body } = await service.send('/fhir/R4/Patient', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' },
    body: new Uint8Array(gzipSync(Buffer.alloc(50_000_000, ' '))),
  });
  expect([status, body.issue[0].details.coding[0].code]).toEqual([413, 'body-too-large']);
});
