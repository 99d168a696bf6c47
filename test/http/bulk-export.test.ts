import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  ASYNC,
  exported,
  finished,
  kickOff,
  type Line,
  linesOf,
  type Manifest,
  manifestOf,
  namesOf,
} from '../support/bulk-client.ts';
import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      ...[
        patient('p1'),
        patient('p2', { birthDate: '2012-02-02' }),
        { ...infusion('i1', 'p1', '2023-01-10'), location: { reference: 'Location/ward' } },
        { ...vitalStatus('v1', { reference: 'Patient/p1' }, '2024-01-01') },
        vitalStatus('v2', { reference: 'Patient/p2' }, '2024-01-01'),
        { resourceType: 'Location', id: 'ward', name: 'Ward' },
        { resourceType: 'Organization', id: 'alone', name: 'Nobody refers to it' },
        {
          resourceType: 'Provenance',
          id: 'pr1',
          target: [{ reference: 'Procedure/i1' }],
          recorded: '2023-01-10T10:00:00Z',
          agent: [{ who: { display: 'x' } }],
        },
        {
          resourceType: 'Group',
          id: 'some',
          type: 'person',
          actual: true,
          member: [
            { entity: { reference: 'Patient/p2' } },
            { entity: { reference: 'Patient/p1' }, inactive: true },
          ],
        },
        { resourceType: 'Group', id: 'nobody', type: 'person', actual: true },
      ].map(putEntry),
    ),
  );
  if (status !== 200) throw new Error(`setting up: ${status}`);
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const OF_P1 = ['Location/ward', 'Observation/v1', 'Patient/p1', 'Procedure/i1', 'Provenance/pr1'];
const OF_P2 = ['Observation/v2', 'Patient/p2'];

