import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let mappingsFolder: string;
beforeAll(async () => {
  mappingsFolder = await mkdtemp(join(tmpdir(), 'cartograph-mappings-'));
  await cp('mappings', mappingsFolder, { recursive: true });
  await mkdir(join(mappingsFolder, 'sites/west'), { recursive: true });
  const overlay = { site: 'west', sourcePrefixes: ['https://west.example.org/'] };
  await writeFile(join(mappingsFolder, 'sites/west/site.json'), JSON.stringify(overlay));
  service = await startTestService({ mappingsFolder, site: 'east' });
});
afterAll(async () => {
  await service.stop();
  await rm(mappingsFolder, { recursive: true, force: true });
});
beforeEach(() => expect.hasAssertions());

const fromWest = { meta: { source: 'https://west.example.org/ehr' } };

it('keeps a resource with the site that stored it first', async () => {
  expect((await service.put('/fhir/R4/Patient/p', patient('p'))).status).toBe(201);
  const { status, body } = await service.put('/fhir/R4/Patient/p', patient('p', fromWest));
  expect([status, body.issue[0].details.coding[0].code]).toEqual([409, 'site-conflict']);
  const bundle = transaction(putEntry(patient('q')), putEntry(patient('p', fromWest)));
  const { status: answered, body: outcome } = await service.post('/fhir/R4', bundle);
  expect([answered, outcome.issue[0].expression]).toEqual([409, ['Bundle.entry[1].resource']]);
  expect((await service.get('/fhir/R4/Patient/q')).status).toBe(404);
  expect(
    (await service.put('/fhir/R4/Patient/p', patient('p', { gender: 'male' }))).body.meta.versionId,
  ).toBe('2');
});

it('names the site of every source', async () => {
  await service.put('/fhir/R4/Patient/w', patient('w', fromWest));
  const { body } = await service.get('/cohort/patients/w');
  expect(body.record.patient.birthDate.sources).toEqual([
    expect.objectContaining({ reference: 'Patient/w', versionId: '1', site: 'west' }),
  ]);
});
