import { infusion, patient, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await service.post(
    '/fhir/R4',
    transaction(
      putEntry(patient('p1', { identifier: [{ system: 'urn:mrn', value: '1' }] })),
      putEntry(patient('p2', { identifier: [{ system: 'urn:mrn', value: '1' }] })),
      putEntry({ ...infusion('i1', 'p1', '2023-01-10'), location: { reference: 'Location/ward' } }),
      putEntry({ resourceType: 'Location', id: 'ward', name: 'Ward' }),
      putEntry({ resourceType: 'Practitioner', id: 'doctor' }),
      putEntry({
        ...vitalStatus('v1', { reference: 'Patient/p2' }, '2024-01-01'),
        performer: [{ reference: 'Practitioner/doctor' }],
      }),
      putEntry(vitalStatus('v2', { reference: 'Patient/other' }, '2024-01-01')),
    ),
  );
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

const VALUES: Readonly<Record<string, string>> = {
  token: 'x',
  string: 'x',
  uri: 'urn:x',
  date: '2024',
  reference: 'Patient/x',
  quantity: '1',
  number: '1',
};

interface Described {
  readonly type: string;
  readonly searchParam: readonly { readonly name: string; readonly type: string }[];
  readonly searchInclude?: readonly string[];
  readonly searchRevInclude: readonly string[];
  readonly operation?: readonly { readonly name: string }[];
}

it('offers every search parameter and include that its CapabilityStatement names', async () => {
  const { body } = await service.get('/fhir/R4/metadata');
  const failed: string[] = [];
  for (const { type, searchParam, searchInclude = [], searchRevInclude } of body.rest[0]
    .resource as readonly Described[]) {
    if (searchParam.length < 8) continue;
    const query = new URLSearchParams({ _summary: 'count' });
    for (const { name, type: kind } of searchParam) {
      query.append(name, kind === 'composite' ? 'a$2024' : (VALUES[kind] ?? 'x'));
    }
    for (const include of searchInclude) query.append('_include', include);
    for (const include of searchRevInclude) query.append('_revinclude', include);
    const answer = await service.send(`/fhir/R4/${type}?${query}`, {
      headers: { prefer: 'handling=strict' },
    });
    if (answer.status !== 200) failed.push(`${type} ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  expect(failed).toEqual([]);
});

async function callOperation(type: string, name: string): Promise<number> {
  const instance = `${type}/${type === 'Patient' ? 'p1' : 'car-t'}`;
  if (name === 'validate') {
    return (await service.post(`/fhir/R4/${type}/$validate`, { resourceType: type })).status;
  }
  if (name !== 'export') return (await service.get(`/fhir/R4/${instance}/$${name}`)).status;
  const place = type === 'Patient' ? type : instance;
  const headers = { prefer: 'respond-async' };
  return (await service.send(`/fhir/R4/${place}/$export`, { headers })).status;
}

it('offers every operation that its CapabilityStatement names', async () => {
  const { body } = await service.get('/fhir/R4/metadata');
  const statuses: string[] = [];
  for (const { type, operation = [] } of body.rest[0].resource as readonly Described[]) {
    for (const { name } of operation) {
      const status = await callOperation(type, name);
      if (status === 404 || status === 405 || status >= 500) statuses.push(`${type} ${name} ${status}`);
    }
  }
  expect(statuses).toEqual([]);
  const system = (body.rest[0].operation as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(system).toEqual(['validate', 'process-message', 'export']);
  expect(body.instantiates).toEqual([
    'https://cartograph.example.org/fhir/CapabilityStatement/cartograph-server',
    'http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data',
  ]);
});

async function everything(query: string): Promise<readonly string[]> {
  const seen: string[] = [];
  let path: string | undefined = `/fhir/R4/Patient/p2/$everything${query}`;
  while (path !== undefined) {
    const { body } = await service.get(path);
    for (const { resource } of body.entry ?? []) seen.push(`${resource.resourceType}/${resource.id}`);
    const next = body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
    path = next?.slice(service.url.length);
  }
  return seen;
}

it.each([
  [
    '',
    ['Patient/p1', 'Patient/p2', 'Location/ward', 'Observation/v1', 'Practitioner/doctor', 'Procedure/i1'],
  ],
  [
    '?_count=2',
    ['Patient/p1', 'Patient/p2', 'Location/ward', 'Observation/v1', 'Practitioner/doctor', 'Procedure/i1'],
  ],
  ['?_type=Patient,Procedure', ['Patient/p1', 'Patient/p2', 'Procedure/i1']],
  [
    '?start=2023-06-01',
    ['Patient/p1', 'Patient/p2', 'Location/ward', 'Observation/v1', 'Practitioner/doctor'],
  ],
  ['?_since=2100-01-01', []],
])('$everything%s is all of the person', async (query, expected) => {
  expect(await everything(query)).toEqual(expected);
});

it('$everything goes by when care was ordered or given', async () => {
  const subject = { reference: 'Patient/dated' };
  const medicationCodeableConcept = { text: 'x' };
  const ordered = { intent: 'order', status: 'active', subject };
  await service.post(
    '/fhir/R4',
    transaction(
      putEntry(patient('dated')),
      ...['2022-05-01', '2024-05-01'].flatMap((day) => [
        putEntry({
          resourceType: 'MedicationRequest',
          id: `m-${day}`,
          ...ordered,
          medicationCodeableConcept,
          authoredOn: day,
        }),
        putEntry({ resourceType: 'ServiceRequest', id: `s-${day}`, ...ordered, occurrenceDateTime: day }),
        putEntry({
          resourceType: 'Specimen',
          id: `b-${day}`,
          subject,
          collection: { collectedDateTime: day },
        }),
      ]),
    ),
  );
  const { body } = await service.get('/fhir/R4/Patient/dated/$everything?start=2024-01-01&end=2024-12-31');
  expect((body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([
    'dated',
    'm-2024-05-01',
    's-2024-05-01',
    'b-2024-05-01',
  ]);
});

it('$everything by POST pages by links that hold what its body had', async () => {
  const parameter = [
    { name: '_count', valueInteger: 1 },
    { name: '_type', valueCode: 'Observation' },
    { name: '_type', valueCode: 'Patient' },
  ];
  const { body } = await service.post('/fhir/R4/Patient/p2/$everything?_pretty=true', {
    resourceType: 'Parameters',
    parameter,
  });
  const seen = (body.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id);
  const next = body.link.find(({ relation }: { relation: string }) => relation === 'next').url;
  expect(new URL(next).searchParams.getAll('_type')).toEqual(['Observation', 'Patient']);
  const rest = await everything(new URL(next).search);
  expect([...seen, ...rest]).toEqual(['p1', 'Patient/p2', 'Observation/v1']);
  const pretty = await fetch(next);
  expect(await pretty.text()).toContain('\n  "resourceType": "Bundle"');
});

it('an operation that is not offered is no id', async () => {
  const { status, body } = await service.get('/fhir/R4/Patient/$everything');
  expect([status, body.issue[0].details.coding[0].code]).toEqual([404, 'route-not-found']);
});

it('$everything refuses nobody and what it does not know', async () => {
  expect((await service.get('/fhir/R4/Patient/nobody/$everything')).status).toBe(404);
  expect((await service.get('/fhir/R4/Patient/p1/$everything?colour=blue')).status).toBe(400);
  expect((await service.get('/fhir/R4/Patient/p1/$everything?_type=Unheard')).status).toBe(400);
});

it('$cart-summary is a document whose references it holds itself', async () => {
  const { status, body } = await service.get('/fhir/R4/Patient/p2/$cart-summary?asOf=2024-06-01');
  expect([status, body.type, body.entry[0].resource.resourceType]).toEqual([200, 'document', 'Composition']);
  const [{ resource: composition }] = body.entry;
  const held = new Set(
    (body.entry ?? []).map(
      ({ resource }: { resource: { resourceType: string; id: string } }) =>
        `${resource.resourceType}/${resource.id}`,
    ),
  );
  const referred = [
    composition.subject.reference,
    composition.author[0].reference,
    ...composition.section
      .flatMap((one: { entry?: { reference: string }[] }) => one.entry ?? [])
      .map(({ reference }: { reference: string }) => reference),
  ];
  expect(referred.filter((reference) => !held.has(reference))).toEqual([]);
  expect(referred).toContain('Procedure/i1');
  const again = await service.get('/fhir/R4/Patient/p1/$cart-summary?asOf=2024-06-01');
  expect(again.body.id).toBe(body.id);
});
