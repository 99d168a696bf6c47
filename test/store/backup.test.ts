import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type BackupManifest, sealManifest } from '../../src/store/backup/backup-manifest.ts';
import { restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { writeBackup } from '../../src/store/backup/write-backup.ts';
import { openDatabase } from '../../src/store/database.ts';
import { MIGRATION_LOCK, migrate } from '../../src/store/migrate.ts';
import { MIGRATION_TABLE, MIGRATIONS } from '../../src/store/migrations.ts';
import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let source: TestService;
let folder: string;
let backup: string;
beforeAll(async () => {
  source = await startTestService();
  folder = await mkdtemp(join(tmpdir(), 'cartograph-backup-'));
  backup = join(folder, 'first');
  await source.post(
    '/fhir/R4',
    transaction(
      putEntry(
        patient('a', {
          identifier: [{ system: 'urn:mrn', value: '1' }],
          name: [{ family: 'Tab\t\\N "ß"\n' }],
        }),
      ),
      putEntry(patient('b', { identifier: [{ system: 'urn:mrn', value: '1' }] })),
      putEntry(infusion('i', 'a', '2023-01-10')),
      putEntry(vitalStatus('v', { reference: 'Patient/b' }, '2024-01-01')),
      putEntry(vitalStatus('gone', { reference: 'Patient/b' }, '2024-02-01')),
    ),
  );
  await source.put('/fhir/R4/Observation/v', vitalStatus('v', { reference: 'Patient/b' }, '2024-03-01'));
  await source.send('/fhir/R4/Observation/gone', { method: 'DELETE' });
  await source.get('/cohort/patients/a');
  await source.put(
    '/fhir/R4/Observation/late',
    vitalStatus('late', { reference: 'Patient/a' }, '2024-04-01'),
  );
  await writeBackup({ url: source.databaseUrl, folder: backup, software: '0.1.0', now: new Date(0) });
});
afterAll(async () => {
  await source.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => expect.hasAssertions());

/** A database beside that of the source, empty, for the time of the work. */
async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `cartograph_restored_${randomUUID().replaceAll('-', '')}`;
  await query(source.databaseUrl, `create database ${name}`);
  const url = new URL(source.databaseUrl);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await query(source.databaseUrl, `drop database ${name} with (force)`);
  }
}

async function query(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const TABLES = ['resource', 'resource_history', 'identifier', 'reference', 'patient_person', 'search_date'];

async function contents(url: string): Promise<readonly unknown[]> {
  const found = [];
  for (const table of TABLES) {
    const rows = await query(url, `select t::text as row from ${table} t order by 1`);
    found.push([table, rows.map(({ row }) => row)]);
  }
  return found;
}

async function answers(service: TestService): Promise<readonly unknown[]> {
  const paths = [
    '/fhir/R4/Observation/v',
    '/fhir/R4/Observation/v/_history/1',
    '/fhir/R4/Observation/gone',
    '/fhir/R4/Observation/gone/_history/1',
    '/fhir/R4/Patient/a',
    '/fhir/R4/Patient?identifier=urn:mrn|1&_summary=count',
    '/fhir/R4/Observation?date=ge2024-03-01&patient=b&_summary=count',
    '/cohort/patients/b?asOf=2024-06-01',
  ];
  const found = [];
  for (const path of paths) {
    const { status, body } = await service.get(path);
    const { id: _, link: __, ...rest } = body;
    found.push([path, status, body.resourceType === 'OperationOutcome' ? body.issue : rest]);
  }
  const { body } = await service.get('/fhir/R4/Observation/v/_history');
  return [...found, body.total, body.entry.map(({ response }: { response: object }) => response)];
}

it('holds versions, tombstones, links and records, byte for byte, and goes on from there', async () => {
  await withDatabase(async (url) => {
    const manifest = await restoreBackup({ url, folder: backup, replace: false });
    expect(manifest.createdAt).toBe('1970-01-01T00:00:00.000Z');
    expect(await contents(url)).toEqual(await contents(source.databaseUrl));
    const restored = await startTestService({ databaseUrl: url });
    try {
      const before = await answers(source);
      expect(await answers(restored)).toEqual(before);
      expect(before.map((one) => (Array.isArray(one) ? one[1] : one)).slice(0, 5)).toEqual([
        200, 200, 410, 200, 200,
      ]);
      // Numbers go on where they were: of versions, and of places in search results.
      const again = await restored.put('/fhir/R4/Observation/gone', vitalStatus('gone', {}, '2024-05-01'));
      expect([again.status, again.headers.get('etag')]).toEqual([201, 'W/"3"']);
      const [{ max } = {}] = await query(url, `select max(seq)::int from resource where id <> 'gone'`);
      const [{ seq } = {}] = await query(url, `select seq::int from resource where id = 'gone'`);
      expect(Number(seq)).toBeGreaterThan(Number(max));
    } finally {
      await restored.stop();
    }
  });
});

it('is of one instant, though others write', async () => {
  let isOver = false;
  const writer = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const date = `2024-01-${String((n % 28) + 1).padStart(2, '0')}`;
      await source.post(
        '/fhir/R4',
        transaction(
          putEntry(vitalStatus('twin-1', { reference: 'Patient/a' }, date)),
          putEntry(vitalStatus('twin-2', { reference: 'Patient/a' }, date)),
        ),
      );
    }
  })();
  try {
    for (let round = 0; round < 3; round += 1) {
      const target = join(folder, `round-${round}`);
      await writeBackup({ url: source.databaseUrl, folder: target, software: '0.1.0', now: new Date() });
      await withDatabase(async (url) => {
        await restoreBackup({ url, folder: target, replace: false });
        const twins = await query(
          url,
          `select version, content::json ->> 'effectiveDateTime' as date, last_updated
                                          from resource where id like 'twin-%'`,
        );
        const history = await query(
          url,
          `select max(version) from resource_history where id like 'twin-%' group by id`,
        );
        expect(twins.length === 0 || twins.length === 2).toBe(true);
        expect(twins[0]).toEqual(twins[1]);
        expect(history[0]).toEqual(history[1]);
      });
    }
  } finally {
    isOver = true;
    await writer;
  }
}, 120_000);

