/** Rows of inputs.md beyond the native and US Core shapes of the course: one case a shape. */
import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { validateRecord } from '../../src/cohort/validate-record.ts';
import { loadMappings } from '../../src/mapping/load-mappings.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';
import { withoutSources } from '../support/compare-records.ts';
import {
  ATC,
  about,
  administration,
  CPT,
  concept,
  condition,
  extensionUrl,
  ICD,
  LOINC,
  observation,
  PATIENT,
  procedure,
  quantity,
  RXNORM,
  SNOMED,
} from '../support/fhir-shapes.ts';

const GM = 'http://fhir.de/CodeSystem/bfarm/icd-10-gm';
const OPS = 'http://fhir.de/CodeSystem/bfarm/ops';
const HCPCS = 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets';
const DAY = { date: '2022-03-01' };

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

function map(...resources: readonly Resource[]): CohortRecord {
  const record = mapPerson(
    [PATIENT, ...resources].map((resource) => ({ resource, site: 'a', receivedOn: '2025-01-01' })),
    mappings,
  );
  expect(validateRecord(record)).toEqual([]);
  return record;
}

function at(record: CohortRecord, path: string): unknown {
  let found: unknown = withoutSources(record);
  for (const name of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[name];
  return found;
}

const infused = (date = '2022-01-01'): Resource =>
  about('MedicationAdministration', {
    id: 'infusion',
    status: 'completed',
    medicationCodeableConcept: concept(`${ATC}|L01XL04`),
    effectiveDateTime: date,
  });
const lab = (code: string, value: object): Resource =>
  observation(`${LOINC}|${code}`, { valueQuantity: value });
const part = (code: string, value: object): object => ({ code: concept(`component|${code}`), ...value });

describe('codes of other dialects', () => {
  it.each<[string, Resource[], string, unknown]>([
    [
      'B-ALL by ICD-10-GM',
      [condition(`${GM}|C91.00`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', ...DAY }],
    ],
    [
      'remission by ICD-10-GM',
      [condition(`${GM}|C91.01`)],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'REMISSION' }],
    ],
    [
      'another name of ICD-10-GM',
      [condition('http://fhir.de/CodeSystem/dimdi/icd-10-gm|C91.00')],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', ...DAY }],
    ],
    ['allogeneic by OPS', [procedure(`${OPS}|8-805.42`)], 'hcts', [{ ...DAY, kind: 'ALLOGENEIC' }]],
    ['autologous by OPS', [procedure(`${OPS}|5-411.02`)], 'hcts', [{ ...DAY, kind: 'AUTOLOGOUS' }]],
    ['a boost by OPS is no transplantation', [procedure(`${OPS}|8-805.60`)], 'hcts', []],
    [
      'T cells collected, by OPS',
      [procedure(`${OPS}|5-410.30`)],
      'observations.collections',
      [{ ...DAY, kind: 'LEUKAPHERESIS' }],
    ],
    [
      'T cells collected, by CPT',
      [procedure(`${CPT}|38225`)],
      'observations.collections',
      [{ ...DAY, kind: 'LEUKAPHERESIS' }],
    ],
    [
      'infusion by HCPCS',
      [administration(`${HCPCS}|Q2053`)],
      'courses',
      [{ number: 1, infusion: DAY, product: { code: 'brexucabtagene-autoleucel' }, lymphodepletion: [] }],
    ],
    [
      'infusion by the old ATC code, of the German edition',
      [administration('http://fhir.de/CodeSystem/bfarm/atc|L01XX71')],
      'courses',
      [{ number: 1, infusion: DAY, product: { code: 'tisagenlecleucel' }, lymphodepletion: [] }],
    ],
    [
      'mCODE disease status',
      [observation(`${LOINC}|97509-4`, { valueCodeableConcept: concept(`${SNOMED}|103338009`) })],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'REMISSION' }],
    ],
    [
      'mCODE partial remission is none',
      [observation(`${LOINC}|97509-4`, { valueCodeableConcept: concept(`${SNOMED}|103337004`) })],
      'observations.diseaseStatus',
      [{ ...DAY, status: 'NR' }],
    ],
    [
      'a chemotherapy that only its ATC class tells',
      [infused(), administration(`${ATC}|L01DB11`)],
      'laterTherapies',
      [{ kind: 'CHEMOTHERAPY', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'a tyrosine kinase inhibitor that only its ATC class tells',
      [infused(), administration(`${ATC}|L01EA04`)],
      'laterTherapies',
      [{ kind: 'TYROSINE_KINASE_INHIBITOR', ...DAY, intent: 'MAINTENANCE', course: 1 }],
    ],
    [
      'another antineoplastic drug',
      [infused(), administration(`${ATC}|L01FC01`)],
      'laterTherapies',
      [{ kind: 'OTHER', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'a known agent is not guessed at',
      [infused(), administration(`${ATC}|L01BC01`)],
      'laterTherapies',
      [{ kind: 'CHEMOTHERAPY', agent: 'cytarabine', ...DAY, intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'ruxolitinib is no anti-leukaemic therapy here',
      [infused(), administration(`${ATC}|L01EJ01`)],
      'laterTherapies',
      [],
    ],
    [
      'a CAR-T product is no other therapy',
      [infused(), administration(`${ATC}|L01XL06`)],
      'laterTherapies',
      [],
    ],
    [
      'an intrathecal drug is prophylaxis',
      [infused(), administration(`${RXNORM}|6851`, { dosage: { route: concept(`${SNOMED}|72607000`) } })],
      'laterTherapies',
      [{ kind: 'INTRATHECAL', agent: 'methotrexate', ...DAY, intent: 'PROPHYLAXIS', course: 1 }],
    ],
    [
      'second malignancy by ICD-10-GM',
      [infused(), condition(`${GM}|C73`)],
      'followUp.secondMalignancies',
      [{ ...DAY, kind: 'UNSPECIFIED' }],
    ],
    ['secondary sites are none', [infused(), condition(`${ICD}|C79.51`)], 'followUp.secondMalignancies', []],
    [
      'a variant of KMT2A',
      [
        observation(`${LOINC}|69548-6`, {
          valueCodeableConcept: concept(`${LOINC}|LA9633-4`),
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org/geneId|HGNC:7132'),
            },
          ],
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'KMT2A_REARRANGEMENT', present: true, ...DAY }],
    ],
    [
      'a variant of another gene',
      [
        observation(`${LOINC}|69548-6`, {
          valueCodeableConcept: concept(`${LOINC}|LA9633-4`),
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org|HGNC:1'),
            },
          ],
        }),
      ],
      'disease.cytogenetics',
      [],
    ],
    [
      'Down syndrome by diagnosis',
      [condition(`${ICD}|Q90.9`)],
      'observations.assertions',
      [{ question: 'DOWN_SYNDROME', answer: 'YES' }],
    ],
  ])('%s', (_, resources, path, expected) => {
    expect(at(map(...resources), path)).toEqual(expected);
  });

  it('agrees on a shape that finds nothing to say', () => {
    expect(
      map(
        observation(`${LOINC}|69548-6`, {
          component: [
            {
              code: concept(`${LOINC}|48018-6`),
              valueCodeableConcept: concept('http://www.genenames.org|HGNC:1'),
            },
          ],
        }),
      ).findings,
    ).toEqual([]);
  });
});

describe('lymphodepletion that was only ordered', () => {
  const order = (start: string, code = `${RXNORM}|24698`): Resource =>
    about('MedicationRequest', {
      id: 'order',
      status: 'completed',
      intent: 'order',
      medicationCodeableConcept: concept(code),
      authoredOn: '2021-12-01',
      dosageInstruction: [{ timing: { repeat: { boundsPeriod: { start, end: '2021-12-30' } } } }],
    });

  it('counts, flagged', () => {
    const record = map(infused(), order('2021-12-27'));
    expect(at(record, 'courses')).toMatchObject([
      { lymphodepletion: [{ agent: 'fludarabine', date: '2021-12-27', endDate: '2021-12-30' }] },
    ]);
    expect(record.courses[0]?.lymphodepletion[0]?.sources[0]?.flags).toEqual(['ORDER_ONLY']);
    expect(record.findings.map(({ code }) => code)).toEqual(['order-without-administration']);
  });

  it.each<[string, Resource[]]>([
    [
      'not where the drug was given',
      [order('2021-12-27'), administration(`${RXNORM}|24698`, { effectiveDateTime: '2021-12-28' })],
    ],
    ['not outside the days before the infusion', [order('2021-11-01')]],
    ['not for any other drug', [order('2021-12-27', `${RXNORM}|1597258`)]],
  ])('%s', (_, resources) => {
    const drugs = map(infused(), ...resources).courses[0]?.lymphodepletion ?? [];
    expect(drugs.flatMap(({ sources }) => sources.flatMap(({ flags }) => flags ?? []))).toEqual([]);
  });
});

describe('laboratory values in canonical units', () => {
  it.each<[string, string, object, object]>([
    ['ANC in 10*9/L', '751-8', quantity(0.45, '10*9/L'), { analyte: 'anc', value: 450 }],
    ['ANC in /mm3', '753-4', quantity(450, '/mm3'), { analyte: 'anc', value: 450 }],
    ['lymphocytes', '26474-7', quantity(1.2, '10*3/uL'), { analyte: 'alc', value: 1200 }],
    ['platelets in /uL', '777-3', quantity(35000, '/uL'), { analyte: 'platelets', value: 35 }],
    ['leukocytes', '26464-8', quantity(1.2, '10*9/L'), { analyte: 'wbc', value: 1.2 }],
    ['haemoglobin in g/L', '718-7', quantity(92, 'g/L'), { analyte: 'haemoglobin', value: 9.2 }],
    ['haemoglobin in mmol/L', '718-7', quantity(6, 'mmol/L'), { analyte: 'haemoglobin', value: 9.666 }],
    ['IgG in g/L', '2465-3', quantity(3.9, 'g/L'), { analyte: 'igg', value: 390 }],
    [
      'IgG as a bound',
      '2465-3',
      quantity(200, 'mg/dL', '<'),
      { analyte: 'igg', value: 200, comparator: '<' },
    ],
    ['ferritin in ng/mL', '2276-4', quantity(8000, 'ng/mL'), { analyte: 'ferritin', value: 8000 }],
    ['CRP in mg/dL', '1988-5', quantity(4.2, 'mg/dL'), { analyte: 'crp', value: 42 }],
    [
      'IL-6 in ng/L',
      '26881-3',
      quantity(5000, 'ng/L', '>'),
      { analyte: 'il-6', value: 5000, comparator: '>' },
    ],
    ['fibrinogen in g/L', '3255-7', quantity(1.2, 'g/L'), { analyte: 'fibrinogen', value: 120 }],
    ['triglycerides in mmol/L', '2571-8', quantity(3, 'mmol/L'), { analyte: 'triglycerides', value: 265.71 }],
    ['AST', '1920-8', quantity(210, 'U/L'), { analyte: 'ast', value: 210 }],
    ['ALT in microkatal', '1742-6', quantity(2, 'ukat/L'), { analyte: 'alt', value: 120 }],
    ['LDH', '14804-9', quantity(900, 'U/L'), { analyte: 'ldh', value: 900 }],
    ['creatinine in umol/L', '2160-0', quantity(88.42, 'umol/L'), { analyte: 'creatinine', value: 1 }],
    ['a unit by its text', '718-7', { value: 92, unit: 'g/L' }, { analyte: 'haemoglobin', value: 9.2 }],
  ])('%s', (_, code, value, expected) => {
    expect(at(map(lab(code, value)), 'observations.laboratory')).toEqual([{ ...DAY, ...expected }]);
  });

  it('keeps the reference range, and the time', () => {
    const record = map(
      observation(`${LOINC}|718-7`, {
        effectiveDateTime: '2022-03-01T07:30:00+01:00',
        valueQuantity: quantity(92, 'g/L'),
        referenceRange: [{ low: quantity(110, 'g/L'), high: quantity(160, 'g/L') }],
      }),
    );
    expect(at(record, 'observations.laboratory')).toEqual([
      {
        ...DAY,
        time: '07:30:00+01:00',
        epochMinute: 27_435_270,
        analyte: 'haemoglobin',
        value: 9.2,
        lowerLimit: 11,
        upperLimit: 16,
      },
    ]);
  });

  it.each([
    ['a unit of another kind', '718-7', quantity(92, '10*9/L'), 'unit-unknown'],
    ['copies a millilitre do not convert', undefined, quantity(900, '{copies}/mL'), 'unit-unknown'],
    ['an impossible value', '718-7', quantity(92, 'g/dL'), 'value-out-of-range'],
  ])('%s', (_, code, value, expected) => {
    const record = map(
      code === undefined
        ? observation('observation|car-transgene', { valueQuantity: value })
        : lab(code, value),
    );
    expect(record.observations.laboratory).toEqual([]);
    expect(record.observations.transgene).toEqual([]);
    expect(record.findings.map((finding) => finding.code)).toEqual([expected]);
  });
});

describe('vital signs, oxygen, weight', () => {
  it.each<[string, Resource, string, object[]]>([
    [
      'degrees Fahrenheit',
      lab('8310-5', quantity(101.3, '[degF]')),
      'vitalSigns',
      [{ sign: 'temperature', value: 38.5 }],
    ],
    ['pounds', lab('29463-7', quantity(66, '[lb_av]')), 'vitalSigns', [{ sign: 'weight', value: 29.937 }]],
    ['inches', lab('8302-2', quantity(50, '[in_i]')), 'vitalSigns', [{ sign: 'height', value: 127 }]],
    [
      'blood pressure in its parts',
      observation(`${LOINC}|85354-9`, {
        component: [
          { code: concept(`${LOINC}|8480-6`), valueQuantity: quantity(95, 'mm[Hg]') },
          { code: concept(`${LOINC}|8462-4`), valueQuantity: quantity(55, 'mm[Hg]') },
          { code: concept('urn:local|position'), valueString: 'lying' },
        ],
      }),
      'vitalSigns',
      [
        { sign: 'diastolic', value: 55 },
        { sign: 'systolic', value: 95 },
      ],
    ],
    [
      'oxygen saturation',
      lab('2708-6', quantity(93, '%')),
      'vitalSigns',
      [{ sign: 'oxygen-saturation', value: 93 }],
    ],
    [
      'a flow of nothing is room air',
      observation(`${LOINC}|59408-5`, {
        valueQuantity: quantity(97, '%'),
        component: [{ code: concept(`${LOINC}|3151-8`), valueQuantity: quantity(0, 'L/min') }],
      }),
      'oxygenSupport',
      [{ device: 'NONE', flow: 0 }],
    ],
    [
      'the device beside a saturation',
      observation(`${LOINC}|59408-5`, {
        valueQuantity: quantity(91, '%'),
        component: [
          { code: concept(`${LOINC}|3151-8`), valueQuantity: quantity(2, 'L/min') },
          part('oxygen-device', { valueCodeableConcept: concept('oxygen-device|nasal-cannula') }),
        ],
      }),
      'oxygenSupport',
      [{ device: 'NASAL_CANNULA', flow: 2 }],
    ],
    [
      'the device by itself',
      observation('observation|oxygen-support', { valueCodeableConcept: concept('oxygen-device|cpap') }),
      'oxygenSupport',
      [{ device: 'CPAP' }],
    ],
  ])('%s', (_, resource, list, expected) => {
    const record = map(resource);
    expect(at(record, `observations.${list}`)).toEqual(expected.map((fact) => ({ ...DAY, ...fact })));
    expect(record.findings).toEqual([]);
  });

  it.each([
    ['2021-12-20', 6],
    ['2021-12-02', 6],
    ['2021-12-01', undefined],
    ['2022-01-02', undefined],
  ])('a weight of %s gives the dose per kilogram %s', (date, dosePerKg) => {
    const record = map(
      observation(`${LOINC}|29463-7`, { effectiveDateTime: date, valueQuantity: quantity(30, 'kg') }),
      procedure('procedure|car-t-infusion', {
        performedDateTime: '2022-01-01',
        extension: [{ url: extensionUrl('car-t-dose'), valueQuantity: quantity(180, '10*6') }],
      }),
    );
    expect(record.courses[0]?.infusion.dosePerKg).toBe(dosePerKg);
    expect(record.courses[0]?.infusion.doseAbsolute).toBe(180);
  });
});

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
    ['cytomegalovirus', condition(`${GM}|B25.0`), 'infections', [{ class: 'VIRAL' }]],
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
    const record = map(resource);
    expect(at(record, `observations.${list}`)).toEqual(expected.map((fact) => ({ ...DAY, ...fact })));
    expect(record.findings).toEqual([]);
  });

  it('an injury of another chapter is no infection', () => {
    expect(map(condition(`${ICD}|J45.909`)).observations.infections).toEqual([]);
  });

  it('a stay in intensive care, by the kind of its place', () => {
    const ward = (id: string, code: string): Resource =>
      ({
        resourceType: 'Location',
        id,
        type: [concept(`http://terminology.hl7.org/CodeSystem/v3-RoleCode|${code}`)],
      }) as Resource;
    const record = map(
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
    expect(at(record, 'observations.intensiveCare')).toEqual([{ ...DAY, endDate: '2022-03-04' }]);
  });

  it('exposure to fludarabine belongs to the nearest course', () => {
    const record = map(
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
    const record = map(
      observation('observation|ice-score', { id: 'a', valueInteger: 7 }),
      observation('observation|neuro-assessment', {
        id: 'b',
        component: [part('motor', { valueCodeableConcept: concept('motor|none') })],
      }),
    );
    expect(at(record, 'observations.neuroAssessments')).toEqual([{ ...DAY, ice: 7, motor: 'NONE' }]);
  });
});
