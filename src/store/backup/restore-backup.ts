/** Puts a backup in the place of what is stored, in one transaction: whole, or not at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { rejection } from '../../core/cartograph-error.ts';
import { MIGRATION_LOCK } from '../migrate.ts';
import { MIGRATION_TABLE, MIGRATIONS } from '../migrations.ts';
import {
  type BackedUpTable,
  type BackupManifest,
  invalidBackup,
  MANIFEST,
  readManifest,
} from './backup-manifest.ts';
import { backedUpTables, tablesOf } from './backup-tables.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly folder: string;
  /** Whether what is stored may be lost. */
  readonly replace: boolean;
}

/**
 * The tables are made as they were when the backup was written; the caller migrates them. Throws `backup-invalid` for
 * a backup that is not whole, `database-not-empty`, or `service-busy` where a service is at work on the database.
 */
export async function restoreBackup({ url, folder, replace }: RestoreOptions): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  refuseLater(manifest);
  refuseOtherTables(manifest);
  for (const table of manifest.tables) await checkFile(folder, table);
  const client = new pg.Client({ connectionString: url, application_name: 'cartograph restore' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A service that starts meanwhile waits until what is stored is there to be looked at. Until the connection ends.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseInUse(client);
    await client.query('begin');
    if (!replace) await refuseFull(client);
    await makeTables(client, manifest.migrations);
    for (const table of manifest.tables) await readTable(client, folder, table);
    for (const { table, column, last } of manifest.sequences) {
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [table, column, last]);
    }
    await client.query('commit');
    await client.query('analyze');
    return manifest;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function refuseLater({ migrations, software }: BackupManifest): void {
  const known = new Set(MIGRATIONS.map(({ number }) => number));
  if (migrations.every((number) => known.has(number))) return;
  throw invalidBackup(MANIFEST, `tables of a later version, ${software.slice(0, 40)}`);
}

/** A table that is left out would be empty afterwards, and nobody would see it. */
function refuseOtherTables({ migrations, tables, sequences }: BackupManifest): void {
  const expected = backedUpTables(migrations);
  const given = tables.map(({ name }) => name);
  const missing = expected.find((name) => !given.includes(name));
  if (missing !== undefined) throw invalidBackup(MANIFEST, `nothing of the table ${missing}`);
  const named = [...given, ...sequences.map(({ table }) => table)];
  const other = named.find((name) => !expected.includes(name));
  if (other !== undefined) throw invalidBackup(MANIFEST, 'a table that is none of ours');
  if (given.length > expected.length) throw invalidBackup(MANIFEST, 'a table twice');
}

async function checkFile(folder: string, { file, sha256 }: BackedUpTable): Promise<void> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(join(folder, file)), digest).catch((cause: unknown) => {
    throw rejection('backup-invalid', `${file} of the backup cannot be read`, { expression: file, cause });
  });
  if (digest.digest('hex') !== sha256) throw invalidBackup(file, 'another content than its checksum says');
}

/** PostgreSQL lists a connection for a moment after it was closed. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 100;

async function refuseInUse(client: pg.Client): Promise<void> {
  let connections = await countConnections(client);
  for (let look = 1; connections > 0 && look < LOOKS; look += 1) {
    await sleep(BETWEEN_LOOKS_MS);
    connections = await countConnections(client);
  }
  if (connections === 0) return;
  throw rejection('service-busy', 'A service is at work on the database', {
    found: `${connections} connections of it`,
    expected: 'every instance stopped',
  });
}

async function countConnections(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and application_name = 'cartograph'`,
  );
  return rows[0]?.n ?? 0;
}

/** Ours are the tables that any migration makes; others in the same database are left alone. */
async function presentTables(client: pg.Client): Promise<readonly string[]> {
  const ours = tablesOf(MIGRATIONS.map(({ number }) => number));
  const { rows } = await client.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema() and tablename = any ($1::text[])',
    [ours],
  );
  return rows.map(({ name }) => name);
}

/** What an empty service writes of itself. */
const OF_THE_SERVICE: ReadonlySet<string> = new Set(['search_state']);

async function refuseFull(client: pg.Client): Promise<void> {
  for (const name of await presentTables(client)) {
    if (OF_THE_SERVICE.has(name)) continue;
    const { rows } = await client.query(`select from ${name} limit 1`);
    if (rows.length === 0) continue;
    throw rejection('database-not-empty', 'The database holds data already', {
      found: `rows in ${name}`,
      expected: 'an empty database, or --replace',
    });
  }
}

async function makeTables(client: pg.Client, numbers: readonly number[]): Promise<void> {
  for (const name of await presentTables(client)) await client.query(`drop table if exists ${name} cascade`);
  await client.query('drop table if exists schema_migration');
  // The queue keeps jobs of what is gone; the service makes it anew.
  await client.query('drop schema if exists job_queue cascade');
  await client.query(MIGRATION_TABLE);
  for (const { number, title, sql } of MIGRATIONS.filter((one) => numbers.includes(one.number))) {
    await client.query(sql);
    await client.query('insert into schema_migration (number, title) values ($1, $2)', [number, title]);
  }
}

async function readTable(client: pg.Client, folder: string, table: BackedUpTable): Promise<void> {
  const { name, columns, file } = table;
  const stored = client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`));
  await pipeline(createReadStream(join(folder, file)), createGunzip(), stored);
  const rows = stored.rowCount;
  if (rows !== table.rows) throw invalidBackup(file, `${rows} rows instead of ${table.rows}`);
}