it('is for its owner alone, and has its name only when it is whole', async () => {
  expect((await stat(backup)).mode & 0o777).toBe(0o700);
  for (const file of await readdir(backup)) {
    expect([file, (await stat(join(backup, file))).mode & 0o777]).toEqual([file, 0o600]);
  }
  const options = { url: source.databaseUrl, software: '0.1.0', now: new Date() };
  await expect(writeBackup({ ...options, folder: backup })).rejects.toMatchObject({
    code: 'file-unreadable',
  });
  const url = new URL(source.databaseUrl);
  url.pathname = '/nowhere';
  const target = join(folder, 'failed');
  await expect(writeBackup({ ...options, url: url.href, folder: target })).rejects.toThrow();
  expect((await readdir(folder)).filter((name) => name.startsWith('failed'))).toEqual([]);
});

it('refuses a database that holds something, unless it is told to replace it', async () => {
  await withDatabase(async (url) => {
    await restoreBackup({ url, folder: backup, replace: false });
    await query(
      url,
      `delete from resource where id = 'v'; create table of_others (id int); insert into of_others values (1)`,
    );
    await expect(restoreBackup({ url, folder: backup, replace: false })).rejects.toMatchObject({
      code: 'database-not-empty',
    });
    expect(await query(url, `select id from resource where id = 'v'`)).toEqual([]);
    await restoreBackup({ url, folder: backup, replace: true });
    expect(await query(url, `select id from resource where id = 'v'`)).toEqual([{ id: 'v' }]);
    expect(await query(url, 'select id from of_others')).toEqual([{ id: 1 }]);
  });
});

it('takes an empty database that a service has opened once, but none that one is at work on', async () => {
  await withDatabase(async (url) => {
    const database = openDatabase({ url, poolSize: 2 });
    await migrate(database);
    await expect(restoreBackup({ url, folder: backup, replace: true })).rejects.toMatchObject({
      code: 'service-busy',
    });
    await database.end();
    await restoreBackup({ url, folder: backup, replace: false });
    expect(await query(url, `select id from resource where id = 'v'`)).toHaveLength(1);
  });
});

