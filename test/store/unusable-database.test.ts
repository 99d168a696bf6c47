/** What the operator is told at the start where the database cannot be used. */
import pg from 'pg';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let test: TestDatabase;
let admin: pg.Client;
/** Roles and databases are of the whole server, which other tests may share. */
let role: string;
beforeAll(async () => {
  test = await createTestDatabase();
  role = `reader_${new URL(test.url).pathname.slice(-12)}`;
  admin = new pg.Client({ connectionString: test.url });
  await admin.connect();
  await admin.query(`create role ${role} login password 'right'`);
  await admin.query(`create database ${role}_latin encoding 'LATIN1' locale 'C' template template0`);
});
afterAll(async () => {
  await admin.query(`drop database ${role}_latin with (force)`);
  await admin.query(`drop role ${role}`);
  await admin.end();
  await test.drop();
});
beforeEach(() => expect.hasAssertions());

interface Changes {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly hostname?: string;
  readonly port?: number;
}

function urlWith({ user, password, database, hostname, port }: Changes): string {
  const url = new URL(test.url);
  if (user !== undefined) url.username = user;
  if (password !== undefined) url.password = password;
  if (database !== undefined) url.pathname = `/${database}`;
  if (hostname !== undefined) url.hostname = hostname;
  if (port !== undefined) url.port = String(port);
  return url.href;
}

async function trouble(changes: Changes) {
  const database = openDatabase({ url: urlWith(changes), poolSize: 2 });
  try {
    await migrate(database);
    return 'none';
  } catch (error) {
    return error;
  } finally {
    await database.end();
  }
}

it.each<readonly [string, () => Changes, string, string]>([
  ['no server', () => ({ port: 1 }), 'service-busy', 'nobody listens there'],
  ['no host', () => ({ hostname: 'nowhere.invalid' }), 'service-busy', 'a host that has no address'],
  [
    'a wrong password',
    () => ({ user: role, password: 'wrong' }),
    'configuration-invalid',
    'user or password refused',
  ],
  ['no user', () => ({ user: `${role}x` }), 'configuration-invalid', 'user or password refused'],
  ['no database', () => ({ database: `${role}_none` }), 'configuration-invalid', 'no database of that name'],
  [
    'no rights',
    () => ({ user: role, password: 'right' }),
    'configuration-invalid',
    'a user who may not do this',
  ],
  ['another encoding', () => ({ database: `${role}_latin` }), 'configuration-invalid', 'encoding LATIN1'],
])('%s', async (_title, changes, code, found) => {
  expect(await trouble(changes())).toMatchObject({
    code,
    findings: [{ found, expected: expect.stringMatching(/./) }],
  });
});

it('a database that is read-only', async () => {
  await admin.query(`alter role ${role} set default_transaction_read_only = on`);
  await admin.query(`grant create on schema public to ${role}`);
  const found = await trouble({ user: role, password: 'right' });
  await admin.query(`revoke create on schema public from ${role}`);
  expect(found).toMatchObject({
    code: 'configuration-invalid',
    findings: [{ found: 'a database that is read-only' }],
  });
});

it('no connection left', async () => {
  await admin.query(`alter role ${role} connection limit 0`);
  expect(await trouble({ user: role, password: 'right' })).toMatchObject({
    code: 'service-busy',
    findings: [{ found: 'too many connections', expected: expect.stringContaining('CARTOGRAPH_POOL') }],
  });
});

it('never tells the password', async () => {
  const error = await trouble({ port: 1, password: 'topsecret' });
  expect(JSON.stringify([error, String(error)])).not.toContain('topsecret');
});
