import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { connectTo, killProcess, postmasterPid, startProcess } from '../support/service-process.ts';
import { makeDataFolder } from '../support/test-database.ts';

let folder: string;
beforeEach(async () => {
  expect.hasAssertions();
  folder = await makeDataFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows[0];
}

it('keeps its data over a restart, durably and in UTF-8', async () => {
  const first = await startEmbeddedPostgres(folder);
  await ask(first.url, `create table kept as select 'ü' as letter`);
  expect(await ask(first.url, 'show fsync')).toEqual({ fsync: 'on' });
  expect(await ask(first.url, 'show server_encoding')).toEqual({ server_encoding: 'UTF8' });
  await first.stop();
  const second = await startEmbeddedPostgres(folder);
  expect(await ask(second.url, 'select letter from kept')).toEqual({ letter: 'ü' });
  await second.stop();
  expect((await stat(join(folder, 'postgres-password'))).mode & 0o077).toBe(0);
});

it('leaves a folder alone that another service uses', async () => {
  const first = await startEmbeddedPostgres(folder);
  await expect(startEmbeddedPostgres(folder)).rejects.toMatchObject({ code: 'service-busy' });
  expect(await ask(first.url, 'select 1 as one')).toEqual({ one: 1 });
  await first.stop();
});

it('takes over from a service that was killed, and from a server that was', async () => {
  await killProcess(await startProcess(folder));
  const orphan = await postmasterPid(folder);
  const second = await startEmbeddedPostgres(folder);
  expect(await postmasterPid(folder)).not.toBe(orphan);
  const server = await postmasterPid(folder);
  process.kill(server, 'SIGKILL');
  await second.stop();
  const third = await startEmbeddedPostgres(folder);
  expect(await ask(third.url, 'select min(number) as n from schema_migration')).toEqual({ n: 1 });
  await third.stop();
});

it('is started again when it dies under the service, which says 503 meanwhile', async () => {
  const service = await startProcess(folder);
  process.kill(await postmasterPid(folder), 'SIGKILL');
  const statuses = new Set<number>();
  for (let wait = 0; wait < 100 && !(statuses.has(503) && statuses.has(200)); wait += 1) {
    const { status, headers } = await fetch(`${service.url}/fhir/R4/Patient/nobody/$time-to-event`);
    statuses.add(status === 404 ? 200 : status);
    if (status === 503) expect(headers.get('retry-after')).toBe('2');
    await new Promise((done) => setTimeout(done, 50));
  }
  expect([...statuses].sort()).toEqual([200, 503]);
  const client = await connectTo(folder);
  await client.end();
  service.child.kill('SIGTERM');
  await new Promise((done) => service.child.once('exit', done));
  expect(service.child.exitCode).toBe(0);
});