it('takes each step of the guide', async () => {
  const kicked = await service.send('/fhir/R4/$export?_type=Patient', { headers: ASYNC });
  expect([kicked.status, kicked.body]).toEqual([202, '']);
  const place = kicked.headers.get('content-location') ?? '';
  expect(place).toMatch(new RegExp(`^${service.url}/fhir/R4/_bulk/[0-9a-f-]{36}$`));
  const waiting = await fetch(place);
  expect([202, 200]).toContain(waiting.status);
  if (waiting.status === 202) {
    expect(waiting.headers.get('x-progress')?.length).toBeLessThan(100);
    expect(waiting.headers.get('retry-after')).toMatch(/^\d+$/);
  }
  const done = await finished(place);
  expect([done.status, done.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  const expires = Date.parse(done.headers.get('expires') ?? '');
  expect(expires).toBeGreaterThan(Date.now() + 86_000_000);
  const manifest = (await done.json()) as Manifest;
  expect(manifest).toEqual({
    transactionTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    request: `${service.url}/fhir/R4/$export?_type=Patient`,
    requiresAccessToken: false,
    output: [{ type: 'Patient', url: `${place}/Patient-1.ndjson`, count: 2 }],
    deleted: [],
    error: [],
  });
  const file = await fetch(manifest.output[0]?.url ?? '', { headers: { accept: 'application/fhir+ndjson' } });
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/fhir+ndjson']);
  expect(namesOf(await linesOf(manifest.output))).toEqual(['Patient/p1', 'Patient/p2']);
  const ended = await fetch(place, { method: 'DELETE' });
  expect(ended.status).toBe(202);
  for (const url of [place, manifest.output[0]?.url ?? '']) {
    const gone = await fetch(url);
    expect([gone.status, ((await gone.json()) as Line).resourceType]).toEqual([404, 'OperationOutcome']);
  }
});

it.each([
  ['/$export', [...OF_P1, ...OF_P2, 'Group/nobody', 'Group/some', 'Organization/alone']],
  ['/$export?_type=Group,Organization', ['Group/nobody', 'Group/some', 'Organization/alone']],
  ['/$export?_type=Group&_type=Location', ['Group/nobody', 'Group/some', 'Location/ward']],
  ['/$export?_type=Medication', []],
  ['/$export?_outputFormat=ndjson&_type=Location', ['Location/ward']],
  ['/$export?_outputFormat=application/fhir+ndjson&_type=Location', ['Location/ward']],
  ['/Patient/$export', [...OF_P1, ...OF_P2]],
  [
    '/Patient/$export?_type=Observation,Patient',
    ['Observation/v1', 'Observation/v2', 'Patient/p1', 'Patient/p2'],
  ],
  ['/Group/some/$export', OF_P2],
  ['/Group/nobody/$export', []],
  ['/Group/car-t/$export', OF_P1],
  ['/$export?_type=Observation&_typeFilter=Observation%3Fsubject%3DPatient%2Fp2', ['Observation/v2']],
  [
    '/$export?_type=Observation,Location&_typeFilter=Observation%3F_id%3Dv1%2Cv3,Observation%3F_id%3Dv2',
    ['Location/ward', 'Observation/v1', 'Observation/v2'],
  ],
  ['/Patient/$export?_typeFilter=Patient%3Fbirthdate%3Dle2012&_type=Patient', ['Patient/p2']],
  ['/$export?_since=2999-01-01T00:00:00Z', []],
  ['/$export?_since=2000-01-01T00:00:00%2B01:00&_type=Location', ['Location/ward']],
  ['/$export?_since=2000-01-01T00:00:00+01:00&_type=Location', ['Location/ward']],
])('%s', async (path, expected) => {
  const { output } = await exported(service, `/fhir/R4${path}`);
  expect(namesOf(await linesOf(output))).toEqual(expected.toSorted());
});

it.each([
  ['/$export?_type=Patients', 400, 'parameter-invalid'],
  ['/$export?_type=', 400, 'parameter-invalid'],
  ['/$export?_since=2024-05', 400, 'parameter-invalid'],
  ['/$export?_since=yesterday', 400, 'parameter-invalid'],
  ['/$export?_since=2024-02-30T00:00:00Z', 400, 'parameter-invalid'],
  ['/$export?_since=2024-01-01T00:00:00', 400, 'parameter-invalid'],
  ['/$export?_since=2024-01-01T00:00:00Z&_since=2024-01-02T00:00:00Z', 400, 'parameter-invalid'],
  ['/$export?_outputFormat=text/csv', 400, 'parameter-invalid'],
  ['/$export?includeAssociatedData=LatestProvenanceResources', 400, 'parameter-invalid'],
  ['/$export?_elements=', 400, 'parameter-invalid'],
  ['/$export?_elements=Patients.name', 400, 'parameter-invalid'],
  ['/$export?_elements=Patient.name.given', 400, 'parameter-invalid'],
  ['/$export?_elements=Patient.status', 400, 'parameter-invalid'],
  ['/$export?_type=Patient,Location&_elements=birthdate', 400, 'parameter-invalid'],
  ['/$export?_type=Location&_elements=Patient.name', 400, 'parameter-invalid'],
  ['/$export?_type=Patient&_typeFilter=Observation%3Fcode%3Dx', 400, 'parameter-invalid'],
  ['/$export?_typeFilter=Observation', 400, 'parameter-invalid'],
  ['/$export?_typeFilter=Observation%3Fnonsense%3Dx', 400, 'parameter-invalid'],
  ['/$export?_typeFilter=Observation%3Fcode%3Dx%26_sort%3Ddate', 400, 'parameter-invalid'],
  ['/$export?_typeFilter=Observation%3Fcode%3Dx%26_include%3DObservation:subject', 400, 'parameter-invalid'],
  ['/$export?patient=Patient/p1', 400, 'parameter-invalid'],
  ['/Patient/$export?patient=Patient/p3', 400, 'parameter-invalid'],
  ['/Group/some/$export?patient=Patient/p1', 400, 'parameter-invalid'],
  ['/Group/unknown/$export', 404, 'resource-not-found'],
  ['/Group/x%20y/$export', 422, 'id-invalid'],
  [`/Group/${'x'.repeat(65)}/$export`, 422, 'id-invalid'],
])('refuses %s', async (path, status, code) => {
  const { status: found, body } = await service.send(`/fhir/R4${path}`, { headers: ASYNC });
  expect([found, body.issue?.[0]?.details.coding[0].code]).toEqual([status, code]);
});

it('refuses what does not ask for the background, and another method', async () => {
  const { status, body } = await service.get('/fhir/R4/$export');
  expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'async-required']);
  const put = await service.put('/fhir/R4/$export', {}, ASYNC);
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
});

