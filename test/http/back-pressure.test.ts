import pg from 'pg';
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService({ maxActive: 4, statementTimeoutMs: 1_500 });
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

it('refuses what is too much, gives up what takes too long, and goes on', async () => {
  await service.put('/fhir/R4/Patient/a', patient('a'));
  await client.query('begin');
  await client.query(`select from resource where type = 'Patient' for update`);
  const answers = await Promise.all(
    Array.from({ length: 7 }, () =>
      service.post('/fhir/R4', transaction(putEntry(patient('a', { gender: 'male' })))),
    ),
  );
  await client.query('rollback');
  expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(503));
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(Array(7).fill('2'));
  expect((await service.get('/fhir/R4/Patient/a')).body.gender).toBe('female');
  expect((await service.put('/fhir/R4/Patient/a', patient('a', { gender: 'male' }))).status).toBe(200);
});
