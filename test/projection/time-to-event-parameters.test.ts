import type { EndpointResult } from '../../src/endpoints/endpoint-result.ts';
import { checkStructure } from '../../src/fhir/check-structure.ts';
import { timeToEventParameters } from '../../src/projection/time-to-event-parameters.ts';

const CS = 'https://cartograph.example.org/fhir/CodeSystem';
const SD = 'https://cartograph.example.org/fhir/StructureDefinition';

const relapse: EndpointResult = {
  endpoint: 'EFS_RW_D28',
  version: '1.0.0',
  origin: '2024-03-04',
  status: 'EVENT',
  type: 'RELAPSE',
  date: '2025-02-18',
  days: 351,
  months: 11.53,
  cd19: 'NEG',
  site: 'BM+CNS',
  flags: ['DATE_IMPUTED'],
  evidence: [
    { reference: 'Procedure/i1', path: 'Procedure.performed', site: 'x' },
    { reference: 'Observation/o1', versionId: '2', path: 'Observation.value', site: 'x' },
    { reference: 'Observation/o1', versionId: '2', path: 'Observation.value', site: 'x' },
  ],
  asOf: '2025-06-01',
};

const none: EndpointResult = {
  endpoint: 'OS',
  version: '1.0.0',
  status: 'NOT_APPLICABLE',
  reason: 'No CD19 CAR-T infusion.',
  flags: [],
  evidence: [],
  asOf: '2025-06-01',
};

describe('timeToEventParameters', () => {
  it('gives an Observation for each result, in the shape of the profile', () => {
    const parameters = timeToEventParameters('p1', [relapse], []);
    expect(parameters).toEqual({
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'result',
          resource: {
            resourceType: 'Observation',
            id: expect.stringMatching(/^[0-9a-f]{40}$/),
            meta: {
              profile: [`${SD}/cartograph-time-to-event`],
              tag: [{ system: `${CS}/cartograph-tag`, code: 'derived' }],
            },
            extension: [
              {
                url: `${SD}/evidence`,
                extension: [
                  { url: 'resource', valueReference: { reference: 'Observation/o1' } },
                  { url: 'versionId', valueId: '2' },
                  { url: 'path', valueString: 'Observation.value' },
                ],
              },
              {
                url: `${SD}/evidence`,
                extension: [
                  { url: 'resource', valueReference: { reference: 'Procedure/i1' } },
                  { url: 'path', valueString: 'Procedure.performed' },
                ],
              },
            ],
            status: 'final',
            code: { coding: [{ system: `${CS}/cartograph-result`, code: 'time-to-event' }] },
            subject: { reference: 'Patient/p1' },
            effectiveDateTime: '2025-06-01',
            valueCodeableConcept: {
              coding: [{ system: `${CS}/cartograph-result-event-status`, code: 'EVENT' }],
            },
            method: { coding: [{ system: `${CS}/cartograph-result-endpoint`, code: 'EFS_RW_D28' }] },
            component: [
              part('cartograph-result-component', 'definition-version', { valueString: '1.0.0' }),
              part('cartograph-result-component', 'origin-date', { valueDateTime: '2024-03-04' }),
              part(
                'cartograph-result-component',
                'event-type',
                coded('cartograph-result-event-type', 'RELAPSE'),
              ),
              part('cartograph-result-component', 'event-date', { valueDateTime: '2025-02-18' }),
              part('cartograph-result-component', 'days', quantity(351, 'd')),
              part('cartograph-result-component', 'months', quantity(11.53, 'mo')),
              part('cartograph-component', 'relapse-site', coded('cartograph-site', 'marrow')),
              part('cartograph-component', 'relapse-site', coded('cartograph-site', 'cns')),
              part('cartograph-component', 'cd19-class', coded('cartograph-cd19-class', 'negative')),
              part('cartograph-result-component', 'flag', { valueCodeableConcept: { text: 'DATE_IMPUTED' } }),
            ],
          },
        },
      ],
    });
    expect(checkStructure(parameters)).toEqual([]);
  });

  it('says why there is no result, and leaves out what does not exist', () => {
    const [parameter] = timeToEventParameters('p1', [none], []).parameter ?? [];
    expect(parameter?.resource).toMatchObject({
      valueCodeableConcept: { coding: [{ code: 'NOT_APPLICABLE' }] },
      note: [{ text: 'No CD19 CAR-T infusion.' }],
      component: [part('cartograph-result-component', 'definition-version', { valueString: '1.0.0' })],
    });
    expect(parameter?.resource).not.toHaveProperty('extension');
  });

  it('gives each finding as an OperationOutcome', () => {
    const finding = { code: 'death-undated', severity: 'warning', message: 'Undated.' } as const;
    expect(timeToEventParameters('p1', [], [finding]).parameter).toMatchObject([
      {
        name: 'finding',
        resource: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'warning', details: { coding: [{ code: 'death-undated' }] } }],
        },
      },
    ]);
  });

  it('names a result by patient, definition, version and date alone', () => {
    const idOf = (patient: string, result: EndpointResult) =>
      timeToEventParameters(patient, [result], []).parameter?.[0]?.resource?.id;
    const id = idOf('p1', relapse);
    expect(idOf('p1', { ...relapse, status: 'CENSORED', evidence: [] })).toBe(id);
    for (const other of [
      idOf('p2', relapse),
      idOf('p1', { ...relapse, endpoint: 'OS' }),
      idOf('p1', { ...relapse, version: '1.0.1' }),
      idOf('p1', { ...relapse, asOf: '2025-06-02' }),
    ]) {
      expect(other).not.toBe(id);
    }
  });
});

function part(system: string, code: string, value: object): object {
  return { code: { coding: [{ system: `${CS}/${system}`, code }] }, ...value };
}

function coded(system: string, code: string): object {
  return { valueCodeableConcept: { coding: [{ system: `${CS}/${system}`, code }] } };
}

function quantity(value: number, unit: string): object {
  return { valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit } };
}
