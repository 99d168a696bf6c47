import pg from 'pg';
import { reindex } from '../../src/ingest/reindex.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { erasePerson } from '../../src/store/erase-person.ts';
import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let database: Database;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService();
  database = openDatabase({ url: service.databaseUrl, poolSize: 4 });
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

/** In every table that there is, those of the job queue too. */
async function textsWith(word: string): Promise<number> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  let count = 0;
  for (const { name } of tables) {
    const { rows } = await client.query(`select from ${name} t where t::text like $1`, [`%${word}%`]);
    count += rows.length;
  }
  return count;
}

it('erases a person: nothing of it is left but numbers of versions', async () => {
  const word = 'Zzyzx';
  const identifier = [{ system: 'urn:mrn', value: word }];
  const bundle = transaction(
    putEntry(patient('e1', { identifier, name: [{ family: word }] })),
    putEntry(patient('e2', { identifier })),
    putEntry({ ...infusion('e-i', 'e1', '2023-01-10'), note: [{ text: word }] }),
    putEntry({ ...vitalStatus('e-v', { reference: 'Patient/e2' }, '2024-01-01'), note: [{ text: word }] }),
    putEntry(patient('other')),
  );
  await service.post('/fhir/R4', bundle);
  await service.put('/fhir/R4/Patient/e1', patient('e1', { identifier, gender: 'male' }));
  await service.send('/fhir/R4/Observation/e-v', { method: 'DELETE' });
  await service.get('/cohort/patients/e1');
  expect(await textsWith(word)).toBeGreaterThan(3);
  expect(await erasePerson(database, 'e2', new Date())).toEqual({ patients: 2, resources: 4 });
  expect(await textsWith(word)).toBe(0);
  expect((await service.get('/fhir/R4/Patient/e1')).status).toBe(410);
  expect((await service.get('/fhir/R4/Patient/e1/_history/1')).status).toBe(404);
  expect((await service.get('/cohort/patients/e1')).status).toBe(404);
  expect((await service.get('/fhir/R4/Patient/other')).status).toBe(200);
  const back = await service.put('/fhir/R4/Patient/e1', patient('e1'));
  expect([back.status, back.headers.get('etag')]).toEqual([201, 'W/"4"']);
  expect(await erasePerson(database, 'nobody', new Date())).toBeUndefined();
});

it('indexes anew what was stored without an index, while others write', async () => {
  const entries = Array.from({ length: 450 }, (_, n) =>
    putEntry({
      ...vitalStatus(`r-${n}`, { reference: 'Patient/r' }, '2024-01-01'),
      method: { coding: [{ code: 'm' }] },
    }),
  );
  await service.post('/fhir/R4', transaction(putEntry(patient('r')), ...entries));
  const found = async (): Promise<number> =>
    (await service.get('/fhir/R4/Observation?method=m&date=2024-01-01&patient=r&_summary=count')).body.total;
  await client.query(
    `update resource set tokens = '{}'; update reference set parameters = '{}'; truncate search_date`,
  );
  expect(await found()).toBe(0);
  const [count] = await Promise.all([
    reindex(database),
    ...Array.from({ length: 20 }, (_, n) =>
      service.put(
        `/fhir/R4/Observation/r-${n}`,
        vitalStatus(`r-${n}`, { reference: 'Patient/r' }, '2024-01-02'),
      ),
    ),
  ]);
  expect(count).toBeGreaterThanOrEqual(451);
  expect(await found()).toBe(430);
});
