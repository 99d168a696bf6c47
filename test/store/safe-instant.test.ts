import pg from 'pg';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { safeInstant } from '../../src/store/safe-instant.ts';
import { inSnapshot } from '../../src/store/snapshot.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url, poolSize: 4 });
});
afterAll(async () => {
  await database.end();
  await server.drop();
});
beforeEach(() => expect.hasAssertions());

const now = (): Date => new Date();

it('is now where nobody has a transaction open', async () => {
  const before = Date.now();
  const instant = (await safeInstant(database, now)).getTime();
  expect(instant).toBeGreaterThanOrEqual(before);
  expect(instant).toBeLessThanOrEqual(Date.now());
});

it('is not after the beginning of a transaction that is open', async () => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query('begin');
  await client.query('select 1');
  const begun = Date.now();
  expect((await safeInstant(database, now)).getTime()).toBeLessThanOrEqual(begun);
  await client.query('rollback');
  await client.end();
});

it('does not wait for who only reads a snapshot', async () => {
  await inSnapshot(database, async (tx) => {
    await tx.query('select 1');
    const before = Date.now();
    expect((await safeInstant(database, now)).getTime()).toBeGreaterThanOrEqual(before);
  });
});
