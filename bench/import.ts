/**
 * `npm run bench -- import [--full]`: 20,000 resources, or a million, imported from NDJSON by the service as a process
 * with its embedded PostgreSQL, both on the same cores. The service is killed (`kill -9`) half-way and started again;
 * then everything is exported. Last line: the figures, and whether the bar holds: nothing missing, nothing twice, no
 * more than a chunk read again, and memory of the service within 512 MB throughout.
 */
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import {
  connectTo,
  killProcess,
  type ServiceProcess,
  startProcess,
} from '../test/support/service-process.ts';
import { makeDataFolder } from '../test/support/test-database.ts';
import { writeImportFiles } from './import-files.ts';
import { mostMemory } from './most-memory.ts';

const MEGABYTES = 512;
const COUNT = process.argv.includes('--full') ? 1_000_000 : 20_000;
/** Lines of a chunk, which a kill may cost. */
const CHUNK = 200;

const dataFolder = await makeDataFolder();
const files = join(dataFolder, 'import');

function start(): Promise<ServiceProcess> {
  return startProcess(dataFolder, { CARTOGRAPH_IMPORT_FOLDERS: files }).then((service) => {
    service.child.stdout?.resume();
    return service;
  });
}

async function kickOff({ url }: ServiceProcess): Promise<string> {
  const response = await fetch(`${url}/fhir/R4/$import`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', prefer: 'respond-async' },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [{ name: 'folder', valueString: files }],
    }),
  });
  const place = response.headers.get('content-location');
  if (place === null) throw new Error(`kick-off: ${response.status} ${await response.text()}`);
  return new URL(place).pathname;
}

interface Counts {
  readonly stored: number;
  readonly unchanged: number;
  readonly failed: number;
}

async function ask<T extends pg.QueryResultRow>(sql: string): Promise<T | undefined> {
  const client = await connectTo(dataFolder);
  const { rows } = await client.query<T>(sql);
  await client.end();
  return rows[0];
}

/** Kills the service once half of the lines are stored. */
async function killHalfWay(service: ServiceProcess): Promise<void> {
  for (;;) {
    const job = await ask<{ readonly progress: { readonly counts?: readonly Counts[] } }>(
      'select progress from bulk_job',
    );
    const stored = (job?.progress.counts ?? []).reduce((sum, counts) => sum + counts.stored, 0);
    if (stored >= COUNT / 2) break;
    await sleep(COUNT > 100_000 ? 1_000 : 50);
  }
  await killProcess(service);
}

async function untilDone<T>({ url }: ServiceProcess, path: string): Promise<T> {
  for (;;) {
    const response = await fetch(`${url}${path}`);
    if (response.status === 200) return (await response.json()) as T;
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    await sleep(200);
  }
}

/** Exports everything; answers how many lines that is. */
async function exportAll(from: ServiceProcess): Promise<number> {
  const headers = { prefer: 'respond-async' };
  const response = await fetch(`${from.url}/fhir/R4/$export`, { headers });
  const path = new URL(response.headers.get('content-location') ?? '').pathname;
  const { output } = await untilDone<{ readonly output: readonly { readonly count: number }[] }>(from, path);
  return output.reduce((sum, { count }) => sum + count, 0);
}

process.stdout.write(`writing ${COUNT} resources\n`);
await writeImportFiles(files, COUNT);
let service = await start();
try {
  const started = performance.now();
  const path = await kickOff(service);
  const memory: number[] = [];
  const first = service;
  const watching = new AbortController();
  const watched = (async () => {
    while (!watching.signal.aborted) {
      memory.push((await mostMemory(first.child.pid)) ?? 0);
      await sleep(200);
    }
  })();
  await killHalfWay(first);
  watching.abort();
  await watched;
  const before = performance.now();
  service = await start();
  const { input } = await untilDone<{ readonly input: readonly Counts[] }>(service, path);
  const seconds = (performance.now() - started) / 1_000;
  const exportedIn = performance.now();
  const exported = await exportAll(service);
  const exportSeconds = (performance.now() - exportedIn) / 1_000;
  memory.push((await mostMemory(service.child.pid)) ?? 0);
  const sum = (name: keyof Counts): number => input.reduce((all, one) => all + one[name], 0);
  const versions = await ask<{ readonly current: number; readonly earlier: number }>(
    `select (select count(*)::integer from resource) as current,
            (select count(*)::integer from resource_history) as earlier`,
  );
  const megabytes = Math.max(...memory);
  process.stdout.write(
    `first half ${((before - started) / 1_000).toFixed(1)} s; stored ${sum('stored')}, unchanged ${sum('unchanged')}, failed ${sum('failed')}; ` +
      `${exported} exported in ${exportSeconds.toFixed(1)} s\n`,
  );
  const held = [
    versions?.current === COUNT,
    versions?.earlier === 0,
    exported === COUNT,
    sum('stored') + sum('unchanged') === COUNT,
    sum('failed') === 0,
    sum('unchanged') <= CHUNK,
    megabytes > 0 && megabytes <= MEGABYTES,
  ];
  const holds = held.every(Boolean);
  process.stdout.write(
    `import: ${cpus().length} cores, ${versions?.current} of ${COUNT} resources in ${seconds.toFixed(0)} s, killed and resumed once ` +
      `(${(COUNT / seconds).toFixed(0)}/s), ${sum('unchanged')} read twice, at most ${megabytes.toFixed(0)} MB ` +
      `(${MEGABYTES}); the bar ${holds ? 'holds' : 'does not hold'}\n`,
  );
  process.exitCode = holds ? 0 : 1;
} finally {
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  await rm(dataFolder, { recursive: true, force: true });
}
