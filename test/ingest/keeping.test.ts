import { reindex } from '../../src/ingest/rebuild/reindex.ts';
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startServiceWithDatabase } from '../support/service-with-database.ts';

const { service, database, client, stop } = await startServiceWithDatabase(4);
afterAll(stop);
beforeEach(() => expect.hasAssertions());

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
