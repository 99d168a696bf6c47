/** The three worked examples of site overlays (docs/mapping-guide.md). */
import type { Resource } from '@medplum/fhirtypes';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { withoutSources } from '../support/compare-records.ts';
import {
  ATC,
  about,
  administration,
  concept,
  condition,
  observation,
  PATIENT,
} from '../support/fhir-shapes.ts';

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

interface Outcome {
  readonly record: Readonly<Record<string, unknown>>;
  readonly findings: readonly string[];
}

function mapFrom(source: string, resources: readonly Resource[]): Outcome {
  const record = mapPerson(
    [PATIENT, ...resources].map((resource) => {
      const sent = { ...resource, meta: { source } } as Resource;
      return { resource: sent, site: mappings.siteOf(sent, 'nowhere'), receivedOn: '2025-01-01' };
    }),
    mappings,
  );
  expect(validateRecord(record)).toEqual([]);
  return {
    record: withoutSources(record) as Readonly<Record<string, unknown>>,
    findings: record.findings.map(({ code }) => code),
  };
}

const DAY = { date: '2022-03-01' };

describe('a children’s hospital with laboratory codes of its own and products in text', () => {
  const SOURCE = 'https://lab.children.example.org/results';
  const LAB = 'urn:oid:1.3.6.1.4.1.99999.1.7';

  it.each<[string, Resource[], object, string[]]>([
    [
      'MRD by local code, specimen and method',
      [
        observation(`${LAB}|MRDFLO`, {
          method: concept(`${LAB}.1|F`),
          contained: [{ resourceType: 'Specimen', id: 's', type: concept(`${LAB}.2|BMA`) }],
          specimen: { reference: '#s' },
          valueString: '<0.01 %',
        }),
      ],
      {
        observations: {
          mrd: [{ ...DAY, method: 'FCM', specimen: 'MARROW', value: 0.0001, comparator: '<' }],
        },
      },
      [],
    ],
    [
      'the transgene in a unit of the house',
      [observation(`${LAB}|CARTQ`, { valueQuantity: { value: 30.86, unit: 'kcp/ug' } })],
      { observations: { transgene: [{ ...DAY, copiesPerMicrogram: 30860, specimen: 'BLOOD' }] } },
      ['unit-by-text'],
    ],
    [
      'an infusion by the name of the study product, in the evening of the hospital',
      [
        about('MedicationAdministration', {
          status: 'completed',
          medicationCodeableConcept: { text: 'CTL019 infusion' },
          effectiveDateTime: '2022-03-02T03:30:00Z',
        }),
      ],
      { courses: [{ infusion: { ...DAY, time: '21:30:00-06:00' }, product: { code: 'tisagenlecleucel' } }] },
      ['matched-by-text'],
    ],
  ])('%s', (_, resources, record, findings) => {
    const outcome = mapFrom(SOURCE, resources);
    expect(outcome.record).toMatchObject(record);
    expect(outcome.findings).toEqual(findings);
  });
});

