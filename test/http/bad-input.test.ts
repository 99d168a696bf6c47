import { gzipSync } from 'node:zlib';
import { batch, patient, postEntry, putEntry, transaction, vitalStatus } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

const SECRET = 'Abcdefghij-Geheim';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ maxBodyBytes: 20_000 });
});
afterAll(() => service.stop());
beforeEach(() => expect.hasAssertions());

interface Issue {
  readonly details: { readonly coding: readonly { readonly code: string }[] };
  readonly expression?: readonly string[];
  readonly diagnostics: string;
}

function codeAndPlace({ details, expression }: Issue): string {
  return [details.coding[0]?.code, ...(expression ?? [])].join(' ');
}

describe('a transaction with one bad entry is refused whole', () => {
  const good = putEntry(patient('good', { name: [{ family: SECRET }] }));
  const about = (subject: object): object => postEntry(vitalStatus('x', subject, '2024-01-01'));
  it.each<[string, unknown, number, string]>([
    [
      'an unknown type',
      { resource: { resourceType: 'Patiens' }, request: { method: 'POST', url: 'Patient' } },
      400,
      'resource-type-unknown Bundle.entry[1].resource.resourceType',
    ],
    [
      'no type',
      { resource: { id: 'a' }, request: { method: 'POST', url: 'Patient' } },
      400,
      'not-fhir Bundle.entry[1].resource',
    ],
    [
      'no resource',
      { request: { method: 'POST', url: 'Patient' } },
      400,
      'element-invalid Bundle.entry[1].resource',
    ],
    ['no request', { resource: patient('a') }, 400, 'element-invalid Bundle.entry[1].request'],
    ['no object', 7, 400, 'element-invalid Bundle.entry[1]'],
    ['null', null, 400, 'element-invalid Bundle.entry[1]'],
    [
      'a day that is none',
      putEntry(patient('a', { birthDate: '2023-02-29' })),
      422,
      'date-unparseable Bundle.entry[1].resource.birthDate',
    ],
    [
      'a date of another form',
      putEntry(patient('a', { birthDate: '29/02/2024' })),
      422,
      'date-unparseable Bundle.entry[1].resource.birthDate',
    ],
    [
      'a time without a zone',
      putEntry(patient('a', { deceasedDateTime: '2024-01-01T10:00:00' })),
      422,
      'date-unparseable Bundle.entry[1].resource.deceasedDateTime',
    ],
    [
      'a period with a bad end',
      postEntry({ resourceType: 'Encounter', period: { start: '2024-01-01', end: '2024-13-01' } }),
      422,
      'date-unparseable Bundle.entry[1].resource.period.end',
    ],
    [
      'a number for a text',
      putEntry(patient('a', { gender: 1 })),
      400,
      'element-invalid Bundle.entry[1].resource.gender',
    ],
    [
      'one for many',
      putEntry(patient('a', { name: { family: SECRET } })),
      400,
      'element-invalid Bundle.entry[1].resource.name',
    ],
    [
      'many for one',
      putEntry(patient('a', { birthDate: ['2020'] })),
      400,
      'element-invalid Bundle.entry[1].resource.birthDate',
    ],
    [
      'a null',
      putEntry(patient('a', { name: [null] })),
      400,
      'element-invalid Bundle.entry[1].resource.name[0]',
    ],
    [
      'a NUL',
      putEntry(patient('a', { name: [{ family: `${SECRET}\u0000` }] })),
      400,
      'element-invalid Bundle.entry[1].resource.name[0].family',
    ],
    [
      'a name of no element',
      putEntry(patient('a', { [`${SECRET} x`]: 1 })),
      400,
      'element-invalid Bundle.entry[1].resource',
    ],
    [
      'half a character',
      putEntry(patient('a', { name: [{ family: `${SECRET}\ud800` }] })),
      400,
      'element-invalid Bundle.entry[1].resource.name[0].family',
    ],
    ['an id that is none', putEntry(patient('a b')), 422, 'id-invalid Bundle.entry[1].resource.id'],
    [
      'another id in the URL',
      { resource: patient('a'), request: { method: 'PUT', url: 'Patient/b' } },
      400,
      'id-mismatch Bundle.entry[1].resource.id',
    ],
    [
      'another type in the URL',
      { resource: patient('a'), request: { method: 'PUT', url: 'Group/a' } },
      400,
      'id-mismatch Bundle.entry[1].resource.resourceType',
    ],
    [
      'an absolute URL',
      { resource: patient('a'), request: { method: 'PUT', url: 'http://x.example.org/Patient/a' } },
      422,
      'url-invalid Bundle.entry[1].request.url',
    ],
    [
      'a POST to an id',
      { resource: patient('a'), request: { method: 'POST', url: 'Patient/a' } },
      422,
      'url-invalid Bundle.entry[1].request.url',
    ],
    [
      'a method not offered',
      { request: { method: 'post', url: 'Patient/good' } },
      422,
      'method-unsupported Bundle.entry[1].request.method',
    ],
    [
      'a search of no type',
      { request: { method: 'GET', url: 'Patients?name=x' } },
      422,
      'url-invalid Bundle.entry[1].request.url',
    ],
    [
      'a read of nothing',
      { request: { method: 'GET', url: 'Patient/nobody' } },
      422,
      'resource-not-found Bundle.entry[1].request.url',
    ],
    [
      'other criteria',
      postEntry(patient('a'), { ifNoneExist: 'colour=red' }),
      400,
      'condition-unsupported Bundle.entry[1].request.ifNoneExist',
    ],
    [
      'a result parameter',
      postEntry(patient('a'), { ifNoneExist: `identifier=${SECRET}&_count=1` }),
      400,
      'condition-unsupported Bundle.entry[1].request.ifNoneExist',
    ],
    [
      'a precondition',
      { ...putEntry(patient('a')), request: { method: 'PUT', url: 'Patient/a', ifNoneMatch: 'W/"1"' } },
      400,
      'condition-unsupported Bundle.entry[1].request.ifNoneMatch',
    ],
    [
      'a precondition that does not hold',
      { ...putEntry(patient('a')), request: { method: 'PUT', url: 'Patient/a', ifMatch: 'W/"1"' } },
      412,
      'precondition-failed Bundle.entry[1].resource',
    ],
    [
      'a patch of nothing',
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data: 'W10=' },
        request: { method: 'PATCH', url: 'Patient/a' },
      },
      422,
      'resource-not-found Bundle.entry[1]',
    ],
    ['the same resource twice', good, 409, 'duplicate-target Bundle.entry[1]'],
    [
      'a urn:uuid of nobody',
      about({ reference: 'urn:uuid:5b09a8a6-4a3b-4a42-93c7-8a9b1b39c7a2' }),
      422,
      'reference-unresolved Bundle.entry[1].resource.subject.reference',
    ],
    [
      'a condition on nobody',
      about({ reference: `Patient?identifier=urn:x|${SECRET}` }),
      422,
      'reference-unresolved Bundle.entry[1].resource.subject.reference',
    ],
    [
      'another condition',
      about({ reference: `Patient?colour=${SECRET}` }),
      400,
      'condition-unsupported Bundle.entry[1].resource.subject.reference',
    ],
  ])('%s', async (_title, entry, status, place) => {
    const {
      status: answered,
      body,
      headers,
    } = await service.post('/fhir/R4', transaction(good, entry as object));
    expect(headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect([answered, body.resourceType, body.issue.map(codeAndPlace)]).toEqual([
      status,
      'OperationOutcome',
      [place],
    ]);
    expect(JSON.stringify(body)).not.toContain(SECRET.slice(0, 10));
    expect((await service.get('/fhir/R4/Patient/good')).status).toBe(404);
  });

  it('names every bad entry at once', async () => {
    const bad = (id: string): object => putEntry(patient(id, { birthDate: 'soon', active: 'yes' }));
    const { body } = await service.post('/fhir/R4', transaction(bad('a'), good, bad('b')));
    expect(body.issue.map(codeAndPlace)).toEqual([
      'date-unparseable Bundle.entry[0].resource.birthDate',
      'element-invalid Bundle.entry[0].resource.active',
      'date-unparseable Bundle.entry[2].resource.birthDate',
      'element-invalid Bundle.entry[2].resource.active',
    ]);
    expect(body.issue[0].diagnostics).toContain('found soon, expected YYYY, YYYY-MM or YYYY-MM-DD');
  });
});