it('has no HEAD, which would begin a job', async () => {
  const { status, headers } = await service.send('/fhir/R4/$export', { method: 'HEAD', headers: ASYNC });
  expect([status, headers.get('allow'), headers.get('content-location')]).toEqual([405, 'GET, POST', null]);
});

it.each([
  ['gzip', 'gzip'],
  ['br, gzip;q=0.5', 'gzip'],
  ['identity', null],
  ['gzip;q=0', null],
])('sends a file to who understands %s as %s', async (accepted, coding) => {
  const { output } = await exported(service, '/fhir/R4/$export?_type=Patient');
  const [url = ''] = output.map((file) => file.url);
  const headers = { 'accept-encoding': accepted };
  const file = await fetch(url, { headers });
  expect([file.headers.get('content-encoding'), file.headers.get('vary')]).toEqual([
    coding,
    expect.stringMatching(/Accept-Encoding/i),
  ]);
  expect((await file.text()).split('\n')).toHaveLength(3);
  const head = await fetch(url, { method: 'HEAD', headers });
  expect([head.status, head.headers.get('content-encoding'), await head.text()]).toEqual([200, coding, '']);
});

it.each([
  '/_bulk/none',
  '/_bulk/00000000-0000-0000-0000-000000000000',
  '/_bulk/00000000-0000-0000-0000-000000000000/Patient-1.ndjson',
  "/_bulk/'%20or%201=1",
  '/_bulk/..%2f..%2fetc%2fpasswd/Patient-1.ndjson',
])('%s is not found', async (path) => {
  const { status, body } = await service.get(`/fhir/R4${path}`);
  expect([status, body.issue[0].details.coding[0].code]).toEqual([404, 'job-not-found']);
});

it('takes Parameters by POST, patients among them', async () => {
  const parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: '_type', valueString: 'Patient' },
      { name: 'patient', valueReference: { reference: 'Patient/p2' } },
    ],
  };
  const { output, request } = await exported(service, '/fhir/R4/Patient/$export', {
    method: 'POST',
    headers: { ...ASYNC, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(parameters),
  });
  expect(request).toBe(`${service.url}/fhir/R4/Patient/$export`);
  expect(namesOf(await linesOf(output))).toEqual(['Patient/p2']);
});

it('leaves out what it does not offer where the caller is lenient, and says so', async () => {
  const { output, error } = await exported(
    service,
    '/fhir/R4/$export?includeAssociatedData=x&_type=Location',
    {
      headers: { ...ASYNC, prefer: 'respond-async, handling=lenient' },
    },
  );
  expect(namesOf(await linesOf(output))).toEqual(['Location/ward']);
  expect(await linesOf(error)).toEqual([
    {
      resourceType: 'OperationOutcome',
      issue: [
        expect.objectContaining({
          severity: 'warning',
          diagnostics: expect.stringContaining('includeAssociatedData'),
        }),
      ],
    },
  ]);
});

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