it('takes a backup of an earlier schema, and the service brings it to its own', async () => {
  await withDatabase(async (url) => {
    const earlier = MIGRATIONS.slice(0, 5);
    const old = openDatabase({ url, poolSize: 2 });
    await old.session(async (session) => {
      await session.query(MIGRATION_TABLE);
      for (const { number, title, sql } of earlier) {
        await session.query(sql);
        await session.query('insert into schema_migration (number, title) values ($1, $2)', [number, title]);
      }
      await session.query(
        `insert into resource (type, id, version, site, digest, last_updated, content)
         values ('Basic', 'old', 1, 'local', '', '2024-01-01', '{"resourceType":"Basic","id":"old"}')`,
      );
    });
    await old.end();
    const target = join(folder, 'earlier');
    const written = await writeBackup({ url, folder: target, software: '0.0.1', now: new Date(0) });
    expect(written.migrations).toEqual(earlier.map(({ number }) => number));
    await restoreBackup({ url, folder: target, replace: true });
    const service = await startTestService({ databaseUrl: url });
    try {
      expect((await service.get('/fhir/R4/Basic/old')).status).toBe(200);
      const again = await service.put('/fhir/R4/Basic/old', {
        resourceType: 'Basic',
        id: 'old',
        code: { text: 'x' },
      });
      expect([again.status, again.headers.get('etag')]).toEqual([200, 'W/"2"']);
    } finally {
      await service.stop();
    }
    const taken = await query(url, 'select number from schema_migration order by 1');
    expect(taken).toEqual(MIGRATIONS.map(({ number }) => ({ number })));
  });
}, 60_000);

it('waits for a service that is making its tables, and then refuses it', async () => {
  await withDatabase(async (url) => {
    const starting = openDatabase({ url, poolSize: 2 });
    await starting.session(async (session) => {
      await session.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const refused = expect(restoreBackup({ url, folder: backup, replace: false })).rejects.toMatchObject({
        code: 'service-busy',
      });
      const waits = `select from pg_stat_activity where application_name = 'cartograph restore' and wait_event = 'advisory'`;
      while ((await session.query(waits)).length === 0) await new Promise((done) => setTimeout(done, 20));
      await session.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await refused;
    });
    await starting.end();
    expect(await query(url, `select to_regclass('resource') as table`)).toEqual([{ table: null }]);
  });
}, 30_000);

/** Another manifest, as if it had been written so. */
function resealed(manifest: Buffer, change: (content: BackupManifest) => BackupManifest): Buffer {
  const { sha256: _, ...content } = change(JSON.parse(String(manifest)));
  return Buffer.from(JSON.stringify(sealManifest(content)));
}

function withTables(
  manifest: Buffer,
  change: (tables: readonly object[]) => readonly (object | undefined)[],
): Buffer {
  return resealed(manifest, (content) => ({ ...content, tables: change(content.tables) as never }));
}

it.each([
  ['a changed file', 'resource.copy.gz', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ['a file cut short', 'identifier.copy.gz', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
  ['a manifest that is none', 'manifest.json', () => Buffer.from('{"format":2}')],
  [
    'a manifest of an earlier form',
    'manifest.json',
    (bytes: Buffer) => Buffer.from(String(bytes).replace('"format": 2', '"format": 1')),
  ],
  [
    'a manifest in which a digit has changed',
    'manifest.json',
    (bytes: Buffer) => Buffer.from(String(bytes).replace(/"last": "\d/, '"last": "9')),
  ],
  [
    'tables of a later version',
    'manifest.json',
    (bytes: Buffer) =>
      resealed(bytes, (content) => ({ ...content, migrations: [...content.migrations, 999] })),
  ],
  [
    'a manifest without one of the tables',
    'manifest.json',
    (bytes: Buffer) => withTables(bytes, (all) => all.slice(1)),
  ],
  [
    'a manifest with a table that is none of ours',
    'manifest.json',
    (bytes: Buffer) => withTables(bytes, (all) => [...all, { ...all[0], name: 'pg_class' }]),
  ],
  [
    'a manifest with a table twice',
    'manifest.json',
    (bytes: Buffer) => withTables(bytes, (all) => [...all, all[0]]),
  ],
  [
    'rows that are not there',
    'manifest.json',
    (bytes: Buffer) => withTables(bytes, ([first, ...rest]) => [{ ...first, rows: 9_999 }, ...rest]),
  ],
])('refuses %s, and leaves the database as it was', async (_what, file, change) => {
  const path = join(backup, file);
  const original = await readFile(path);
  await writeFile(path, change(original));
  try {
    await withDatabase(async (url) => {
      await expect(restoreBackup({ url, folder: backup, replace: false })).rejects.toMatchObject({
        code: 'backup-invalid',
      });
      expect(await query(url, `select to_regclass('resource') as table`)).toEqual([{ table: null }]);
    });
  } finally {
    await writeFile(path, original);
  }
});

it('says so where there is no backup', async () => {
  await expect(
    restoreBackup({ url: source.databaseUrl, folder: join(folder, 'nothing'), replace: true }),
  ).rejects.toMatchObject({ code: 'file-unreadable' });
});
