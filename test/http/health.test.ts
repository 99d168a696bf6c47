import pg from 'pg';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

async function readiness() {
  const { status, body, headers } = await service.get('/health/ready');
  return [status, body.status === 'ready' ? 'ready' : body.code, headers.get('retry-after')];
}

const READY = [200, 'ready', null];
const BUSY = [503, 'service-busy', '2'];

it('is ready when it can store and read', async () => {
  expect(await readiness()).toEqual(READY);
});

it('is not ready without its tables, nor when the database does not answer; it lives all the same', async () => {
  await client.query('begin');
  await client.query('lock table schema_migration in access exclusive mode');
  expect(await readiness()).toEqual(BUSY);
  expect((await service.get('/health/live')).body).toEqual({ status: 'live' });
  await client.query('rollback');
  expect(await readiness()).toEqual(READY);
  const { rows } = await client.query('delete from schema_migration where number = 2 returning *');
  expect(await readiness()).toEqual(BUSY);
  await client.query('insert into schema_migration (number, title) values (2, $1)', [rows[0].title]);
  expect(await readiness()).toEqual(READY);
});