it.each([
  ['birthDate', ['birthDate'], []],
  ['Patient.birthDate,Location.name', ['birthDate'], ['name']],
  ['Patient.birthDate,Patient.gender,name', ['birthDate', 'gender'], ['name']],
  ['Patient.birthDate', ['birthDate'], undefined],
])(
  'exports of a resource with _elements=%s only these, and says so',
  async (elements, ofPatient, ofLocation) => {
    await service.put('/fhir/R4/Location/w', { resourceType: 'Location', id: 'w', name: 'W', alias: ['V'] });
    await service.put('/fhir/R4/Patient/el', patient('el'));
    const query = `_type=Patient,Location&_elements=${elements}&_typeFilter=Patient?_id=el,Location?_id=w`;
    const lines = await linesOf((await exported(service, `/fhir/R4/$export?${query}`)).output);
    const [one, other] = lines.map(({ resourceType: _, id: __, meta: { tag }, ...rest }) => [
      tag,
      Object.keys(rest),
    ]);
    expect(one).toEqual([[SUBSETTED], ofPatient]);
    expect(other).toEqual(
      ofLocation === undefined ? [undefined, ['name', 'alias']] : [[SUBSETTED], ofLocation],
    );
    await service.send('/fhir/R4/Patient/el', { method: 'DELETE' });
    await service.send('/fhir/R4/Location/w', { method: 'DELETE' });
  },
);

it('gives what has changed since the last export, what was deleted among it, and nothing twice', async () => {
  const first = await exported(service, '/fhir/R4/$export?_type=Basic,Location');
  const unchanged = await exported(service, `/fhir/R4/$export?_since=${first.transactionTime}`);
  expect([unchanged.output, unchanged.deleted]).toEqual([[], []]);
  const basic = (id: string) => ({ resourceType: 'Basic', id, code: { text: 'x' } });
  for (const id of ['b1', 'b2', 'b3']) await service.put(`/fhir/R4/Basic/${id}`, basic(id));
  for (const id of ['b2', 'b3']) await service.send(`/fhir/R4/Basic/${id}`, { method: 'DELETE' });
  await service.put('/fhir/R4/Basic/b3', basic('b3'));
  const next = await exported(service, `/fhir/R4/$export?_type=Basic&_since=${first.transactionTime}`);
  expect(namesOf(await linesOf(next.output))).toEqual(['Basic/b1', 'Basic/b3']);
  expect(await linesOf(next.deleted)).toEqual([
    {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ request: { method: 'DELETE', url: 'Basic/b2' } }],
    },
  ]);
  const others = await exported(service, `/fhir/R4/Patient/$export?_since=${first.transactionTime}`);
  expect([others.output, others.deleted]).toEqual([[], []]);
});

it.each([
  ['Coverage', { beneficiary: { reference: 'Patient/p1' }, status: 'active', payor: [{ display: 'x' }] }],
  ['Account', { subject: [{ display: 'x' }, { reference: 'Patient/p1/_history/1' }], status: 'active' }],
  [
    'Task',
    { for: { reference: 'https://ehr.example.org/fhir/Patient/p1' }, status: 'draft', intent: 'order' },
  ],
  ['Flag', { subject: { identifier: { value: 'of-p1' } }, status: 'active', code: { text: 'x' } }],
])('tells that a %s of a patient was deleted, to who asks for that patient', async (resourceType, rest) => {
  await service.put('/fhir/R4/Patient/p1', patient('p1', { identifier: [{ value: 'of-p1' }] }));
  const { transactionTime } = await exported(service, '/fhir/R4/$export?_type=Basic');
  const since = `_since=${transactionTime}&_type=${resourceType}`;
  const id = resourceType.toLowerCase();
  await service.put(`/fhir/R4/${resourceType}/${id}`, { resourceType, id, ...rest });
  await service.send(`/fhir/R4/${resourceType}/${id}`, { method: 'DELETE' });
  const url = `${resourceType}/${id}`;
  const ofP1 = await exported(service, `/fhir/R4/Patient/$export?patient=Patient/p1&${since}`);
  const [bundle] = await linesOf(ofP1.deleted);
  expect(bundle.entry).toEqual([{ request: { method: 'DELETE', url } }]);
  const ofP2 = await exported(service, `/fhir/R4/Patient/$export?patient=Patient/p2&${since}`);
  expect(ofP2.deleted).toEqual([]);
  const ofAll = await exported(service, `/fhir/R4/Patient/$export?${since}`);
  expect(await linesOf(ofAll.deleted)).toEqual([bundle]);
});