describe('a hospital with ICD-10-GM, ATC and units of the German laboratory', () => {
  const SOURCE = 'https://kis.klinikum.example.org';
  const LAB = 'https://labor.klinikum.example.org/code';

  it.each<[string, Resource[], object, string[]]>([
    [
      'haemoglobin in g/L, IgG in g/L, fibrinogen in g/L',
      [
        observation(`${LAB}|HB`, { id: 'a', valueQuantity: { value: 92, unit: 'g/l' } }),
        observation(`${LAB}|IGG`, { id: 'b', valueQuantity: { value: 3.9, unit: 'g/l' } }),
        observation(`${LAB}|FIBR`, { id: 'c', valueQuantity: { value: 1.2, unit: 'g/l' } }),
        observation(`${LAB}|NEUT`, { id: 'd', valueQuantity: { value: 0.45, unit: 'Gpt/l' } }),
      ],
      {
        observations: {
          laboratory: [
            { ...DAY, analyte: 'anc', value: 450 },
            { ...DAY, analyte: 'fibrinogen', value: 120 },
            { ...DAY, analyte: 'haemoglobin', value: 9.2 },
            { ...DAY, analyte: 'igg', value: 390 },
          ],
        },
      },
      ['unit-by-text', 'unit-by-text', 'unit-by-text', 'unit-by-text'],
    ],
    [
      'diagnosis, product and lymphodepletion',
      [
        condition('http://fhir.de/CodeSystem/bfarm/icd-10-gm|C91.00', { id: 'a' }),
        administration(`${ATC}|L01XL04`, { id: 'b', effectiveDateTime: '2022-04-10' }),
        administration('http://fhir.de/CodeSystem/bfarm/atc|L01BB05', {
          id: 'c',
          effectiveDateTime: '2022-04-05',
        }),
      ],
      {
        disease: { diagnoses: [{ kind: 'B_ALL', verification: 'CONFIRMED', ...DAY }] },
        courses: [
          {
            product: { code: 'tisagenlecleucel' },
            lymphodepletion: [{ agent: 'fludarabine', date: '2022-04-05' }],
          },
        ],
      },
      [],
    ],
    [
      'a stay on its intensive care ward',
      [
        {
          resourceType: 'Location',
          id: 'its',
          physicalType: concept('https://kis.klinikum.example.org/station|K-ITS'),
        } as Resource,
        about('Encounter', {
          status: 'finished',
          location: [
            { location: { reference: 'Location/its' }, period: { start: '2022-03-01', end: '2022-03-03' } },
          ],
        }),
      ],
      { observations: { intensiveCare: [{ ...DAY, endDate: '2022-03-03' }] } },
      [],
    ],
  ])('%s', (_, resources, record, findings) => {
    const outcome = mapFrom(SOURCE, resources);
    expect(outcome.record).toMatchObject(record);
    expect(outcome.findings).toEqual(findings);
  });
});

describe('a hospital that charts grades and oxygen in a flowsheet', () => {
  const SOURCE = 'urn:flowsheet.example.org:inpatient';
  const ROWS = 'urn:oid:1.2.840.114350.1.13.999.2.7.2.707679';

  it.each<[string, Resource, object]>([
    [
      'a grade as an entry of a list',
      observation(`${ROWS}|304010`, {
        method: concept(`${ROWS}.2|ASTCT`),
        valueCodeableConcept: concept(`${ROWS}.1|3`),
      }),
      { toxicityGrades: [{ ...DAY, toxicity: 'CRS', system: 'ASTCT-2019', grade: 3 }] },
    ],
    [
      'a grade without its system',
      observation(`${ROWS}|304011`, { valueInteger: 2 }),
      { toxicityGrades: [{ ...DAY, toxicity: 'ICANS', system: 'UNKNOWN', grade: 2 }] },
    ],
    [
      'a score',
      observation(`${ROWS}|304012`, { valueInteger: 6 }),
      { neuroAssessments: [{ ...DAY, ice: 6 }] },
    ],
    [
      'an oxygen device',
      observation(`${ROWS}|304020`, { valueCodeableConcept: concept(`${ROWS}.3|3`) }),
      { oxygenSupport: [{ ...DAY, device: 'HIGH_FLOW_CANNULA' }] },
    ],
    [
      'Fahrenheit',
      observation(`${ROWS}|6`, {
        valueQuantity: { value: 102.2, system: 'http://unitsofmeasure.org', code: '[degF]' },
      }),
      { vitalSigns: [{ ...DAY, sign: 'temperature', value: 39 }] },
    ],
  ])('%s', (_, resource, observations) => {
    const outcome = mapFrom(SOURCE, [resource]);
    expect(outcome.record).toMatchObject({ observations });
    expect(outcome.findings).toEqual([]);
  });

  it('elsewhere these codes mean nothing', () => {
    const outcome = mapFrom('urn:other', [observation(`${ROWS}|304011`, { valueInteger: 2 })]);
    expect(outcome.record).toMatchObject({ observations: { toxicityGrades: [] } });
  });
});
