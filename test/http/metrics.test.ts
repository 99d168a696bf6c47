import pg from 'pg';
import { patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService({ maxActive: 3, validation: 'reject' });
  client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await service.stop();
});
beforeEach(() => expect.hasAssertions());

async function scrape(): Promise<ReadonlyMap<string, number>> {
  const { status, headers, body } = await service.get('/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const lines = String(body)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const gap = line.lastIndexOf(' ');
      return [line.slice(0, gap), Number(line.slice(gap + 1))];
    }),
  );
}

it('counts requests by pattern, resources by type and outcome, and nothing by person', async () => {
  const secret = 'Zzyzx-4711';
  const person = patient(secret, { identifier: [{ system: 'urn:mrn', value: secret }] });
  await service.post(
    '/fhir/R4',
    transaction(
      putEntry(person),
      putEntry(vitalStatus('v', { reference: `Patient/${secret}` }, '2024-01-01')),
    ),
  );
  await service.put(`/fhir/R4/Patient/${secret}`, person);
  await service.put(`/fhir/R4/Patient/${secret}`, { ...person, gender: 'male' });
  await service.get(`/fhir/R4/Patient/${secret}`);
  await service.get(`/fhir/R4/Patient?identifier=${secret}`);
  await service.get(`/fhir/R4/Patient/${secret}-2`);
  await service.get(`/cohort/patients/${secret}`);
  await service.get(`/nowhere/${secret}`);
  await service.put('/fhir/R4/Patient/bad', patient('bad', { gender: 'unheard' }));
  await service.send('/fhir/R4/Observation/v', { method: 'DELETE' });
  const seen = await scrape();
  const requests = (method: string, route: string, status: number) =>
    seen.get(`cartograph_http_request_seconds_count{method="${method}",route="${route}",status="${status}"}`);
  expect({
    bundle: requests('POST', '/fhir/R4/', 200),
    put: requests('PUT', '/fhir/R4/:type/:id', 200),
    refused: requests('PUT', '/fhir/R4/:type/:id', 422),
    read: requests('GET', '/fhir/R4/:type/:id', 200),
    missing: requests('GET', '/fhir/R4/:type/:id', 404),
    search: requests('GET', '/fhir/R4/:type', 200),
    record: requests('GET', '/cohort/patients/:id', 200),
    nowhere: requests('GET', 'none', 404),
  }).toEqual({ bundle: 1, put: 2, refused: 1, read: 1, missing: 1, search: 1, record: 1, nowhere: 1 });
  const ingested = (type: string, outcome: string) =>
    seen.get(`cartograph_ingested_resources_total{type="${type}",outcome="${outcome}"}`);
  expect([
    ingested('Patient', 'created'),
    ingested('Patient', 'unchanged'),
    ingested('Patient', 'updated'),
    ingested('Observation', 'created'),
    ingested('Observation', 'deleted'),
  ]).toEqual([1, 1, 1, 1, 1]);
  expect(
    seen.get('cartograph_validation_findings_total{code="code-not-in-value-set",severity="error"}'),
  ).toBe(1);
  expect(seen.get('cartograph_step_seconds_count{step="rebuild",outcome="ok"}')).toBeGreaterThanOrEqual(1);
  expect(seen.get('cartograph_step_seconds_count{step="store",outcome="failed"}')).toBe(1);
  expect([...seen.keys()].join('\n')).not.toContain(secret);
});

it('tells what waits: stale patients and their age, connections, the queue', async () => {
  const { body } = await service.put('/fhir/R4/Patient/waiting', patient('waiting'));
  await service.get('/cohort/patients/Zzyzx-4711');
  // The worker waits for this lock, and so leaves the marks where they are.
  const lock = `hashtextextended('person ${body.id}', 0)`;
  await client.query(`select pg_advisory_lock(${lock})`);
  await client.query(
    `insert into stale_patient (patient_id, since)
     select id, clock_timestamp() - interval '1 hour' from unnest(array['waiting', 'waiting', 'nobody']) as p (id)`,
  );
  await client.query(
    `insert into bulk_job (id, kind, caller, site, request, parameters, status, created_at)
     select gen_random_uuid(), 'export', 'x', 'x', 'x', '{}', 'failed', now() from generate_series(1, 2)`,
  );
  const seen = await scrape();
  await client.query(`select pg_advisory_unlock(${lock})`);
  expect(seen.get('cartograph_stale_patients')).toBe(1);
  expect(seen.get('cartograph_stale_oldest_seconds')).toBeGreaterThanOrEqual(3_600);
  expect(seen.get('cartograph_stale_oldest_seconds')).toBeLessThan(3_700);
  expect(seen.get('cartograph_jobs{queue="export",state="failed"}')).toBe(2);
  expect(seen.get('cartograph_database_up')).toBe(1);
  expect(seen.get('cartograph_database_connections{state="open"}')).toBeGreaterThanOrEqual(1);
  expect(seen.get('cartograph_database_connections{state="waiting"}')).toBe(0);
  expect(seen.get('cartograph_write_queue_waiting')).toBe(0);
  expect(seen.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
});

it('answers while the service refuses, and says how much is in hand', async () => {
  await client.query('begin');
  await client.query(`select from resource where type = 'Patient' for update`);
  const posts = Array.from({ length: 5 }, () =>
    service.post('/fhir/R4', transaction(putEntry(patient('Zzyzx-4711', { gender: 'other' })))),
  );
  await Promise.race(posts);
  const seen = await scrape();
  expect(seen.get('cartograph_http_active_requests')).toBe(3);
  expect(seen.get('cartograph_http_active_body_bytes')).toBeGreaterThan(300);
  expect(seen.get('cartograph_http_refused_requests_total')).toBe(2);
  await client.query('rollback');
  await Promise.all(posts);
  expect((await scrape()).get('cartograph_http_active_requests')).toBe(0);
});

it('answers where the database does not', async () => {
  await client.query('begin');
  await client.query('lock table stale_patient in access exclusive mode');
  const seen = await scrape();
  await client.query('rollback');
  expect([seen.get('cartograph_database_up'), seen.get('cartograph_stale_patients')]).toEqual([
    1,
    Number.NaN,
  ]);
  expect((await scrape()).get('cartograph_stale_patients')).toBeGreaterThanOrEqual(0);
});

it("keeps to Prometheus's conventions of names: a prefix, a unit of the base, and _total for what only rises", async () => {
  const text = String((await service.get('/metrics')).body);
  const ours = [...text.matchAll(/^# TYPE (cartograph_\w+) (\w+)$/gm)].map(([, name = '', type]) => ({
    name,
    type,
  }));
  expect(ours.length).toBeGreaterThanOrEqual(12);
  const wrong = ours.filter(({ name, type }) => {
    const isRising = type === 'counter';
    return isRising !== name.endsWith('_total') || /_(?:ms|millis\w*|minutes|kb|mb)(?:_|$)/.test(name);
  });
  expect(wrong).toEqual([]);
  const helps = [...text.matchAll(/^# HELP (cartograph_\w+) (.+)$/gm)].map(([, name]) => name);
  expect(helps).toEqual(ours.map(({ name }) => name));
});