it('tells of more deletions than it reads at one time, each once', async () => {
  const ids = Array.from({ length: 2_345 }, (_, n) => `many-${n}`);
  const { transactionTime } = await exported(service, '/fhir/R4/$export?_type=Basic');
  await service.post(
    '/fhir/R4',
    transaction(...ids.map((id) => putEntry({ resourceType: 'Basic', id, code: { text: 'x' } }))),
  );
  const deletes = ids.map((id) => ({ request: { method: 'DELETE', url: `Basic/${id}` } }));
  await service.post('/fhir/R4', transaction(...deletes));
  const { deleted } = await exported(service, `/fhir/R4/$export?_since=${transactionTime}&_type=Basic`);
  const urls = (await linesOf(deleted)).flatMap(({ entry }) => entry.map(({ request }: Line) => request.url));
  expect(urls.toSorted()).toEqual(ids.map((id) => `Basic/${id}`).toSorted());
});

it('says so where nobody knows any more whom it was about that was deleted', async () => {
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  await client.query(`insert into version_horizon (id, kept_since) values (1, '2020-06-01T00:00:00Z')`);
  const outcomes = async (path: string): Promise<readonly Line[]> =>
    linesOf((await exported(service, `/fhir/R4${path}`)).error);
  expect(await outcomes('/Patient/$export?_type=Patient&_since=2020-05-01T00:00:00Z')).toEqual([
    {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'warning',
          code: 'incomplete',
          diagnostics: expect.stringContaining('deleted before 2020-06-01T00:00:00.000Z'),
        },
      ],
    },
  ]);
  expect(await outcomes('/Patient/$export?_type=Patient&_since=2020-06-01T00:00:00Z')).toEqual([]);
  expect(await outcomes('/Patient/$export?_type=Patient')).toEqual([]);
  expect(await outcomes('/$export?_type=Patient&_since=2020-05-01T00:00:00Z')).toEqual([]);
  await client.query('delete from version_horizon');
  await client.end();
});

it('exports to a cancelled job no more, and lets others go on', async () => {
  const places = await Promise.all([1, 2, 3].map(() => kickOff(service, '/fhir/R4/$export')));
  const [first = '', second = ''] = places;
  expect((await fetch(first, { method: 'DELETE' })).status).toBe(202);
  expect((await fetch(first, { method: 'DELETE' })).status).toBe(404);
  expect((await manifestOf(second)).output.length).toBeGreaterThan(4);
  expect((await fetch(first)).status).toBe(404);
});

it('shows a job to nobody but its caller', async () => {
  const place = await kickOff(service, '/fhir/R4/$export?_type=Location');
  const { output } = await manifestOf(place);
  const client = new pg.Client({ connectionString: service.databaseUrl });
  await client.connect();
  const id = place.split('/').at(-1);
  await client.query(`update bulk_job set caller = 'another' where id = $1`, [id]);
  const statuses = await Promise.all([
    fetch(place),
    fetch(output[0]?.url ?? ''),
    fetch(place, { method: 'DELETE' }),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404]);
  const { rowCount } = await client.query('select from bulk_job where id = $1', [id]);
  expect(rowCount).toBe(1);
  await client.end();
});

it('takes no more jobs than the settings allow, and no file stays for ever', async () => {
  const small = await startTestService({ bulkJobs: 2, bulkKeepSeconds: 1 });
  try {
    await small.put('/fhir/R4/Patient/p1', patient('p1'));
    const places = await Promise.all([1, 2].map(() => kickOff(small, '/fhir/R4/$export')));
    const refused = await small.send('/fhir/R4/$export', { headers: ASYNC });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    const [place = ''] = places;
    const { output } = await manifestOf(place);
    await sleep(1_100);
    const url = output[0]?.url ?? '';
    expect([(await fetch(place)).status, (await fetch(url)).status]).toEqual([404, 404]);
  } finally {
    await small.stop();
  }
});
