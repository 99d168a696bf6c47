/** Writes everything that is stored, as of one instant, into a folder; the service may run meanwhile. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { rejection } from '../../core/cartograph-error.ts';
import { type BackedUpTable, type BackupManifest, MANIFEST, sealManifest } from './backup-manifest.ts';
import { backedUpTables } from './backup-tables.ts';

export interface BackupOptions {
  readonly url: string;
  /** Must not be there yet, or be empty. */
  readonly folder: string;
  readonly software: string;
  readonly now: Date;
}

/** The folder gets its name when it is whole. Throws `file-unreadable` where it cannot be made. */
export async function writeBackup({ url, folder, software, now }: BackupOptions): Promise<BackupManifest> {
  const target = resolve(folder);
  await refuseFull(target);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  // What is in it is about patients.
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: url, application_name: 'cartograph backup' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // All tables as of one instant, however long it takes.
    await client.query('begin isolation level repeatable read read only');
    const migrations = await readMigrations(client);
    const tables: BackedUpTable[] = [];
    for (const name of backedUpTables(migrations)) tables.push(await writeTable(client, name, partial));
    const sequences = await readSequences(client, tables);
    await client.query('commit');
    const createdAt = now.toISOString();
    const manifest = sealManifest({ format: 2, software, createdAt, migrations, tables, sequences });
    await writeFile(join(partial, MANIFEST), JSON.stringify(manifest, undefined, 2), {
      mode: 0o600,
      flush: true,
    });
    // Only if it is empty: what somebody has put there meanwhile is not ours to remove.
    await rmdir(target).catch(unlessAbsent);
    await rename(partial, target);
    await flushFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function refuseFull(folder: string): Promise<void> {
  const present = await readdir(folder).catch(unlessAbsent);
  if (present === undefined || present.length === 0) return;
  throw rejection('file-unreadable', 'The folder of a new backup holds something already', {
    expected: 'a folder that is empty or not there',
  });
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function readMigrations(client: pg.Client): Promise<readonly number[]> {
  const { rows } = await client.query<{ number: number }>(
    'select number from schema_migration order by number',
  );
  return rows.map(({ number }) => number);
}

async function writeTable(client: pg.Client, name: string, folder: string): Promise<BackedUpTable> {
  const columns = await readColumns(client, name);
  const file = `${name}.copy.gz`;
  const digest = createHash('sha256');
  const tap = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      digest.update(chunk);
      done(null, chunk);
    },
  });
  const copied = client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout`));
  const into = createWriteStream(join(folder, file), { mode: 0o600, flush: true });
  await pipeline(copied, createGzip({ level: 3 }), tap, into);
  return { name, columns, file, rows: copied.rowCount, sha256: digest.digest('hex') };
}

async function readColumns(client: pg.Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'
      order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function readSequences(
  client: pg.Client,
  tables: readonly BackedUpTable[],
): Promise<BackupManifest['sequences']> {
  const { rows } = await client.query<{ table: string; column: string; last: string | null }>(
    `select c.table_name as table, c.column_name as column,
            pg_sequence_last_value(pg_get_serial_sequence(c.table_name, c.column_name)::regclass)::text as last
       from information_schema.columns c
      where c.table_schema = current_schema() and c.is_identity = 'YES' and c.table_name = any ($1::text[])
      order by 1, 2`,
    [tables.map(({ name }) => name)],
  );
  // A sequence that has given out nothing begins at the beginning anyway.
  return rows.flatMap(({ table, column, last }) => (last === null ? [] : [{ table, column, last }]));
}

/** So that the name outlives a loss of power, where the file system knows how. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
