import pg from 'pg';
import { patient, postEntry, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
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

async function count(sql: string, ...parameters: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${sql}`, [...parameters]);
  return Number(rows[0]?.n);
}

const PERSON = 'urn:uuid:3a5b8f80-7a1c-4d8e-9b1e-8c3a2f6d9e11';

/** Everything by condition or by id, so that redelivery changes nothing. */
function redeliverable(prefix: string, size: number): object {
  const identifier = [{ system: 'urn:mrn', value: prefix }];
  return transaction(
    postEntry(patient('x', { identifier }), { fullUrl: PERSON, ifNoneExist: `identifier=urn:mrn|${prefix}` }),
    ...Array.from({ length: size }, (_, n) =>
      putEntry(vitalStatus(`${prefix}-${n}`, { reference: PERSON }, '2024-01-01')),
    ),
  );
}

function all<T>(times: number, work: (index: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}

it('stores one set of what eight clients send at once', async () => {
  const answers = await all(8, () => service.post('/fhir/R4', redeliverable('set', 50)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  const statuses = answers.flatMap(({ body }) =>
    body.entry.map((entry: { response: { status: string } }) => entry.response.status),
  );
  expect(statuses.filter((status: string) => status === '201')).toHaveLength(51);
  expect(await count(`resource where id like 'set-%'`)).toBe(50);
  expect(await count(`identifier where system = 'urn:mrn' and value = 'set'`)).toBe(1);
  expect(await count('resource_history')).toBe(0);
});

it('does not deadlock over the same resources in other orders', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `order-${n}`);
  const answers = await all(8, (index) => {
    const order = index % 2 === 0 ? ids : ids.toReversed();
    return service.post(
      '/fhir/R4',
      transaction(...order.map((id) => putEntry(patient(id, { active: index % 3 === 0 })))),
    );
  });
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(await count(`resource where id like 'order-%'`)).toBe(40);
});

it('takes more conditions than it locks one by one', async () => {
  const bundle = transaction(
    ...Array.from({ length: 600 }, (_, n) =>
      postEntry(
        { resourceType: 'Organization', identifier: [{ system: 'urn:org', value: String(n) }] },
        { ifNoneExist: `identifier=urn:org|${n}` },
      ),
    ),
  );
  const answers = await all(3, () => service.post('/fhir/R4', bundle));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await count(`identifier where system = 'urn:org'`)).toBe(600);
});

it('gives every change of one resource its own version', async () => {
  const answers = await all(20, (n) =>
    service.put('/fhir/R4/Patient/many', patient('many', { multipleBirthInteger: n })),
  );
  const versions = answers.map(({ body }) => Number(body.meta.versionId)).sort((a, b) => a - b);
  expect((await service.get('/fhir/R4/Patient/many')).body.meta.versionId).toBe('20');
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
  expect(versions.at(-1)).toBe(20);
  expect(await count(`resource_history where id = 'many'`)).toBe(19);
});

it('joins patients that arrive at the same time', async () => {
  const chain = Array.from({ length: 8 }, (_, n) =>
    patient(`chain-${n}`, {
      identifier: [
        { system: 'urn:chain', value: String(n) },
        { system: 'urn:chain', value: String(n + 1) },
      ],
    }),
  );
  await all(8, (n) => service.post('/fhir/R4', transaction(putEntry(chain[n] ?? patient('none')))));
  const ids = await all(8, async (n) => (await service.get(`/cohort/patients/chain-${n}`)).body.record.id);
  expect(ids).toEqual(Array(8).fill('chain-0'));
});

it('reads a fresh record while others write', async () => {
  await service.put('/fhir/R4/Patient/fresh', patient('fresh'));
  const seen = await all(12, async (n) => {
    const date = `2024-02-${String(n + 1).padStart(2, '0')}`;
    await service.post(
      '/fhir/R4',
      transaction(putEntry(vitalStatus(`fresh-${n}`, { reference: 'Patient/fresh' }, date))),
    );
    const { body } = await service.get('/cohort/patients/fresh');
    return body.record.followUp.vitalStatus.some((one: { date: string }) => one.date === date);
  });
  expect(seen).toEqual(Array(12).fill(true));
});

it('a patch and an update of one patient wait in the same order, so never for each other', async () => {
  const identifier = [{ system: 'urn:mrn', value: 'ordered' }];
  const path = '/fhir/R4/Patient/ordered';
  await service.put(path, patient('ordered', { identifier }));
  const other = new pg.Client({ connectionString: service.databaseUrl });
  await other.connect();
  await other.query('begin');
  await other.query(`select from resource where type = 'Patient' and id = 'ordered' for update`);
  const waiting = async (wanted: number): Promise<readonly string[]> => {
    for (;;) {
      const { rows } = await client.query<{ kind: string }>(
        `select distinct pid, case locktype when 'advisory' then 'key' else 'row' end as kind
           from pg_locks where not granted and database in (0, (select oid from pg_database where datname = current_database()))
             or not granted and locktype = 'transactionid'`,
      );
      if (rows.length >= wanted) return rows.map(({ kind }) => kind).sort();
    }
  };
  const patched = service.send(path, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json' },
    body: JSON.stringify([{ op: 'add', path: '/active', value: true }]),
  });
  expect(await waiting(1)).toEqual(['row']);
  const updated = service.put(path, patient('ordered', { identifier, gender: 'male' }));
  expect(await waiting(2)).toEqual(['key', 'row']);
  await other.query('commit');
  await other.end();
  expect([(await patched).status, (await updated).status]).toEqual([200, 200]);
  expect(await count(`resource_history where id = 'ordered'`)).toBe(2);
});

it('patches of one resource lose none, while updates come between', async () => {
  const path = '/fhir/R4/Basic/counted';
  await service.put(path, { resourceType: 'Basic', id: 'counted', code: { text: 'x' }, extension: [] });
  const statuses = await all(24, async (index) => {
    const { status } = await service.send(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify([
        { op: 'add', path: '/extension/-', value: { url: `urn:${index}`, valueBoolean: true } },
      ]),
    });
    if (index % 6 === 0) {
      const { body, headers } = await service.get(path);
      await service.put(path, { ...body, language: `x-${index}` }, { 'if-match': headers.get('etag') ?? '' });
    }
    return status;
  });
  expect(statuses).toEqual(Array(24).fill(200));
  expect((await service.get(path)).body.extension).toHaveLength(24);
});
