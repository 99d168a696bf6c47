/**
 * Everything at once on few resources: whatever meets whatever, the service has an answer that is no 5xx, and the records
 * are what they would be if made anew.
 */
import fc from 'fast-check';
import pg from 'pg';
import {
  batch,
  infusion,
  patient,
  postEntry,
  putEntry,
  transaction,
  vitalStatus,
} from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const CLIENTS = 8;
const CALLS = 640;
const SYSTEM = 'urn:mixed';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

interface Call {
  readonly method: string;
  /** Behind the base. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const number = fc.integer({ min: 0, max: 7 });
const patientId = number.map((n) => `p${n}`);
const condition = number.map((n) => `identifier=${SYSTEM}|${n}`);
const subject = fc.oneof(
  patientId.map((id) => ({ reference: `Patient/${id}` })),
  condition.map((query) => ({ reference: `Patient?${query}` })),
  number.map((n) => ({ type: 'Patient', identifier: { system: SYSTEM, value: String(n) } })),
);
const aPatient = fc
  .record({
    id: patientId,
    gender: fc.constantFrom('male', 'female'),
    value: number,
    link: fc.option(patientId),
  })
  .map(({ id, gender, value, link }) =>
    patient(id, {
      gender,
      identifier: [{ system: SYSTEM, value: String(value) }],
      ...(link === null ? {} : { link: [{ other: { reference: `Patient/${link}` }, type: 'seealso' }] }),
    }),
  );
const anObservation = fc
  .tuple(number, subject, number)
  .map(([id, about, day]) => vitalStatus(`o${id}`, about, `2024-01-0${day + 1}`));
const anInfusion = fc.tuple(number, patientId).map(([id, about]) => infusion(`i${id}`, about, '2024-01-01'));
const aMedication = fc
  .tuple(number, number)
  .map(([id, text]) => ({ resourceType: 'Medication', id: `m${id}`, code: { text: String(text) } }));
const anAdministration = fc.tuple(number, number, patientId).map(([id, medication, about]) => ({
  resourceType: 'MedicationAdministration',
  id: `a${id}`,
  status: 'completed',
  medicationReference: { reference: `Medication/m${medication}` },
  subject: { reference: `Patient/${about}` },
  effectiveDateTime: '2024-01-01',
}));
const resource = fc.oneof(aPatient, anObservation, anInfusion, aMedication, anAdministration);
const place = fc.oneof(
  patientId.map((id) => `Patient/${id}`),
  number.map((n) => `Observation/o${n}`),
  condition.map((query) => `Patient?${query}`),
);
const entry = fc.oneof(
  resource.map(putEntry),
  anObservation.map((one) => postEntry(one)),
  fc.tuple(aPatient, condition).map(([one, ifNoneExist]) => postEntry(one, { ifNoneExist })),
  place.map((url) => ({ request: { method: 'DELETE', url } })),
  patientId.map((id) => ({ request: { method: 'GET', url: `Observation?patient=${id}&_include=*` } })),
);
const entries = fc.array(entry, { minLength: 1, maxLength: 8 });
const call: fc.Arbitrary<Call> = fc.oneof(
  resource.map((body) => ({ method: 'PUT', path: `/${body.resourceType}/${body.id}`, body })),
  anObservation.map((body) => ({ method: 'POST', path: '/Observation', body })),
  fc.tuple(aPatient, condition).map(([body, query]) => ({
    method: 'POST',
    path: '/Patient',
    body,
    headers: { 'if-none-exist': query },
  })),
  fc.tuple(aPatient, condition).map(([{ id: _id, ...body }, query]) => ({
    method: 'PUT',
    path: `/Patient?${query}`,
    body,
  })),
  place.map((path) => ({ method: 'DELETE', path: `/${path}` })),
  patientId.map((id) => ({
    method: 'PATCH',
    path: `/Patient/${id}`,
    body: [{ op: 'add', path: '/gender', value: 'other' }],
    headers: { 'content-type': 'application/json-patch+json' },
  })),
  entries.map((list) => ({ method: 'POST', path: '', body: transaction(...list) })),
  entries.map((list) => ({ method: 'POST', path: '', body: batch(...list) })),
  fc
    .constantFrom(
      '/Patient/p1/$everything',
      '/Patient/p1/$time-to-event',
      '/Patient/_history?_count=20',
      '/Patient/p2',
    )
    .map((path) => ({ method: 'GET', path })),
  fc
    .constantFrom(
      '/Observation?patient.gender=male&_include=*&_sort=-date',
      '/Patient?_revinclude=*&_count=3',
    )
    .map((path) => ({ method: 'GET', path })),
);

/** Statuses of the answer, and of the entries of a batch. */
async function statusesOf({ method, path, body, headers }: Call): Promise<readonly number[]> {
  const answer = await service.send(`/fhir/R4${path}`, {
    method,
    headers: { 'content-type': 'application/fhir+json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const within = answer.body.type === 'batch-response' ? answer.body.entry : [];
  return [
    answer.status,
    ...within.map(({ response }: { response: { status: string } }) => Number(response.status)),
  ];
}

async function records(): Promise<readonly unknown[]> {
  const { body } = await service.get('/fhir/R4/Patient?_count=1000&_sort=_id');
  const ids: readonly string[] = (body.entry ?? []).map(
    ({ resource: one }: { resource: { id: string } }) => one.id,
  );
  return Promise.all(ids.map(async (id) => (await service.get(`/cohort/patients/${id}`)).body.record));
}

it(`answers ${CALLS} calls of ${CLIENTS} clients`, async () => {
  // Another mixture each time; a failure shows the call.
  const calls = fc.sample(call, CALLS);
  const faults: unknown[] = [];
  const seen = new Set<number>();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let one = calls.pop(); one !== undefined; one = calls.pop()) {
        const statuses = await statusesOf(one);
        for (const status of statuses) seen.add(status);
        if (statuses.some((status) => status >= 500)) faults.push(one);
      }
    }),
  );
  expect(faults).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 204, 404, 412]));
  const before = await records();
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  await client.query('delete from cohort_record');
  await client.query('insert into stale_patient (patient_id) select patient_id from patient_person');
  await client.end();
  expect(await records()).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
}, 120_000);
