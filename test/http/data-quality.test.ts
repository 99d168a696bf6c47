/** The report on everybody's data, and the findings of one person, over HTTP. */
import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  concept,
  LOINC,
  observation,
  PATIENT,
  quantity,
} from '../support/fhir-shapes.ts';
import { startTestService, type TestService } from '../support/service.ts';

const CHILDREN = { meta: { source: 'https://ehr.children.example.org/api' } };

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const resources = [
    PATIENT,
    { ...PATIENT, id: 'q', gender: 'male' },
    { ...PATIENT, id: 'nobody-treated' },
    { ...administration(`${ATC}|L01XL04`), id: 'infusion' },
    { ...observation(`${LOINC}|2465-3`, { valueQuantity: quantity(9, 'furlong') }), id: 'u1' },
    { ...observation(`${LOINC}|2465-3`, { valueQuantity: quantity(8, 'furlong') }), id: 'u2' },
    {
      ...observation(`${LOINC}|2465-3`, { valueQuantity: quantity(8, 'furlong') }),
      id: 'u3',
      subject: { reference: 'Patient/q' },
    },
    { ...observation(`${LOINC}|2465-3`, { ...CHILDREN, valueQuantity: quantity(8, 'furlong') }), id: 'u4' },
    { ...observation('urn:local|7', {}), id: 'l1' },
    { ...observation('urn:local|7', {}), id: 'l2' },
    { ...observation('urn:local|7', CHILDREN), id: 'l3' },
    { ...administration('urn:local|d', { contained: [] }), id: 'drug', ...byReference('Medication/m') },
    { resourceType: 'Medication', id: 'm', code: concept('urn:local|drug') } as Resource,
    {
      ...administration('urn:local|d'),
      id: 'contained',
      ...byReference('#m'),
      contained: [{ resourceType: 'Medication', id: 'm', code: concept('urn:local|inside') }],
    } as Resource,
    about('Observation', {
      id: 'lost',
      status: 'final',
      code: concept(`${LOINC}|718-7`),
      subject: { reference: 'Patient/elsewhere' },
    }),
  ];
  const entry = resources.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }));
  const { status } = await service.post('/fhir/R4', { resourceType: 'Bundle', type: 'transaction', entry });
  expect(status).toBe(200);
}, 60_000);
afterAll(() => service.stop());

function byReference(reference: string): object {
  return { medicationCodeableConcept: undefined, medicationReference: { reference } };
}

it('counts findings by site and code, and codes that nothing knows', async () => {
  const { status, body } = await service.get('/cohort/data-quality');
  expect(status).toBe(200);
  expect(body.patients).toBe(3);
  expect(body.findings).toContainEqual({
    site: 'local',
    code: 'unit-unknown',
    severity: 'warning',
    count: 3,
    patients: 2,
  });
  expect(body.findings).toContainEqual({
    site: 'example-children',
    code: 'unit-unknown',
    severity: 'warning',
    count: 1,
    patients: 1,
  });
  expect(body.withoutPatient).toEqual([{ site: 'local', count: 1 }]);
  expect(body.unmappedCodes).toEqual([
    { site: 'local', resourceType: 'Observation', system: 'urn:local', code: '7', count: 2 },
    { site: 'example-children', resourceType: 'Observation', system: 'urn:local', code: '7', count: 1 },
    { site: 'local', resourceType: 'Medication', system: 'urn:local', code: 'drug', count: 1 },
    {
      site: 'local',
      resourceType: 'MedicationAdministration',
      system: 'urn:local',
      code: 'inside',
      count: 1,
    },
  ]);
});

it('follows a correction', async () => {
  const before = (await service.get('/cohort/patients/p/findings')).body.findings;
  const told = before.map(({ code, reference }: Record<string, string>) => `${code} ${reference}`);
  expect(told).toContain('unit-unknown Observation/u4');
  expect(told).not.toContain('unit-unknown Observation/u3');
  const mended = {
    ...observation(`${LOINC}|2465-3`, { ...CHILDREN, valueQuantity: quantity(8, 'g/L') }),
    id: 'u4',
  };
  expect((await service.put('/fhir/R4/Observation/u4', mended)).status).toBe(200);
  const { body } = await service.get('/cohort/data-quality');
  expect(body.findings.filter(({ site }: Record<string, string>) => site === 'example-children')).toEqual([]);
});

it('gives what an identifier names to nobody where two people carry it, until they are told apart', async () => {
  const identifier = [{ system: 'urn:mrn', value: '7' }];
  const twin = (id: string, birthDate: string, more: object = {}) => ({
    ...PATIENT,
    id,
    birthDate,
    identifier,
    ...more,
  });
  const named = {
    ...observation(`${LOINC}|718-7`, { valueQuantity: quantity(9, 'g/dL') }),
    id: 'by-identifier',
    subject: { identifier: identifier[0] },
  };
  await service.put('/fhir/R4/Patient/t1', twin('t1', '2012-01-01'));
  await service.put('/fhir/R4/Patient/t2', twin('t2', '2013-01-01'));
  await service.put('/fhir/R4/Observation/by-identifier', named);
  for (const id of ['t1', 't2']) {
    const { body } = await service.get(`/cohort/patients/${id}`);
    expect(body.record.observations.laboratory).toEqual([]);
    const told = body.record.findings.map(
      ({ code, reference }: Record<string, string>) => `${code} ${reference}`,
    );
    expect(told.toSorted()).toEqual([
      `identity-conflict Patient/${id}`,
      'subject-ambiguous Observation/by-identifier',
    ]);
  }
  await service.put('/fhir/R4/Patient/t2', twin('t2', '2013-01-01', { identifier: undefined }));
  const { body } = await service.get('/cohort/patients/t1');
  expect(body.record.observations.laboratory).toHaveLength(1);
  expect(body.record.findings).toEqual([]);
});

it('takes no other method and no parameter', async () => {
  expect((await service.post('/cohort/data-quality', {})).status).toBe(405);
  expect((await service.get('/cohort/data-quality?site=a')).status).toBe(400);
});
