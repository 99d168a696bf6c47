import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { examineDatabase } from '../../src/doctor/examine-database.ts';
import { reindexIfOther } from '../../src/ingest/rebuild/reindex.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase, makeDataFolder, type TestDatabase } from '../support/test-database.ts';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

let folder: string;
let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  folder = await makeDataFolder();
  test = await createTestDatabase();
  database = openDatabase({ url: test.url, poolSize: 4 });
});
afterAll(async () => {
  await database.end();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => expect.hasAssertions());

function doctor(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  return spawnCartograph(['doctor', ...args], '', { DATABASE_URL: '', CARTOGRAPH_DATA: folder, ...env });
}

function verdicts(lines: readonly Readonly<Record<string, unknown>>[]) {
  return Object.fromEntries(lines.map(({ check, verdict }) => [check, verdict]));
}

it('finds nothing wrong with a new installation, and makes nothing', async () => {
  const { status, stdout } = await doctor({}, '--ndjson');
  expect([status, verdicts(parseLines(stdout))]).toEqual([
    0,
    {
      settings: 'ok',
      node: 'ok',
      'time zone': 'ok',
      mappings: 'ok',
      guide: 'ok',
      disk: expect.stringMatching(/ok|warn/),
      database: 'warn',
    },
  ]);
  const lines = (await doctor({})).stdout;
  expect(lines).toMatch(/^ok {3}settings {11}all understood\n/);
  expect(lines).toContain('none yet: the service makes it when it starts');
});

it('finds wrong settings, all of them, without their secrets', async () => {
  const { status, stdout } = await doctor(
    { CARTOGRAPH_PORT: 'x', CARTOGRAPH_PROT: '1', DATABASE_URL: 'mysql://u:secret@h/d' },
    '--ndjson',
  );
  expect([status, parseLines(stdout).map(({ check, verdict }) => `${check} ${verdict}`)]).toEqual([
    1,
    Array(3).fill('settings fail'),
  ]);
  expect(stdout).not.toContain('secret');
});

it('finds a database that is away, and mappings that are broken', async () => {
  const { status, stdout } = await doctor(
    { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d', CARTOGRAPH_MAPPINGS: folder },
    '--ndjson',
  );
  expect([status, verdicts(parseLines(stdout))]).toMatchObject([
    1,
    { database: 'fail', mappings: 'fail', guide: 'ok' },
  ]);
  expect(stdout).not.toContain('secret');
});

it('looks at the files and folders that the settings name', async () => {
  const clients = join(folder, 'clients.json');
  await writeFile(clients, JSON.stringify({ baseUrl: 'https://cds.example.org', clients: [] }));
  const good = await doctor(
    { CARTOGRAPH_CDS_CLIENTS: clients, CARTOGRAPH_IMPORT_FOLDERS: folder },
    '--ndjson',
  );
  expect(verdicts(parseLines(good.stdout))).toMatchObject({ 'CDS clients': 'ok', 'import folder': 'ok' });
  const none = join(folder, 'none');
  const { status, stdout } = await doctor(
    { CARTOGRAPH_CDS_CLIENTS: none, CARTOGRAPH_IMPORT_FOLDERS: none, CARTOGRAPH_PARAMETERS: none },
    '--ndjson',
  );
  const lines = parseLines(stdout);
  expect([status, verdicts(lines)]).toMatchObject([
    1,
    { 'CDS clients': 'fail', 'import folder': 'fail', parameters: 'fail' },
  ]);
  expect(lines.find(({ check }) => check === 'CDS clients')?.['detail']).toContain(none);
});

it('finds a database that may only be read', async () => {
  const readOnly = openDatabase({
    url: `${test.url}?options=-c%20default_transaction_read_only%3Don`,
    poolSize: 2,
  });
  const found = await examineDatabase(readOnly, 2, () => new Date());
  await readOnly.end();
  expect(found).toEqual([
    {
      check: 'database',
      verdict: 'fail',
      detail: expect.stringContaining('found a database that is read-only'),
    },
  ]);
});

async function examined(now: () => Date = () => new Date()) {
  const found = await examineDatabase(database, 4, now);
  return Object.fromEntries(found.map(({ check, verdict }) => [check, verdict]));
}

it('looks at tables, indexes, records, jobs and the clock', async () => {
  expect(await examined()).toEqual({
    database: 'ok',
    'database settings': 'ok',
    clock: 'ok',
    tables: 'warn',
  });
  await migrate(database);
  await reindexIfOther(database, () => false);
  const good = {
    database: 'ok',
    'database settings': 'ok',
    clock: 'ok',
    tables: 'ok',
    indexes: 'ok',
    records: 'ok',
    jobs: 'ok',
  };
  expect(await examined()).toEqual(good);
  expect(await examined(() => new Date(Date.now() + 10_000))).toEqual({ ...good, clock: 'warn' });
  expect(await examined(() => new Date(Date.now() - 120_000))).toEqual({ ...good, clock: 'fail' });
  await database.query(`update search_state set indexed_with = 'other'`);
  expect(await examined()).toEqual({ ...good, indexes: 'warn' });
  await database.query(
    `insert into patient_person (patient_id, person_id, identity, in_conflict) values ('a', 'a', '{}', false)`,
  );
  await database.query(
    `insert into stale_patient (patient_id, since) values ('a', now() - interval '1 minute')`,
  );
  expect(await examined()).toEqual({ ...good, indexes: 'warn', records: 'ok' });
  await database.query(`update stale_patient set since = now() - interval '1 hour'`);
  expect(await examined()).toEqual({ ...good, indexes: 'warn', records: 'warn' });
  await database.query(`delete from stale_patient`);
  await database.query(
    `insert into bulk_job (id, kind, caller, site, request, parameters, created_at)
     values (gen_random_uuid(), 'export', 'c', 's', 'r', '{}', now() - interval '59 minutes')`,
  );
  expect(await examined()).toEqual({ ...good, indexes: 'warn', jobs: 'ok' });
  await database.query(`update bulk_job set created_at = now() - interval '61 minutes'`);
  expect(await examined()).toEqual({ ...good, indexes: 'warn', jobs: 'warn' });
  await database.query(`update bulk_job set status = 'running'`);
  expect(await examined()).toEqual({ ...good, indexes: 'warn', jobs: 'ok' });
  await database.query('delete from schema_migration where number = 4');
  expect((await examined())['tables']).toBe('warn');
  await database.query(`insert into schema_migration (number, title) values (4, 'x'), (999, 'x')`);
  // Instances of two versions may work on one database while they are replaced one by one.
  expect((await examined())['tables']).toBe('warn');
});

it('minds a database that has too few connections for this instance', async () => {
  const found = await examineDatabase(database, 60, () => new Date());
  expect(found.find(({ check }) => check === 'database settings')?.verdict).toBe('warn');
});
