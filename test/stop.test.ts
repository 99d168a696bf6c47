/** The service is told to stop while it is at work: what it has taken on it ends, and it says that it leaves. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import type pg from 'pg';
import { patient } from './support/bundles.ts';
import { connectTo, killProcess, type ServiceProcess, startProcess } from './support/service-process.ts';
import { makeDataFolder } from './support/test-database.ts';

let dataFolder: string;
let service: ServiceProcess;
let client: pg.Client;
beforeEach(async () => {
  expect.hasAssertions();
  dataFolder = await makeDataFolder();
});
afterEach(async () => {
  await client.end().catch(() => undefined);
  if (service.child.exitCode === null) await killProcess(service);
  await rm(dataFolder, { recursive: true, force: true });
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<void> {
  service = await startProcess(dataFolder, env);
  service.child.stdout?.resume();
  client = await connectTo(dataFolder);
}

const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** The status of the answer, and whether the connection ends with it; `cut` where none came. */
function put(id: string): Promise<readonly [number | 'cut', string]> {
  const body = JSON.stringify(patient(id));
  return new Promise((done) => {
    const headers = { 'content-type': 'application/fhir+json', 'content-length': body.length };
    const asked = request(
      `${service.url}/fhir/R4/Patient/${id}`,
      { method: 'PUT', agent, headers },
      (res) => {
        res.resume();
        res.once('end', () => done([res.statusCode ?? 0, String(res.headers.connection)]));
      },
    );
    asked.once('error', () => done(['cut', '']));
    asked.end(body);
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((done) => setTimeout(done, 20));
}

/** What the service does of its own accord at a start may wait too: it must be the write. */
const waits = async (): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select from pg_locks where not granted and relation = 'resource'::regclass and mode = 'RowExclusiveLock'`,
  );
  return (rowCount ?? 0) > 0;
};
const isGone = (): Promise<boolean> =>
  fetch(`${service.url}/health/live`).then(
    () => false,
    () => true,
  );

it('answers what it has taken on, refuses what comes after it on open connections, and ends with 0', async () => {
  await start();
  await put('open-connection');
  await client.query('begin');
  // Holds back writers alone: the worker that reads for a record goes on.
  await client.query('lock table resource in share mode');
  const held = put('held');
  await until(waits);
  const exit = once(service.child, 'exit');
  service.child.kill('SIGTERM');
  await until(isGone);
  await client.query('rollback');
  expect((await held)[0]).toBe(201);
  expect(await exit).toEqual([0, null]);
}, 60_000);

it('says that it is not ready, and serves, for the delay; a second signal cuts it short', async () => {
  await start({ CARTOGRAPH_STOP_DELAY: '600' });
  const exit = once(service.child, 'exit');
  service.child.kill('SIGTERM');
  await until(async () => (await fetch(`${service.url}/health/ready`)).status === 503);
  expect([(await fetch(`${service.url}/health/live`)).status, (await put('late'))[0]]).toEqual([200, 201]);
  await client.query('begin');
  // Holds back writers alone: the worker that reads for a record goes on.
  await client.query('lock table resource in share mode');
  const held = put('stuck');
  await until(waits);
  service.child.kill('SIGINT');
  expect(await held).toEqual(['cut', '']);
  expect(await exit).toEqual([0, null]);
  expect(await isGone()).toBe(true);
}, 60_000);