describe('what is no bundle', () => {
  it.each<[string, string, number, string]>([
    ['malformed JSON', `{"resourceType": "Bundle",\n "x": "${SECRET}",}`, 400, 'json-malformed'],
    ['cut off JSON', `{"resourceType": "Bundle", "x": "${SECRET}`, 400, 'json-malformed'],
    ['nothing', '', 400, 'json-malformed'],
    ['a JSON number', '12', 400, 'not-fhir Resource'],
    ['a JSON array', '[]', 400, 'not-fhir Resource'],
    ['JSON null', 'null', 400, 'not-fhir Resource'],
    ['an object', '{"hello": "world"}', 400, 'not-fhir Resource'],
    ['an unknown type', '{"resourceType": "Bundel"}', 400, 'resource-type-unknown Resource.resourceType'],
    ['another resource', '{"resourceType": "Patient"}', 400, 'bundle-type-unsupported Resource.resourceType'],
    [
      'a bundle of another type',
      '{"resourceType": "Bundle", "type": "searchset"}',
      400,
      'bundle-type-unsupported Bundle.type',
    ],
    ['a bundle without a type', '{"resourceType": "Bundle"}', 400, 'bundle-type-unsupported Bundle.type'],
    [
      'entries that are no list',
      '{"resourceType": "Bundle", "type": "batch", "entry": {}}',
      400,
      'element-invalid Bundle.entry',
    ],
    [
      'a prototype',
      '{"resourceType": "Bundle", "type": "batch", "__proto__": {"entry": []}}',
      400,
      'element-invalid Bundle',
    ],
  ])('%s', async (_title, text, status, place) => {
    const { status: answered, body } = await service.post('/fhir/R4', text);
    expect([answered, body.issue.map(codeAndPlace)]).toEqual([status, [place]]);
    expect(JSON.stringify(body)).not.toContain(SECRET.slice(0, 10));
  });

  it('names line and column of a fault in JSON', async () => {
    const { body } = await service.post('/fhir/R4', '{"resourceType": "Bundle",\n "x": 1,}');
    expect(body.issue[0].diagnostics).toContain('line 2, column 9');
  });

  it('refuses bytes that are not UTF-8', async () => {
    const { status, body } = await service.send('/fhir/R4', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect([status, body.issue.map(codeAndPlace)]).toEqual([400, ['json-malformed']]);
  });

  it.each([
    ['as it is', (text: string) => Buffer.from(text), {}],
    ['compressed', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
  ])('refuses a body over the limit, %s', async (_title, encode, headers) => {
    const text = JSON.stringify(
      transaction(putEntry(patient('good', { name: [{ family: 'x'.repeat(20_000) }] }))),
    );
    const { status, body } = await service.send('/fhir/R4', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', ...headers },
      body: encode(text),
    });
    expect([status, body.issue.map(codeAndPlace)]).toEqual([413, ['body-too-large']]);
  });

  it('takes a compressed body', async () => {
    const { status } = await service.send('/fhir/R4', {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify(batch())),
    });
    expect(status).toBe(200);
  });

  it('refuses a body that is not compressed as it says', async () => {
    const { status, body } = await service.send('/fhir/R4', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' },
      body: Buffer.from('{}'),
    });
    expect([status, body.issue.map(codeAndPlace)]).toEqual([400, ['json-malformed']]);
  });

  it.each(['text/plain', 'application/fhir+xml', 'application/fhir+json; charset=latin1'])(
    'refuses %s',
    async (type) => {
      const { status, body } = await service.post('/fhir/R4', batch(), { 'content-type': type });
      expect([status, body.issue.map(codeAndPlace)]).toEqual([415, ['media-type-unsupported']]);
    },
  );

  it('refuses nesting without end', async () => {
    const depth = 3_000;
    const text = `{"resourceType":"Patient","x":${'{"x":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    const { status, body } = await service.post('/fhir/R4/Patient', text);
    expect([status, body.issue[0].details.coding[0].code]).toEqual([400, 'element-invalid']);
  });
});

describe('places', () => {
  it.each([
    ['GET', '/fhir/R4/Patient/a%20b', 422, 'id-invalid'],
    ['GET', '/fhir/R4/Patient/%', 422, 'url-invalid'],
    ['GET', '/fhir/R4/Patiens/a', 404, 'route-not-found'],
    ['GET', '/fhir/R4/Patient/nobody', 404, 'resource-not-found'],
    ['DELETE', '/fhir/R4/Patient', 400, 'condition-unsupported'],
    ['DELETE', '/fhir/R4/metadata', 405, 'method-unsupported'],
    ['GET', '/fhir/R4', 400, 'parameter-invalid'],
    ['POST', '/fhir/R4/metadata', 405, 'method-unsupported'],
    ['GET', '/fhir/R4/Patient/good/more/parts', 404, 'route-not-found'],
    ['GET', '/fhir/R5/Patient/good', 404, 'route-not-found'],
  ])('%s %s', async (method, path, status, code) => {
    const { status: answered, body } = await service.send(path, { method });
    expect([answered, body.resourceType, body.issue[0].details.coding[0].code]).toEqual([
      status,
      'OperationOutcome',
      code,
    ]);
  });

  it('names what is allowed', async () => {
    const { headers } = await service.send('/fhir/R4/Patient/x', { method: 'POST' });
    expect(headers.get('allow')).toBe('GET, PUT, PATCH, DELETE');
  });

  it('refuses a long identifier no less than a short one', async () => {
    const value = 'v'.repeat(9_000);
    const identifier = [{ system: 'urn:long', value }];
    const bundle = transaction(
      postEntry(patient('x', { identifier }), { ifNoneExist: `identifier=urn:long|${value}` }),
    );
    expect((await service.post('/fhir/R4', bundle)).body.entry[0].response.status).toBe('201');
    expect((await service.post('/fhir/R4', bundle)).body.entry[0].response.status).toBe('200');
  });
});

describe('reference that leads nowhere by type and id', () => {
  it('is stored, and is a finding of the record that uses it', async () => {
    const bundle = transaction(
      putEntry(patient('dangling')),
      putEntry({
        resourceType: 'MedicationAdministration',
        id: 'dangling-dose',
        status: 'completed',
        subject: { reference: 'Patient/dangling' },
        effectiveDateTime: '2024-01-01',
        medicationReference: { reference: 'Medication/not-yet' },
      }),
    );
    expect((await service.post('/fhir/R4', bundle)).status).toBe(200);
    expect((await service.get('/fhir/R4/MedicationAdministration/dangling-dose')).status).toBe(200);
  });
});

it('keeps patients out of the log', async () => {
  const headers = { 'x-correlation-id': '5f1a4c0e-0b6c-4d7e-9a55-0c1d2e3f4a5b' };
  const named = patient('logged-id', {
    name: [{ family: SECRET }],
    identifier: [{ system: 'urn:s', value: SECRET }],
  });
  await service.put('/fhir/R4/Patient/logged-id', named, headers);
  await service.get('/fhir/R4/Patient/logged-id/$time-to-event');
  await service.put(`/fhir/R4/Patient?identifier=urn:s|${SECRET}`, { ...named, birthDate: `${SECRET}` });
  for (const path of [
    `/fhir/R4/Patient/logged-id/$toxicity?parameter=${SECRET}%3D1`,
    `/fhir/R4/Patient/logged-id/$toxicity?${SECRET}=1`,
    `/cohort/patients?${SECRET}=${SECRET}`,
    `/cohort/patients/logged-id?asOf=${SECRET}`,
    `/fhir/R4/${SECRET}/${SECRET}`,
    `/fhir/R4/_bulk/${SECRET}`,
    `/${SECRET}`,
  ])
    expect((await service.get(path)).status).toBeGreaterThanOrEqual(400);
  await service.post('/fhir/R4/Patient', { ...named, [SECRET]: SECRET });
  await service.post(`/cds-services/${SECRET}`, { hook: SECRET });
  const log = service.logged();
  expect(log).not.toContain(SECRET);
  expect(log).not.toContain('logged-id');
  expect(log).toContain('"correlationId":"5f1a4c0e-0b6c-4d7e-9a55-0c1d2e3f4a5b"');
  expect(log).toContain('"route":"/fhir/R4/:type/:id"');
  expect(log).toContain('"code":"date-unparseable"');
  expect(log).not.toMatch(/"route":"\/(?!fhir\/R4|cohort|health|cds-services)/);
});
