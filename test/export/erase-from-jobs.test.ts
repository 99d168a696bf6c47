import { randomUUID } from 'node:crypto';
import { erasePerson } from '../../src/ingest/erasure/erase-person.ts';
import { saveChunk } from '../../src/store/bulk/bulk-files.ts';
import { saveBulkJob } from '../../src/store/bulk/bulk-jobs.ts';
import { beginRun, RunSuperseded } from '../../src/store/bulk/bulk-runs.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type exported, finished, kickOff, linesOf, namesOf } from '../support/bulk-client.ts';
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let database: Database;
beforeAll(async () => {
  service = await startTestService();
  database = openDatabase({ url: service.databaseUrl, poolSize: 4 });
  await service.post(
    '/fhir/R4',
    transaction(
      ...['gone', 'stays', 'goes-too'].flatMap((id, n) => [
        putEntry(patient(id, { birthDate: `201${n}-01-01` })),
        putEntry(vitalStatus(`v-${id}`, { reference: `Patient/${id}` }, '2024-01-01')),
      ]),
    ),
  );
});
afterAll(async () => {
  await database.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

it('takes the lines of an erased person out of finished exports, and what names the person away', async () => {
  const place = await kickOff(service, '/fhir/R4/$export');
  const naming = await kickOff(service, '/fhir/R4/Patient/$export?patient=Patient/gone');
  await Promise.all([finished(place), finished(naming)]);
  await erasePerson(database, { patientId: 'gone', now: new Date(), cancelsImports: false });
  const manifest = await (await fetch(place)).json();
  const { output } = manifest as Awaited<ReturnType<typeof exported>>;
  expect(namesOf(await linesOf(output))).toEqual([
    'Observation/v-goes-too',
    'Observation/v-stays',
    'Patient/goes-too',
    'Patient/stays',
  ]);
  expect((await fetch(naming)).status).toBe(404);
});

it('sends an export at work back to its beginning', async () => {
  const job = {
    id: randomUUID(),
    kind: 'export',
    caller: 'loopback',
    site: 'local',
    request: 'x',
    parameters: {},
    createdAt: new Date(),
  } as const;
  await saveBulkJob(database, job, 10, () => Promise.resolve());
  const run = await beginRun(database, job.id);
  const chunk = { file: 1, seq: 1, list: 'output', type: 'Patient', ids: ['goes-too'], lines: 1 } as const;
  if (run === undefined) throw new Error('The job has not begun');
  await saveChunk(database, run, { ...chunk, content: '{"id":"goes-too"}\n' });
  await erasePerson(database, { patientId: 'goes-too', now: new Date(), cancelsImports: false });
  await expect(saveChunk(database, run, { ...chunk, seq: 2, content: '{}\n' })).rejects.toThrow(
    RunSuperseded,
  );
  expect(await database.query('select from bulk_chunk where job_id = $1', [job.id])).toEqual([]);
  expect((await beginRun(database, job.id, false))?.epoch).toBe(3);
  expect(await beginRun(database, job.id, false)).toBeUndefined();
});
