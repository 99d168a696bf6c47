import { type Database, openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { stalePersons } from '../../../src/store/person/stale-patients.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase({ url: server.url, poolSize: 4 });
  await migrate(database);
  await database.query(
    `insert into patient_person (patient_id, person_id, identity, in_conflict)
     values ('a', 'a', '{}', false), ('b', 'b', '{}', false), ('b2', 'b', '{}', false), ('c', 'c', '{}', false)`,
  );
});
afterAll(async () => {
  await database.end();
  await server.drop();
});
beforeEach(async () => {
  await database.query('truncate stale_patient');
  expect.hasAssertions();
});

async function mark(patientId: string, secondsAgo: number, times = 1): Promise<void> {
  await database.query(
    `insert into stale_patient (patient_id, since)
     select $1, clock_timestamp() - make_interval(secs => $2) from generate_series(1, $3)`,
    [patientId, secondsAgo, times],
  );
}

it('names each person once, the longest waiting first, as many as are asked for', async () => {
  await mark('b2', 50);
  await mark('a', 40);
  await mark('b', 30);
  await mark('nobody', 20);
  await mark('c', 10);
  expect(await stalePersons(database, 0, 10)).toEqual(['b', 'a', 'c']);
  expect(await stalePersons(database, 0, 2)).toEqual(['b', 'a']);
  expect(await stalePersons(database, 0, 10, ['b'])).toEqual(['a', 'c']);
});

it('leaves alone whom the first mark has not been on for long', async () => {
  await mark('a', 5);
  await mark('a', 0);
  await mark('b', 1);
  expect(await stalePersons(database, 3_000, 10)).toEqual(['a']);
});

it('finds who is behind thousands of marks of one patient, or of nobody', async () => {
  await mark('nobody', 60, 6_000);
  await mark('a', 50, 6_000);
  await mark('b', 40);
  expect(await stalePersons(database, 0, 1)).toEqual(['a']);
  expect(await stalePersons(database, 0, 2)).toEqual(['a', 'b']);
  expect(await stalePersons(database, 0, 3)).toEqual(['a', 'b']);
});
