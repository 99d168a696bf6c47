import { infusion, patient, putEntry, transaction } from '../support/bundles.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  const { status } = await service.post(
    '/fhir/R4',
    transaction(
      ...[
        patient('g1'),
        infusion('g1-inf', 'g1', '2024-03-01'),
        patient('g2', { birthDate: '2011-01-01' }),
        infusion('g2-inf', 'g2', '2024-04-01'),
        patient('g3', { birthDate: '2012-01-01' }),
        {
          resourceType: 'Group',
          id: 'some',
          type: 'person',
          actual: true,
          member: [
            { entity: { reference: 'Patient/g2' } },
            { entity: { reference: 'Patient/g1' }, inactive: true },
            { entity: { reference: 'Patient/nobody' } },
          ],
        },
      ].map(putEntry),
    ),
  );
  if (status !== 200) throw new Error(`setting up: ${status}`);
});
afterAll(() => service.stop());

interface Parameter {
  readonly name: string;
  readonly part?: readonly {
    readonly name: string;
    readonly valueReference?: { readonly reference: string };
  }[];
}

const patientsOf = (body: { readonly parameter: readonly Parameter[] }) =>
  body.parameter
    .filter(({ name }) => name === 'work')
    .map(({ part }) => part?.find(({ name }) => name === 'patient')?.valueReference?.reference);

describe('Group/car-t', () => {
  it('holds everyone with a course', async () => {
    const { body } = await service.get('/fhir/R4/Group/car-t');
    expect(body).toMatchObject({
      resourceType: 'Group',
      id: 'car-t',
      type: 'person',
      actual: true,
      quantity: 2,
    });
    expect(body.member).toEqual([
      { entity: { reference: 'Patient/g1' } },
      { entity: { reference: 'Patient/g2' } },
    ]);
  });

  it('cannot be written', async () => {
    const group = { resourceType: 'Group', id: 'car-t', type: 'person', actual: true };
    expect((await service.put('/fhir/R4/Group/car-t', group)).status).toBe(405);
  });
});

describe('Group/{id}/$hct-consolidation', () => {
  it('gives the work list with its attrition and an assessment each', async () => {
    const { status, body } = await service.get('/fhir/R4/Group/car-t/$hct-consolidation?asOf=2024-06-01');
    expect(status).toBe(200);
    expect(patientsOf(body)).toEqual(['Patient/g2', 'Patient/g1']);
    const names = body.parameter.map(({ name }: Parameter) => name);
    expect(names.filter((name: string) => name === 'result')).toHaveLength(2);
    expect(names.filter((name: string) => name === 'attrition')).toHaveLength(10);
  });

  it('of a stored Group takes its active members, and says which are not here', async () => {
    const { body } = await service.post('/fhir/R4/Group/some/$hct-consolidation', {
      resourceType: 'Parameters',
      parameter: [{ name: 'asOf', valueDate: '2024-06-01' }],
    });
    expect(patientsOf(body)).toEqual(['Patient/g2']);
    expect(body.parameter.at(-1)).toMatchObject({
      name: 'finding',
      resource: { issue: [{ details: { coding: [{ code: 'reference-dangling' }] } }] },
    });
  });

  it.each([
    ['/fhir/R4/Group/none/$hct-consolidation', 404],
    ['/fhir/R4/Group/car-t/$hct-consolidation?asOf=2024', 400],
  ])('%s', async (path, expected) => {
    expect((await service.get(path)).status).toBe(expected);
  });
});

describe('GET /cohort/hct-worklist', () => {
  it('is the same as JSON', async () => {
    const { body } = await service.get('/cohort/hct-worklist?asOf=2024-06-01');
    expect(body).toMatchObject({ asOf: '2024-06-01', counts: { INDETERMINATE: 2 } });
    expect(body.items.map(({ patient: id }: { patient: string }) => id)).toEqual(['g2', 'g1']);
    expect(body.items[0]).not.toHaveProperty('assessment');
    expect(body.attrition[0]).toEqual({
      step: 'cohort',
      label: 'Patients of the cohort',
      excluded: 0,
      remaining: 2,
    });
  });
});
