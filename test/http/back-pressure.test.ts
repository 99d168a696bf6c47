import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let client: pg.Client;
beforeAll(async () => {
  service = await startTestService({ maxActive: 8, maxBodyBytes: 1_000_000, statementTimeoutMs: 1_500 });
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
    Array.from({ length: 12 }, () =>
      service.post('/fhir/R4', transaction(putEntry(patient('a', { gender: 'male' })))),
    ),
  );
  await client.query('rollback');
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(503));
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(Array(12).fill('2'));
  const reasons = Map.groupBy(answers, ({ body }) => body.issue[0].diagnostics);
  expect(Object.fromEntries([...reasons].map(([reason, all]) => [reason, all.length]))).toEqual({
    'Too many requests are in hand': 4,
    'The database took too long': 8,
  });
  expect(service.logged().match(/"cause":"57014"/g)).toHaveLength(8);
  expect((await service.get('/fhir/R4/Patient/a')).body.gender).toBe('female');
  expect((await service.put('/fhir/R4/Patient/a', patient('a', { gender: 'male' }))).status).toBe(200);
});

it.each([
  ['compressed', { 'content-encoding': 'gzip' }, (text: string) => new Uint8Array(gzipSync(text))],
  ['in chunks', {}, (text: string) => new Blob([text]).stream()],
])('counts what is larger than it was announced: %s', async (_title, headers, encode) => {
  // Four bodies of the largest size may be in hand.
  const body = JSON.stringify(patient('large', { name: [{ family: 'x'.repeat(900_000) }] }));
  await client.query('begin');
  await client.query('lock table resource');
  const answers = Promise.all(
    Array.from({ length: 7 }, () =>
      service.send('/fhir/R4/Patient/large', {
        method: 'PUT',
        headers: { 'content-type': 'application/fhir+json', ...headers },
        body: encode(body),
        duplex: 'half',
      } as RequestInit),
    ),
  );
  const busy = (await answers).filter(({ body: { issue } }) => /in hand/.test(issue[0].diagnostics));
  await client.query('rollback');
  expect(busy.length).toBeGreaterThanOrEqual(3);
  expect((await service.put('/fhir/R4/Patient/large', body)).status).toBe(201);
  await service.send('/fhir/R4/Patient/large', { method: 'DELETE' });
  await client.query(`delete from resource_history where id = 'large'`);
});

it('refuses writes, and answers reads, while the database may only be read; and goes on', async () => {
  const [{ name }] = (await client.query('select current_database() as name')).rows;
  await service.put('/fhir/R4/Patient/read-only', patient('read-only'));
  const others = `select pg_terminate_backend(pid) from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()`;
  await client.query(`alter database ${name} set default_transaction_read_only = on`);
  await client.query(others);
  const put = () => service.put('/fhir/R4/Patient/read-only', patient('read-only', { gender: 'other' }));
  let refused = await put();
  while (/cannot be reached/.test(refused.body.issue?.[0].diagnostics)) refused = await put();
  const read = await service.get('/fhir/R4/Patient/read-only');
  await client.query('set default_transaction_read_only = off');
  await client.query(`alter database ${name} reset default_transaction_read_only`);
  await client.query(others);
  expect([refused.status, refused.headers.get('retry-after'), refused.body.issue[0].diagnostics]).toEqual([
    503,
    '2',
    'The database can only be read',
  ]);
  expect([read.status, read.body.gender]).toEqual([200, 'female']);
  let stored = await put();
  while (stored.status === 503) stored = await put();
  expect([stored.status, stored.body.gender]).toEqual([200, 'other']);
  expect(service.logged()).not.toContain('"fault":"error"');
});
