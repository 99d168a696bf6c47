import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { infusion, patient, putEntry, transaction } from '../support/bundles.ts';
import { connectTo, startProcess } from '../support/service-process.ts';
import { makeDataFolder } from '../support/test-database.ts';
import { parseLines, spawnCartograph } from './spawn-cartograph.ts';

let data: string;
let other: string;
let folder: string;
beforeAll(async () => {
  data = await makeDataFolder();
  other = await makeDataFolder();
  folder = await mkdtemp(join(tmpdir(), 'cartograph-maintenance-'));
});
afterAll(async () => {
  for (const path of [data, other, folder]) await rm(path, { recursive: true, force: true });
});

function run(dataFolder: string, ...args: readonly string[]) {
  return spawnCartograph(args, '', { DATABASE_URL: '', CARTOGRAPH_DATA: dataFolder });
}

it('works beside a running service on the embedded PostgreSQL, and restores into another', async () => {
  const service = await startProcess(data);
  const bundle = transaction(
    putEntry(patient('a', { identifier: [{ system: 'urn:mrn', value: '1' }] })),
    putEntry(patient('b', { identifier: [{ system: 'urn:mrn', value: '1' }] })),
    putEntry(patient('c')),
    putEntry(infusion('i', 'a', '2023-01-10')),
  );
  const headers = { 'content-type': 'application/fhir+json' };
  await fetch(`${service.url}/fhir/R4`, { method: 'POST', headers, body: JSON.stringify(bundle) });
  const record = async (url: string) =>
    (await (await fetch(`${url}/cohort/patients/b?asOf=2024-01-01`)).json()) as object;
  const before = await record(service.url);
  const client = await connectTo(data);
  await client.query(`update cohort_record set record = '{"broken": true}'`);

  const rebuilt = await run(data, 'rebuild');
  expect([rebuilt.status, parseLines(rebuilt.stdout)]).toEqual([0, [{ persons: 2 }]]);
  expect(await record(service.url)).toEqual(before);
  await client.query(`update cohort_record set record = '{"broken": true}'`);
  const named = await run(data, 'rebuild', 'a', 'b');
  expect([named.status, parseLines(named.stdout)]).toEqual([0, [{ persons: 1 }]]);
  expect(await record(service.url)).toEqual(before);
  const nobody = await run(data, 'rebuild', 'nobody');
  expect([nobody.status, parseLines(nobody.stderr)[0]?.['code']]).toEqual([2, 'resource-not-found']);

  const reindexed = await run(data, 'reindex');
  expect([reindexed.status, parseLines(reindexed.stdout)]).toEqual([0, [{ resources: 4 }]]);

  const backup = join(folder, 'backup');
  const saved = await run(data, 'backup', backup);
  expect([saved.status, saved.stderr]).toEqual([0, '']);
  expect(parseLines(saved.stdout)[0]).toMatchObject({ rows: { resource: 4, patient_person: 3 } });
  const refused = await run(data, 'restore', backup, '--replace');
  expect([refused.status, parseLines(refused.stderr)[0]?.['code']]).toEqual([2, 'service-busy']);

  await client.query(
    `insert into bulk_job (id, kind, caller, site, request, parameters, created_at)
     values ('00000000-0000-4000-8000-000000000000', 'import', 'c', 's', 'r', '{"sources":[]}', now())`,
  );
  const early = await run(data, 'erase', 'b');
  expect([early.status, parseLines(early.stderr)[0]?.['code']]).toEqual([2, 'import-at-work']);
  const erased = await run(data, 'erase', 'b', '--cancel-imports');
  expect([erased.status, parseLines(erased.stdout)]).toEqual([
    0,
    [{ patients: 2, resources: 3, redacted: [], ambiguous: [], mentioning: [] }],
  ]);
  expect((await fetch(`${service.url}/fhir/R4/Patient/a`)).status).toBe(410);
  const twice = await run(data, 'erase', 'b');
  expect([twice.status, parseLines(twice.stderr)[0]?.['code']]).toEqual([2, 'resource-not-found']);
  await client.end();
  service.child.kill('SIGTERM');

  const restored = await run(other, 'restore', backup);
  expect([restored.status, restored.stderr, parseLines(restored.stdout)]).toEqual([
    0,
    '',
    parseLines(saved.stdout),
  ]);
  const again = await run(other, 'restore', backup);
  expect([again.status, parseLines(again.stderr)[0]?.['code']]).toEqual([2, 'database-not-empty']);
  const second = await startProcess(other);
  expect(await record(second.url)).toEqual(before);
  second.child.kill('SIGTERM');
}, 120_000);
