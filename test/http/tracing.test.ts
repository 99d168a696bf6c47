import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService } from '../support/service.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SECRET = 'Zzyzx-4711';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number };
}

/** Receives what is posted to it, as a collector does. */
class Collector {
  readonly #server: Server;
  readonly posts: { readonly path: string; readonly type: string; readonly text: string }[] = [];

  constructor() {
    this.#server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        this.posts.push({ path: req.url ?? '', type: req.headers['content-type'] ?? '', text });
        res.setHeader('content-type', 'application/json').end('{}');
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  spans(): readonly SentSpan[] {
    return this.posts.flatMap(({ text }) =>
      JSON.parse(text).resourceSpans.flatMap((one: { scopeSpans: { spans: SentSpan[] }[] }) =>
        one.scopeSpans.flatMap(({ spans }) => spans),
      ),
    );
  }

  async stop(): Promise<void> {
    await new Promise((done) => this.#server.close(done));
  }
}

let collector: Collector;
let endpoint: string;
beforeEach(async () => {
  expect.hasAssertions();
  collector = new Collector();
  endpoint = await collector.start();
});
afterEach(() => collector.stop());

it('sends spans of requests and steps within the trace of the caller, before it has stopped', async () => {
  const service = await startTestService({ otlpEndpoint: `${endpoint}/`, validation: 'reject' });
  const traceparent = `00-${TRACE}-${SPAN}-01`;
  const bundle = transaction(
    putEntry(patient(SECRET)),
    putEntry(vitalStatus('v', { reference: `Patient/${SECRET}` }, '2024-01-01')),
  );
  await service.post('/fhir/R4', bundle, { traceparent });
  await service.send(`/cohort/patients/${SECRET}`, { headers: { traceparent } });
  await service.put(`/fhir/R4/Patient/${SECRET}`, patient(SECRET, { gender: 'unheard' }), { traceparent });
  await service.get('/health/ready');
  const log = service.logged();
  await service.stop();
  const spans = collector.spans();
  const named = (name: string) => spans.filter((span) => span.name === name && span.traceId === TRACE);
  const [post] = named('POST /fhir/R4/');
  const [read] = named('GET /cohort/patients/:id');
  const [put] = named('PUT /fhir/R4/:type/:id');
  expect([post, read, put].map((span) => [span?.parentSpanId, span?.kind])).toEqual(Array(3).fill([SPAN, 2]));
  const stores = named('store').map(({ parentSpanId, status }) => [parentSpanId, status.code ?? 0]);
  expect(stores).toEqual([
    [post?.spanId, 0],
    [put?.spanId, 2],
  ]);
  const [rebuild] = named('rebuild');
  expect([rebuild?.parentSpanId, named('map')[0]?.parentSpanId]).toEqual([read?.spanId, rebuild?.spanId]);
  expect(named('validate').map(({ parentSpanId }) => parentSpanId)).toContain(named('store').at(0)?.spanId);
  expect(post?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 200 } });
  expect(post?.attributes).toContainEqual({ key: 'http.route', value: { stringValue: '/fhir/R4/' } });
  expect(named('store').at(1)?.attributes).toContainEqual({
    key: 'error.type',
    value: { stringValue: 'code-not-in-value-set' },
  });
  expect(spans.filter(({ name }) => name.includes('health'))).toEqual([]);
  expect(collector.posts.every(({ path, type }) => path === '/v1/traces' && /json/.test(type))).toBe(true);
  const sent = collector.posts.map(({ text }) => text).join('');
  expect(sent).not.toContain(SECRET);
  expect(sent).toContain('"service.name","value":{"stringValue":"cartograph"}');
  expect(log).toContain(`"traceId":"${TRACE}"`);
});

it('begins a trace where the caller has none, and none where the caller wants none', async () => {
  const service = await startTestService({ otlpTracesEndpoint: `${endpoint}/own/path` });
  await service.get('/fhir/R4/metadata');
  await service.send('/fhir/R4/Patient/a', { headers: { traceparent: `00-${TRACE}-${SPAN}-00` } });
  await service.stop();
  expect(collector.posts.map(({ path }) => path)).toContain('/own/path');
  const requests = collector.spans().filter(({ kind }) => kind === 2);
  expect(requests.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['GET /fhir/R4/metadata', undefined],
  ]);
});

it('sends nothing where tracing is switched off', async () => {
  const service = await startTestService({ otlpEndpoint: endpoint, tracingDisabled: true });
  await service.send('/fhir/R4/metadata', { headers: { traceparent: `00-${TRACE}-${SPAN}-01` } });
  const log = service.logged();
  await service.stop();
  expect(collector.posts).toEqual([]);
  expect(log).not.toContain('traceId');
});

it('serves and stops although the collector is away', async () => {
  const service = await startTestService({ otlpEndpoint: 'http://127.0.0.1:9' });
  expect((await service.put('/fhir/R4/Patient/a', patient('a'))).status).toBe(201);
  await service.stop();
});
