import type { Resource } from '@medplum/fhirtypes';
import {
  ATC,
  about,
  administration,
  concept,
  condition,
  extensionUrl,
  ICD,
  ICD_GM,
  infused,
  observation,
  quantity,
  RXNORM,
  SNOMED,
} from '../../support/fhir-shapes.ts';
import { contentAt, mapResources } from '../../support/map-resources.ts';

const DAY = { date: '2022-03-01' };

const part = (code: string, value: object): object => ({ code: concept(`component|${code}`), ...value });
describe('toxicity and its treatment', () => {
  it.each<[string, Resource, string, object[]]>([
    [
      'CRS by code, the last digit its grade',
      condition(`${ICD}|D89.833`, { abatementDateTime: '2022-03-05' }),
      'toxicityGrades',
      [{ toxicity: 'CRS', system: 'UNKNOWN', grade: 3, endDate: '2022-03-05' }],
    ],
    [
      'CRS of unknown grade',
      condition(`${ICD}|D89.839`),
      'toxicityGrades',
      [{ toxicity: 'CRS', system: 'UNKNOWN' }],
    ],
    [
      'ICANS by code',
      condition(`${ICD}|G92.04`),
      'toxicityGrades',
      [{ toxicity: 'ICANS', system: 'UNKNOWN', grade: 4 }],
    ],
    [
      'ICANS of unknown grade',
      condition(`${ICD}|G92.00`),
      'toxicityGrades',
      [{ toxicity: 'ICANS', system: 'UNKNOWN' }],
    ],
    [
      'GVHD by ICD-10-CM',
      condition(`${ICD}|D89.810`),
      'toxicityGrades',
      [{ toxicity: 'GVHD', system: 'UNKNOWN' }],
    ],
    [
      'GVHD by SNOMED',
      condition(`${SNOMED}|402356004`),
      'toxicityGrades',
      [{ toxicity: 'GVHD', system: 'UNKNOWN' }],
    ],
    [
      'an adverse event keeps CTCAE',
      about('AdverseEvent', {
        actuality: 'actual',
        date: '2022-03-01',
        event: concept('http://terminology.hl7.org/CodeSystem/mdr|10052015'),
        extension: [
          {
            url: 'http://hl7.org/fhir/us/ctcae/StructureDefinition/ctcae-grade',
            valueCodeableConcept: concept(
              'http://hl7.org/fhir/us/ctcae/CodeSystem/ctcae-grade-code-system|2',
            ),
          },
        ],
      }),
      'toxicityGrades',
      [{ toxicity: 'CRS', system: 'CTCAE-5', grade: 2 }],
    ],
    [
      'a native grade',
      observation('observation|crs-grade', { valueInteger: 2, method: concept('grading-system|ASTCT-2019') }),
      'toxicityGrades',
      [{ toxicity: 'CRS', system: 'ASTCT-2019', grade: 2 }],
    ],
    [
      'a grade that was decided',
      observation('observation|icans-grade', {
        valueInteger: 3,
        method: concept('grading-system|ASTCT-2019'),
        issued: '2022-04-02T10:00:00+02:00',
        extension: [{ url: extensionUrl('adjudicates'), valueReference: { reference: 'Observation/x' } }],
      }),
      'toxicityGrades',
      [{ toxicity: 'ICANS', system: 'ASTCT-2019', grade: 3, method: 'ADJUDICATED', decidedOn: '2022-04-02' }],
    ],
    ['ICE', observation('observation|ice-score', { valueInteger: 7 }), 'neuroAssessments', [{ ice: 7 }]],
    [
      'a neurological examination',
      observation('observation|neuro-assessment', {
        component: [
          part('capd-score', { valueInteger: 9 }),
          part('consciousness', { valueCodeableConcept: concept('consciousness|awakens-to-voice') }),
          part('seizure', { valueCodeableConcept: concept('seizure|convulsive') }),
          part('seizure-duration', { valueQuantity: quantity(90, 's') }),
          part('intracranial', { valueCodeableConcept: concept('intracranial|papilloedema') }),
        ],
      }),
      'neuroAssessments',
      [
        {
          capd: 9,
          consciousness: 'AWAKENS_TO_VOICE',
          seizure: 'CONVULSIVE',
          seizureMinutes: 1.5,
          intracranial: ['PAPILLOEDEMA'],
        },
      ],
    ],
    [
      'a sign present',
      observation('observation|hypotension', { valueBoolean: true }),
      'clinicalSigns',
      [{ sign: 'HYPOTENSION', present: true }],
    ],
    [
      'a vasopressor with its period',
      administration(`${RXNORM}|7512`, {
        effectiveDateTime: undefined,
        effectivePeriod: { start: '2022-03-01T08:00:00+01:00', end: '2022-03-02T09:00:00+01:00' },
      }),
      'supportiveDrugs',
      [
        {
          agent: 'norepinephrine',
          time: '08:00:00+01:00',
          epochMinute: 27_435_300,
          endDate: '2022-03-02',
          endTime: '09:00:00+01:00',
          endEpochMinute: 27_436_800,
        },
      ],
    ],
    [
      'tocilizumab with its dose',
      administration(`${ATC}|L04AC07`, { dosage: { dose: quantity(8, 'mg/kg') } }),
      'supportiveDrugs',
      [{ agent: 'tocilizumab', dose: 8, doseUnit: 'mg/kg' }],
    ],
    ['immunoglobulins', administration(`${ATC}|J06BA02`), 'supportiveDrugs', [{ agent: 'immunoglobulin' }]],
    ['bacteraemia', condition(`${ICD}|R78.81`), 'infections', [{ class: 'BACTERIAL' }]],
    ['cytomegalovirus', condition(`${ICD_GM}|B25.0`), 'infections', [{ class: 'VIRAL' }]],
    ['candida', condition(`${ICD}|B37.7`), 'infections', [{ class: 'FUNGAL' }]],
    ['pneumonia, organism unknown', condition(`${ICD}|J18.9`), 'infections', [{ class: 'UNKNOWN' }]],
    [
      'an infection, native',
      condition('condition|infection', {
        bodySite: [{ text: 'lung' }],
        extension: [
          { url: extensionUrl('infection-class'), valueCodeableConcept: concept('infection-class|fungal') },
          { url: extensionUrl('infection-invasive'), valueBoolean: true },
        ],
      }),
      'infections',
      [{ class: 'FUNGAL', site: 'lung', invasive: true }],
    ],
    [
      'the transgene with the limit of the assay',
      observation('observation|car-transgene', {
        valueQuantity: quantity(30860, '{copies}/ug'),
        component: [part('lower-limit-of-quantification', { valueQuantity: quantity(100, '{copies}/ug') })],
      }),
      'transgene',
      [{ copiesPerMicrogram: 30860, lowerLimit: 100, specimen: 'BLOOD' }],
    ],
  ])('%s', (_, resource, list, expected) => {
    const record = mapResources(resource);
    expect(contentAt(record, `observations.${list}`)).toEqual(expected.map((fact) => ({ ...DAY, ...fact })));
    expect(record.findings).toEqual([]);
  });

  it('an injury of another chapter is no infection', () => {
    expect(mapResources(condition(`${ICD}|J45.909`)).observations.infections).toEqual([]);
  });

  it('a stay in intensive care, by the kind of its place', () => {
    const ward = (id: string, code: string): Resource =>
      ({
        resourceType: 'Location',
        id,
        type: [concept(`http://terminology.hl7.org/CodeSystem/v3-RoleCode|${code}`)],
      }) as Resource;
    const record = mapResources(
      ward('icu', 'ICU'),
      ward('ward', 'HU'),
      about('Encounter', {
        status: 'finished',
        period: { start: '2022-02-20', end: '2022-03-20' },
        location: [
          { location: { reference: 'Location/ward' }, period: { start: '2022-02-20', end: '2022-03-01' } },
          { location: { reference: 'Location/icu' }, period: { start: '2022-03-01', end: '2022-03-04' } },
        ],
      }),
    );
    expect(contentAt(record, 'observations.intensiveCare')).toEqual([{ ...DAY, endDate: '2022-03-04' }]);
  });

  it('exposure to fludarabine belongs to the nearest course', () => {
    const record = mapResources(
      infused('2022-02-20'),
      infused('2021-02-20'),
      observation('observation|fludarabine-auc', {
        effectiveDateTime: '2022-02-18',
        valueQuantity: quantity(15.5, 'mg.h/L'),
        method: concept('auc-method|measured'),
      }),
    );
    expect(record.courses.map(({ fludarabineExposure }) => fludarabineExposure?.auc)).toEqual([
      undefined,
      15.5,
    ]);
  });

  it('scores and examination of one moment are one assessment', () => {
    const record = mapResources(
      observation('observation|ice-score', { id: 'a', valueInteger: 7 }),
      observation('observation|neuro-assessment', {
        id: 'b',
        component: [part('motor', { valueCodeableConcept: concept('motor|none') })],
      }),
    );
    expect(contentAt(record, 'observations.neuroAssessments')).toEqual([{ ...DAY, ice: 7, motor: 'NONE' }]);
  });
});
