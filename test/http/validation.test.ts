import type { Finding } from '../../src/core/finding.ts';
import { batch, infusion, patient, postEntry, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

beforeEach(() => expect.hasAssertions());

const INVALID = { resourceType: 'Observation', id: 'o1', status: 'nonsense' };
const PROFILE = 'https://cartograph.example.org/fhir/StructureDefinition/cartograph-car-t-infusion';
const FOREIGN = {
  ...patient('p2'),
  extension: [{ url: 'https://hospital.test/extension', valueString: 'x' }],
};

interface Issue {
  readonly severity: string;
  readonly expression?: readonly string[];
  readonly details: { readonly coding: readonly { readonly code: string }[] };
}

interface AnsweredEntry {
  readonly resource?: { readonly resourceType: string };
  readonly response: { readonly status: string; readonly outcome?: { readonly issue: readonly Issue[] } };
}

function errorsOf(body: { readonly issue: readonly Issue[] }): readonly (readonly unknown[])[] {
  return body.issue
    .filter(({ severity }) => severity === 'error')
    .map(({ expression, details }) => [expression?.[0], details.coding[0]?.code]);
}

describe('$validate', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.stop());

  const parameters = (...more: readonly object[]) => ({
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: INVALID }, ...more],
  });
  const errors = [
    ['Observation', 'element-missing'],
    ['Observation.status', 'code-not-in-value-set'],
  ];

  it.each([
    ['the system', '/fhir/R4/$validate', INVALID],
    ['the type', '/fhir/R4/Observation/$validate', INVALID],
    ['the system, in Parameters', '/fhir/R4/$validate', parameters()],
    ['the type, in Parameters', '/fhir/R4/Observation/$validate', parameters()],
    ['a mode', '/fhir/R4/$validate?mode=update', parameters({ name: 'mode', valueCode: 'create' })],
  ])('of %s says what is wrong', async (_where, path, body) => {
    const answer = await service.post(path, body);
    expect(answer.status).toBe(200);
    expect([...errorsOf(answer.body)].sort()).toEqual(errors);
  });

  it('finds nothing wrong with a valid resource', async () => {
    const { status, body } = await service.post('/fhir/R4/Patient/$validate', patient('p1'));
    expect([status, errorsOf(body)]).toEqual([200, []]);
  });

  it.each([
    ['the query', `?profile=${PROFILE}`, {}],
    ['Parameters', '', { valueUri: PROFILE }],
  ])('checks against a profile named by %s', async (_where, query, value) => {
    const resource = infusion('i1', 'p1', '2023-01-10');
    const named = [{ name: 'resource', resource }, ...(query === '' ? [{ name: 'profile', ...value }] : [])];
    const { body } = await service.post(`/fhir/R4/Procedure/$validate${query}`, {
      resourceType: 'Parameters',
      parameter: named,
    });
    expect(errorsOf(body).length).toBeGreaterThan(0);
    expect(errorsOf((await service.post('/fhir/R4/Procedure/$validate', resource)).body)).toEqual([]);
  });

  it('takes a Parameters resource that carries none for the resource', async () => {
    const { status, body } = await service.post('/fhir/R4/$validate', { resourceType: 'Parameters' });
    expect([status, errorsOf(body)]).toEqual([200, []]);
  });

  it.each([
    ['another type', 'POST', '/fhir/R4/Patient/$validate', INVALID, 400, 'id-mismatch'],
    ['an unknown type', 'POST', '/fhir/R4/Nothing/$validate', INVALID, 404, 'route-not-found'],
    ['deletion', 'POST', '/fhir/R4/$validate?mode=delete', INVALID, 400, 'parameter-invalid'],
    ['another parameter', 'POST', '/fhir/R4/$validate?x=1', INVALID, 400, 'parameter-invalid'],
    ['PUT', 'PUT', '/fhir/R4/$validate', INVALID, 405, 'method-unsupported'],
  ])('refuses %s', async (_what, method, path, body, status, code) => {
    const answer = await (method === 'PUT' ? service.put(path, body) : service.post(path, body));
    expect([answer.status, answer.body.issue[0].details.coding[0].code]).toEqual([status, code]);
  });
});

