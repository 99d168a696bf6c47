/** A database of its own for a test file, on the PostgreSQL of DATABASE_URL or on an embedded one. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const external = process.env['DATABASE_URL'];
  if (external !== undefined && external !== '') return createOn(external, async () => undefined);
  const folder = await makeDataFolder();
  const embedded = await startEmbeddedPostgres(folder);
  return createOn(embedded.url, async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

/** A folder for an embedded PostgreSQL, which runs as another user when the tests run as root. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cartograph-test-'));
  await chmod(folder, 0o755);
  return folder;
}

async function createOn(server: string, stop: () => Promise<void>): Promise<TestDatabase> {
  const name = `cartograph_test_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await run(server, `drop database ${name} with (force)`);
      await stop();
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
