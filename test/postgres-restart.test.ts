/** PostgreSQL goes away under load and comes back: callers are told to come again, and the service goes on by itself. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { patient } from './support/bundles.ts';
import { type ServiceProcess, startProcess } from './support/service-process.ts';
import { makeDataFolder } from './support/test-database.ts';

const CLIENTS = 8;
const FHIR = { 'content-type': 'application/fhir+json' };

let folder: string;
let postgres: EmbeddedPostgres;
let service: ServiceProcess;
beforeAll(async () => {
  folder = await makeDataFolder();
  // Kept by this process, which starts it again whenever it ends; for the service it is an external one.
  postgres = await startEmbeddedPostgres(folder);
  service = await startProcess(folder, { DATABASE_URL: postgres.url });
  service.child.stdout?.resume();
}, 60_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Load {
  readonly acknowledged: readonly string[];
  /** Statuses that are neither success nor 503, and connections that broke. */
  readonly wrong: readonly (number | string)[];
  readonly told: number;
}

async function load(name: string, isOver: () => boolean): Promise<Load> {
  const acknowledged: string[] = [];
  const wrong: (number | string)[] = [];
  let told = 0;
  for (let n = 0; !isOver(); n += 1) {
    const id = `${name}-${n}`;
    const url = `${service.url}/fhir/R4/Patient/${id}`;
    // Reads, searches and writes in turn, for each comes to the database by another way.
    const calls = [
      () => fetch(url, { method: 'PUT', headers: FHIR, body: JSON.stringify(patient(id)) }),
      () => fetch(`${service.url}/fhir/R4/Patient?_id=${id}`),
      () => fetch(`${service.url}/fhir/R4/Patient/_history?_count=1`),
    ];
    for (const [index, call] of calls.entries()) {
      const status = await call().then(
        async (response) => {
          await response.arrayBuffer();
          if (response.status === 503 && response.headers.get('retry-after') === null)
            return 'no Retry-After';
          return response.status;
        },
        (error: unknown) => String(error),
      );
      if (status === 503) told += 1;
      else if (status !== 200 && status !== 201) wrong.push(status);
      else if (index === 0) acknowledged.push(id);
    }
  }
  return { acknowledged, wrong, told };
}

async function postmaster(): Promise<number> {
  return Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function untilReady(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if ((await fetch(`${service.url}/health/ready`)).status === 200) return;
    await sleep(100);
  }
  throw new Error('The service did not come back');
}

it.each(['SIGINT', 'SIGQUIT', 'SIGKILL'] as const)(
  'answers 503 while PostgreSQL is restarted by %s, and goes on',
  async (signal) => {
    let isOver = false;
    const clients = Array.from({ length: CLIENTS }, (_, n) => load(`${signal}-${n}`, () => isOver));
    await sleep(500);
    process.kill(await postmaster(), signal);
    await sleep(1_000);
    await untilReady();
    await sleep(500);
    isOver = true;
    const done = await Promise.all(clients);
    expect(done.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(done.reduce((sum, { told }) => sum + told, 0)).toBeGreaterThan(0);
    const acknowledged = done.flatMap((one) => one.acknowledged);
    const found = await Promise.all(
      acknowledged.map(async (id) => (await fetch(`${service.url}/fhir/R4/Patient/${id}`)).status),
    );
    expect(found).toEqual(acknowledged.map(() => 200));
    expect([service.child.exitCode, service.child.signalCode]).toEqual([null, null]);
  },
  90_000,
);