describe('with validation that warns', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService();
    await service.post('/fhir/R4', transaction(putEntry(FOREIGN), putEntry(about('p2'))));
  });
  afterAll(() => service.stop());

  it('tells what is wrong among the findings of the person', async () => {
    const { body } = await service.get('/cohort/patients/p2/findings');
    const told = (body.findings as readonly Finding[])
      .filter(({ reference }) => reference === 'Observation/o1' || reference === 'Patient/p2')
      .map(({ code, severity, expression, site }) => [code, severity, expression, site]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['extension-unknown', 'warning', 'Patient.extension[0]', 'local'],
        ['code-not-in-value-set', 'error', 'Observation.status', 'local'],
      ]),
    );
  });

  it.each([
    ['transaction', transaction],
    ['batch', batch],
  ])('reports to a %s that asks for an outcome, and to no other', async (type, bundleOf) => {
    const entries = [
      putEntry({ ...FOREIGN, id: type }),
      putEntry({ ...about('p9'), id: type }),
      { request: { method: 'GET', url: 'Patient/p2' } },
      { request: { method: 'DELETE', url: 'Patient/never' } },
    ];
    const asked = await service.post('/fhir/R4', bundleOf(...entries), {
      prefer: 'return=OperationOutcome',
    });
    const told = asked.body.entry.map(({ resource, response }: AnsweredEntry) => [
      resource?.resourceType,
      response.status,
      response.outcome?.issue.map(({ severity, expression }) => [severity, expression?.[0]]),
    ]);
    expect(told).toEqual([
      [undefined, '201', [['warning', 'Patient.extension[0]']]],
      [undefined, '201', expect.arrayContaining([['warning', 'Observation.status']])],
      ['Patient', '200', undefined],
      [undefined, '204', [['information', undefined]]],
    ]);
    const { body } = await service.post('/fhir/R4', bundleOf(...entries));
    expect(JSON.stringify(body)).not.toContain('outcome');
  });

  it('reports to a single write that asks for an outcome', async () => {
    const one = { ...about('p9'), id: 'single' };
    const asked = { prefer: 'return=OperationOutcome' };
    const { status, body } = await service.put('/fhir/R4/Observation/single', one, asked);
    const issues = body.issue.map(({ severity, expression }: Issue) => [severity, expression?.[0]]);
    expect([status, issues]).toEqual([201, expect.arrayContaining([['warning', 'Observation.status']])]);
    const removed = await service.send('/fhir/R4/Observation/single', { method: 'DELETE' });
    expect(removed.status).toBe(204);
  });

  it('says no more of what has been put right', async () => {
    await service.put('/fhir/R4/Observation/o1', { ...about('p2'), status: 'final', code: { text: 'x' } });
    const { body } = await service.get('/cohort/patients/p2/findings');
    expect(JSON.stringify(body.findings)).not.toContain('Observation.status');
  });
});

it('says nothing of validity where validation is off', async () => {
  const service = await startTestService({ validation: 'off' });
  await service.post('/fhir/R4', transaction(putEntry(FOREIGN), putEntry(about('p2'))));
  const { body } = await service.get('/cohort/patients/p2/findings');
  await service.stop();
  expect(JSON.stringify(body.findings)).not.toMatch(/extension-unknown|Observation\.status/);
});

describe('with validation that rejects', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ validation: 'reject' });
  });
  afterAll(() => service.stop());

  it('refuses a transaction whole, with the place of each error', async () => {
    const answer = await service.post(
      '/fhir/R4',
      transaction(putEntry(patient('t1')), putEntry({ ...about('t1'), id: 't2' })),
    );
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect([...errorsOf(answer.body)].map(([place]) => place).sort()).toEqual([
      'Bundle.entry[1].resource',
      'Bundle.entry[1].resource.status',
    ]);
    expect((await service.get('/fhir/R4/Patient/t1')).status).toBe(404);
  });

  it('refuses the entry of a batch', async () => {
    const { status, body } = await service.post(
      '/fhir/R4',
      batch(putEntry(patient('b1')), postEntry(about('b1'))),
    );
    expect([status, body.entry[0].response.status]).toEqual([200, '201']);
    expect(body.entry[1].response.status).toMatch(/^4/);
    expect(errorsOf(body.entry[1].response.outcome)).toContainEqual([
      'Bundle.entry[1].resource.status',
      'code-not-in-value-set',
    ]);
  });

  it('refuses a single write, and the result of a patch', async () => {
    const created = await service.post('/fhir/R4/Observation', about('b1'));
    await service.put('/fhir/R4/Patient/s1', patient('s1'));
    const patched = await service.send('/fhir/R4/Patient/s1', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify([{ op: 'replace', path: '/gender', value: 'nonsense' }]),
    });
    const codes = [created, patched].map(({ status, body }) => [status < 500, errorsOf(body).length > 0]);
    expect(codes).toEqual([
      [true, true],
      [true, true],
    ]);
    expect((await service.get('/fhir/R4/Patient/s1')).body.gender).toBe('female');
  });

  it('stores what is valid but for an extension that nobody knows', async () => {
    expect((await service.put('/fhir/R4/Patient/p2', FOREIGN)).status).toBe(201);
  });
});

function about(patientId: string) {
  return { ...INVALID, subject: { reference: `Patient/${patientId}` } };
}
