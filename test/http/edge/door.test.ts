/**
 * The one authorization seam: every route that is registered is asked for, with a door that lets nobody in. No route may
 * answer anything then but what is meant for everybody, and none may have gone to the database.
 */
import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import { pino } from 'pino';
import type { Caller } from '../../../src/auth/caller.ts';
import { readConfig } from '../../../src/config.ts';
import { rejection } from '../../../src/core/cartograph-error.ts';
import { createApp } from '../../../src/http/create-app.ts';
import { MOUNTS } from '../../../src/http/edge/request-log.ts';
import { buildEngine } from '../../../src/setup/build-engine.ts';
import { buildHttpDeps } from '../../../src/setup/build-http-deps.ts';
import { type Listening, listen } from '../../../src/setup/listen.ts';
import { loadKnowledge } from '../../../src/setup/load-knowledge.ts';
import { openTelemetry } from '../../../src/setup/open-telemetry.ts';
import type { Database } from '../../../src/store/database.ts';

/** For everybody: what the service is, and how it is. */
const PUBLIC = new Set([
  'GET /fhir/R4/metadata',
  'GET /cohort/openapi.json',
  'GET /cds-services/',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics/',
]);
/** They ask the database how it is. */
const PROBES = new Set(['GET /health/ready', 'GET /metrics/']);

let touched = 0;
const touch = (): never => {
  touched += 1;
  throw rejection('service-busy', 'Nobody may come here');
};
const DATABASE: Database = {
  query: async () => touch(),
  transaction: async () => touch(),
  session: async () => touch(),
  connections: () => ({ open: 0, idle: 0, waiting: 0 }),
  end: () => Promise.resolve(),
};
const JOBS = {
  send: async () => touch(),
  work: async () => touch(),
  wake: touch,
  stop: () => Promise.resolve(),
};
const HOOKS = { run: async () => touch(), close: () => Promise.resolve() };

let caller: Caller | undefined;
let app: Express;
let server: Listening;
beforeAll(async () => {
  const config = { ...readConfig({}), port: 0, importFolders: ['/'] };
  const surroundings = { now: () => new Date(), newId: randomUUID, log: pino({ level: 'silent' }) };
  const knowledge = await loadKnowledge(config);
  const telemetry = await openTelemetry(config, knowledge.softwareVersion);
  const observed = { observer: telemetry.observer, onFault: touch };
  const engine = buildEngine(DATABASE, knowledge, config, surroundings, observed);
  const parts = { engine, knowledge, telemetry, jobs: JOBS, phase: () => 'serving' as const };
  const identify = () =>
    caller === undefined
      ? Promise.reject(rejection('access-denied', 'Nobody may come in'))
      : Promise.resolve(caller);
  const deps = { ...buildHttpDeps(parts, config, surroundings), identify };
  app = createApp(deps, { access: { kind: 'open' }, mappings: knowledge.mappings, hooks: HOOKS });
  server = await listen(app, config);
});
afterAll(() => server.close(AbortSignal.abort()));
beforeEach(() => {
  expect.hasAssertions();
  touched = 0;
  caller = undefined;
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  match(path: string): boolean;
}

/** `GET /fhir/R4/:type`, of every router below. What refuses other methods stands at every path and is none. */
function routesOf(stack: readonly Layer[], mount = ''): readonly string[] {
  return stack.flatMap((layer) => {
    if (layer.route !== undefined) {
      const { path, methods } = layer.route;
      const names = Object.keys(methods).filter((method) => method !== '_all');
      return names.map((method) => `${method.toUpperCase()} ${mount}${path}`);
    }
    if (layer.handle.stack === undefined) return [];
    const below = Object.values(MOUNTS).find((prefix) => layer.match(prefix));
    return routesOf(layer.handle.stack, `${mount}${mount === '' ? below : ''}`);
  });
}

const VALUES: Readonly<Record<string, string>> = {
  type: 'Patient',
  id: 'x',
  version: '1',
  job: randomUUID(),
  file: 'Patient-0.ndjson',
};

/** What would be done if it were let in. */
function ask(route: string): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const cds = path.startsWith(MOUNTS.cds) ? { id: 'hct-consolidation-patient-view' } : {};
  const values = { ...VALUES, ...cds };
  const url = path.replace(/:(\w+)/g, (_, name: string) => (values as Record<string, string>)[name] ?? 'x');
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  return fetch(`${server.url}${url}`, {
    method,
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    ...(hasBody ? { body: '{"resourceType":"Patient","id":"x"}' } : {}),
  });
}

it('is passed by every route', async () => {
  const routes = [...new Set(routesOf(app.router.stack as unknown as readonly Layer[]))];
  for (const route of [
    'POST /fhir/R4/',
    'POST /fhir/R4/$import',
    'GET /cohort/patients/:id',
    'POST /cds-services/:id',
  ])
    expect(routes).toContain(route);
  expect(routes.length).toBeGreaterThan(60);
  expect([...PUBLIC].filter((route) => !routes.includes(route))).toEqual([]);
  const answered: string[] = [];
  for (const route of routes) {
    touched = 0;
    const { status } = await ask(route);
    if (status !== 403) answered.push(route);
    if (touched > 0) expect([...PROBES]).toContain(route);
  }
  expect(answered.toSorted()).toEqual([...PUBLIC].toSorted());
});

it.each([
  ['POST', '/fhir/R4/$IMPORT'],
  ['POST', '/FHIR/R4/$import'],
  ['GET', '/fhir/r4/Patient'],
  ['GET', '/COHORT/patients'],
  ['GET', '/fhir/R4/METADATA'],
  ['GET', '/fhir/R4/metadata/x'],
  ['GET', '/fhir/R4/%6Detadata'],
  ['GET', '//fhir/R4/Patient'],
  ['GET', '/%66hir/R4/Patient'],
  ['GET', '/cohort/./patients'],
  ['POST', '/CDS-SERVICES/hct-consolidation-patient-view'],
])('is no way round: %s %s', async (method, path) => {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    ...(method === 'POST' ? { body: '{"resourceType":"Patient"}' } : {}),
  });
  expect([403, 404]).toContain(response.status);
  expect(touched).toBe(0);
});

it.each([
  '/$import',
  '/$IMPORT',
  '/$Import',
  '/$process-message',
  '/$PROCESS-MESSAGE',
  '/patient',
  '/Patient',
  '/',
])('lets nobody who may only read write at %s, in whatever letters', async (path) => {
  caller = { name: 'reader', site: 'x', scopes: [{ type: '*', actions: ['read'] }], patient: undefined };
  const response = await fetch(`${server.url}/fhir/R4${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: '{"resourceType":"Parameters","parameter":[{"name":"folder","valueString":"/"}]}',
  });
  expect([400, 403, 404, 405]).toContain(response.status);
  expect(touched).toBe(0);
});
