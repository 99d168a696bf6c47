/**
 * `npm run bench -- import [--full]`: 20,000 resources, or a million, imported from NDJSON by the service as a process
 * with its embedded PostgreSQL, both on the same cores. The service is killed (`kill -9`) half-way and started again.
 * Last line: the figures, and whether the bar holds: nothing missing, nothing twice, nothing read again from the
 * beginning, and memory of the service within 512 MB throughout.
 */
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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

async function countStored(): Promise<number> {
  const client = await connectTo(dataFolder);
  const { rows } = await client.query<{ readonly n: string }>('select count(*) as n from resource');
  await client.end();
  return Number(rows[0]?.n);
}

async function countVersions(): Promise<number> {
  const client = await connectTo(dataFolder);
  const { rows } = await client.query<{ readonly n: string }>('select count(*) as n from resource_history');
  await client.end();
  return Number(rows[0]?.n);
}

/** Kills the service once so many are stored. */
async function killHalfWay(service: ServiceProcess): Promise<void> {
  while ((await countStored()) < COUNT / 2) await sleep(COUNT > 100_000 ? 1_000 : 50);
  await killProcess(service);
}

async function untilDone({ url }: ServiceProcess, path: string): Promise<readonly Counts[]> {
  for (;;) {
    const response = await fetch(`${url}${path}`);
    if (response.status === 200) return ((await response.json()) as { input: readonly Counts[] }).input;
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    await sleep(200);
  }
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
  const counts = await untilDone(service, path);
  const seconds = (performance.now() - started) / 1_000;
  memory.push((await mostMemory(service.child.pid)) ?? 0);
  const sum = (name: keyof Counts): number => counts.reduce((all, one) => all + one[name], 0);
  const stored = await countStored();
  const versions = await countVersions();
  const megabytes = Math.max(...memory);
  process.stdout.write(
    `first half ${((before - started) / 1_000).toFixed(1)} s; stored ${sum('stored')}, unchanged ${sum('unchanged')}, failed ${sum('failed')}\n`,
  );
  const held = [
    stored === COUNT,
    versions === 0,
    sum('stored') + sum('unchanged') === COUNT,
    sum('failed') === 0,
    sum('unchanged') <= CHUNK,
    megabytes > 0 && megabytes <= MEGABYTES,
  ];
  const holds = held.every(Boolean);
  process.stdout.write(
    `import: ${cpus().length} cores, ${stored} of ${COUNT} resources in ${seconds.toFixed(0)} s, killed and resumed once ` +
      `(${(COUNT / seconds).toFixed(0)}/s), ${sum('unchanged')} read twice, at most ${megabytes.toFixed(0)} MB ` +
      `(${MEGABYTES}); the bar ${holds ? 'holds' : 'does not hold'}\n`,
  );
  process.exitCode = holds ? 0 : 1;
} finally {
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  await rm(dataFolder, { recursive: true, force: true });
}
