import type { Resource } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
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
  system,
} from '../support/fhir-shapes.ts';

let mappings: Mappings;
beforeAll(async () => {
  mappings = await loadMappings('mappings');
});

function map(...resources: readonly Resource[]): CohortRecord {
  return mapPerson(
    [PATIENT, ...resources].map((resource) => ({ resource, site: 'a', receivedOn: '2025-01-01' })),
    mappings,
  );
}

/** The element of the record at a dotted path, without sources. */
function at(record: CohortRecord, path: string): unknown {
  let found: unknown = withoutSources(record);
  for (const name of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[name];
  return found;
}

const codes = (record: CohortRecord): string[] => record.findings.map(({ code }) => code).toSorted();

const MARROW = {
  contained: [{ resourceType: 'Specimen', id: 's', type: concept('specimen|marrow') }],
  specimen: { reference: '#s' },
};
const infused = (date = '2022-01-01'): Resource =>
  about('MedicationAdministration', {
    id: 'infusion',
    status: 'completed',
    medicationCodeableConcept: concept(`${ATC}|L01XL04`),
    effectiveDateTime: date,
  });

describe('the native shape and the US Core shape of each fact', () => {
  it.each<[string, Resource[], string, unknown]>([
    ['birth and sex', [], 'patient', { birthDate: { value: '2012-05-06' }, sex: { value: 'FEMALE' } }],
    [
      'disease status with details',
      [
        observation('observation|disease-status', {
          valueCodeableConcept: concept('disease-status|relapse'),
          component: [
            { code: concept('component|relapse-site'), valueCodeableConcept: concept('site|testis') },
            { code: concept('component|relapse-site'), valueCodeableConcept: concept('site|cns') },
            { code: concept('component|cd19-class'), valueCodeableConcept: concept('cd19-class|dim') },
            { code: concept('component|lineage-switch'), valueBoolean: true },
          ],
        }),
      ],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE', sites: ['CNS', 'TESTIS'], cd19: 'DIM', lineageSwitch: true }],
    ],
    [
      'CRi',
      [observation('observation|disease-status', { valueCodeableConcept: concept('disease-status|CRi') })],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'CRI' }],
    ],
    [
      'remission by C91.01',
      [condition(`${ICD}|C91.01`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'REMISSION' }],
    ],
    [
      'relapse by C91.02',
      [condition(`${ICD}|C91.02`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE' }],
    ],
    [
      'relapse by C91.02 is also the diagnosis, undated',
      [condition(`${ICD}|C91.02`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED' }],
    ],
    [
      'relapse by SNOMED after transplantation',
      [condition(`${SNOMED}|234522008`)],
      'observations.diseaseStatus',
      [{ date: '2022-03-01', status: 'RELAPSE' }],
    ],
    [
      'diagnosis, native',
      [condition('condition|b-all')],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', date: '2022-03-01' }],
    ],
    [
      'diagnosis, SNOMED',
      [condition(`${SNOMED}|277571004`)],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'CONFIRMED', date: '2022-03-01' }],
    ],
    [
      'diagnosis, refuted',
      [condition('condition|b-all', { verificationStatus: { coding: [{ code: 'refuted' }] } })],
      'disease.diagnoses',
      [{ kind: 'B_ALL', verification: 'REFUTED', date: '2022-03-01' }],
    ],
    [
      'marrow blasts',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(12, '%') })],
      'observations.marrowBlasts',
      [{ date: '2022-03-01', percent: 12 }],
    ],
    [
      'marrow blasts as a bound',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(5, '%', '<') })],
      'observations.marrowBlasts',
      [{ date: '2022-03-01', percent: 5, comparator: '<' }],
    ],
    [
      'blood blasts are not marrow',
      [observation(`${LOINC}|26446-5`, { valueQuantity: quantity(12, '%') })],
      'observations.marrowBlasts',
      [],
    ],
    [
      'MRD as a fraction',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|flow-cytometry'),
          valueQuantity: quantity(0.0003, '1'),
          component: [{ code: concept('component|mrd-sensitivity'), valueQuantity: quantity(0.0001, '1') }],
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'FCM', specimen: 'MARROW', value: 0.0003, sensitivity: 0.0001 }],
    ],
    [
      'MRD in percent, below',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|ngs'),
          valueQuantity: quantity(0.0001, '%', '<'),
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'NGS', specimen: 'MARROW', value: 0.000001, comparator: '<' }],
    ],
    [
      'MRD as text',
      [observation('observation|mrd', { method: concept('mrd-method|ngs'), valueString: '<1e-6' })],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'NGS', specimen: 'UNKNOWN', value: 0.000001, comparator: '<' }],
    ],
    [
      'MRD as a verdict',
      [
        observation('observation|mrd', {
          ...MARROW,
          method: concept('mrd-method|rq-pcr-ig-tr'),
          valueCodeableConcept: concept('mrd-call|positive-not-quantifiable'),
        }),
      ],
      'observations.mrd',
      [{ date: '2022-03-01', method: 'RQ_PCR', specimen: 'MARROW', call: 'POSITIVE_NOT_QUANTIFIABLE' }],
    ],
    [
      'B cells, native',
      [observation('observation|b-cells-percent-of-leukocytes', { valueQuantity: quantity(0.4, '%') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PERCENT_OF_LEUKOCYTES', specimen: 'BLOOD', value: 0.4 }],
    ],
    [
      'B cells, LOINC percent',
      [observation(`${LOINC}|8117-4`, { valueQuantity: quantity(2.5, '%') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PERCENT_OF_LYMPHOCYTES', specimen: 'BLOOD', value: 2.5 }],
    ],
    [
      'B cells, LOINC count',
      [observation(`${LOINC}|8116-6`, { valueQuantity: quantity(0.012, '10*9/L') })],
      'observations.bCells',
      [{ date: '2022-03-01', measure: 'PER_MICROLITRE', specimen: 'BLOOD', value: 12 }],
    ],
    [
      'vital status',
      [
        observation('observation|vital-status', {
          valueCodeableConcept: concept('vital-status|self-discharged'),
        }),
      ],
      'followUp.vitalStatus',
      [{ date: '2022-03-01', status: 'SELF_DISCHARGED' }],
    ],
    [
      'cause of death dates the death',
      [observation('observation|cause-of-death', { valueCodeableConcept: concept('death-cause|infection') })],
      'followUp.death',
      { date: '2022-03-01', cause: 'INFECTION' },
    ],
    [
      'assertion, yes',
      [observation('observation|fit-for-hct', { valueBoolean: true })],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'FIT_FOR_HCT', answer: 'YES' }],
    ],
    [
      'assertion, never',
      [observation('observation|prior-allogeneic-hct', { valueBoolean: false })],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'PRIOR_ALLOGENEIC_HCT', answer: 'NO' }],
    ],
    [
      'assertion, not known',
      [
        observation('observation|hct-desired', {
          dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|asked-unknown'),
        }),
      ],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'HCT_DESIRED', answer: 'UNKNOWN' }],
    ],
    [
      'assertion, coded',
      [
        observation('observation|blinatumomab-response', {
          valueCodeableConcept: concept('blinatumomab-response|non-response'),
        }),
      ],
      'observations.assertions',
      [{ date: '2022-03-01', question: 'BLINATUMOMAB_RESPONSE', answer: 'NON_RESPONSE' }],
    ],
    [
      'cytogenetics',
      [
        observation('observation|cytogenetic-marker', {
          valueCodeableConcept: concept('marker|KMT2A-rearrangement'),
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'KMT2A_REARRANGEMENT', present: true, date: '2022-03-01' }],
    ],
    [
      'cytogenetics, excluded',
      [
        observation('observation|cytogenetic-marker', {
          valueCodeableConcept: concept('marker|TP53-mutation'),
          component: [{ code: concept('component|marker-present'), valueBoolean: false }],
        }),
      ],
      'disease.cytogenetics',
      [{ marker: 'TP53_MUTATION', present: false, date: '2022-03-01' }],
    ],
    [
      'infusion by CPT',
      [procedure(`${CPT}|38228`)],
      'courses',
      [{ number: 1, infusion: { date: '2022-03-01' }, product: { code: 'UNKNOWN' }, lymphodepletion: [] }],
    ],
    [
      'infusion by ICD-10-PCS',
      [procedure('http://www.cms.gov/Medicare/Coding/ICD10|XW033M7')],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01' },
          product: { code: 'brexucabtagene-autoleucel' },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion by trade name alone',
      [
        about('MedicationAdministration', {
          status: 'completed',
          medicationCodeableConcept: { text: 'Kymriah' },
          effectivePeriod: { start: '2022-03-01T23:40:00+01:00' },
        }),
      ],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01', time: '23:40:00+01:00', epochMinute: 27_436_240 },
          product: { code: 'tisagenlecleucel' },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion, native, with product and dose',
      [
        {
          resourceType: 'BiologicallyDerivedProduct',
          id: 'bag',
          productCode: concept('product|nih-cd19-28z'),
          identifier: [{ value: 'LOT7' }],
          extension: [
            {
              url: extensionUrl('costimulatory-domain'),
              valueCodeableConcept: concept('costimulation|CD28'),
            },
            {
              url: extensionUrl('cell-source'),
              valueCodeableConcept: concept('cell-source|prior-hct-donor'),
            },
          ],
        } as Resource,
        procedure('procedure|car-t-infusion', {
          extension: [
            {
              url: extensionUrl('car-t-product'),
              valueReference: { reference: 'BiologicallyDerivedProduct/bag' },
            },
            { url: extensionUrl('car-t-dose'), valueQuantity: quantity(3.1, '10*6/kg') },
            { url: extensionUrl('car-t-dose'), valueQuantity: quantity(93, '10*6') },
          ],
        }),
      ],
      'courses',
      [
        {
          number: 1,
          infusion: { date: '2022-03-01', dosePerKg: 3.1, doseAbsolute: 93 },
          product: {
            code: 'nih-cd19-28z',
            costimulation: ['CD28'],
            cellSource: 'PRIOR_HCT_DONOR',
            lot: 'LOT7',
          },
          lymphodepletion: [],
        },
      ],
    ],
    [
      'infusion not done',
      [procedure('procedure|car-t-infusion', { status: 'not-done' })],
      'observations.collections',
      [{ date: '2022-03-01', kind: 'INFUSION_NOT_DONE' }],
    ],
    [
      'infusion not done is no course',
      [procedure('procedure|car-t-infusion', { status: 'not-done' })],
      'courses',
      [],
    ],
    [
      'transplantation, native',
      [
        procedure('procedure|allogeneic-hct', {
          extension: [
            { url: extensionUrl('hct-donor'), valueCodeableConcept: concept('hct-donor|haplo') },
            { url: extensionUrl('hct-conditioning'), valueCodeableConcept: concept('conditioning|TBI-MAC') },
            { url: extensionUrl('hct-conditioning-start'), valueDate: '2022-02-22' },
          ],
        }),
      ],
      'hcts',
      [
        {
          date: '2022-03-01',
          kind: 'ALLOGENEIC',
          donor: 'HAPLO',
          conditioning: 'TBI_MAC',
          conditioningStart: '2022-02-22',
        },
      ],
    ],
    [
      'transplantation, CPT',
      [procedure(`${CPT}|38240`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'ALLOGENEIC' }],
    ],
    [
      'SNOMED 425983008 is autologous',
      [procedure(`${SNOMED}|425983008`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'AUTOLOGOUS' }],
    ],
    [
      'a code that does not say whose cells',
      [procedure(`${SNOMED}|234336002`)],
      'hcts',
      [{ date: '2022-03-01', kind: 'UNKNOWN' }],
    ],
    [
      'the more precise of two codes',
      [procedure(`${SNOMED}|234336002`, { code: concept(`${SNOMED}|234336002`, `${CPT}|38240`) })],
      'hcts',
      [{ date: '2022-03-01', kind: 'ALLOGENEIC' }],
    ],
    [
      'therapy before the infusion',
      [administration(`${RXNORM}|1597258`, { effectiveDateTime: '2021-02-03' })],
      'priorTherapies',
      [{ kind: 'BLINATUMOMAB', agent: 'blinatumomab', date: '2021-02-03' }],
    ],
    [
      'therapy by a referenced drug',
      [
        { resourceType: 'Medication', id: 'm', code: concept(`${ATC}|L01FB01`) } as Resource,
        about('MedicationAdministration', {
          status: 'completed',
          medicationReference: { reference: 'https://ehr.example.org/fhir/Medication/m/_history/3' },
          effectiveDateTime: '2022-03-01',
        }),
      ],
      'priorTherapies',
      [{ kind: 'INOTUZUMAB', agent: 'inotuzumab-ozogamicin', date: '2022-03-01' }],
    ],
    [
      'therapy with intent and reason after the infusion',
      [
        infused(),
        administration('agent|dasatinib', {
          effectiveDateTime: undefined,
          effectivePeriod: { start: '2022-05-01', end: '2022-09-30' },
          extension: [
            {
              url: extensionUrl('therapy-intent'),
              valueCodeableConcept: concept('therapy-intent|maintenance'),
            },
            { url: extensionUrl('therapy-reason'), valueCodeableConcept: concept('therapy-reason|planned') },
          ],
        }),
      ],
      'laterTherapies',
      [
        {
          kind: 'TYROSINE_KINASE_INHIBITOR',
          agent: 'dasatinib',
          date: '2022-05-01',
          endDate: '2022-09-30',
          intent: 'MAINTENANCE',
          reason: 'PLANNED',
          course: 1,
        },
      ],
    ],
    [
      'donor lymphocytes',
      [infused(), procedure('procedure|donor-lymphocyte-infusion')],
      'laterTherapies',
      [{ kind: 'DLI', date: '2022-03-01', intent: 'NEW_THERAPY', course: 1 }],
    ],
    [
      'fludarabine before the infusion is lymphodepletion',
      [infused(), administration(`${RXNORM}|24698`, { effectiveDateTime: '2021-12-27' })],
      'courses.0.lymphodepletion',
      [{ agent: 'fludarabine', date: '2021-12-27' }],
    ],
    [
      'second malignancy, native',
      [
        infused(),
        condition('condition|second-malignancy', {
          extension: [
            {
              url: extensionUrl('malignancy-class'),
              valueCodeableConcept: concept('malignancy-class|t-cell'),
            },
          ],
        }),
      ],
      'followUp.secondMalignancies',
      [{ date: '2022-03-01', kind: 'T_CELL' }],
    ],
    [
      'second malignancy, ICD-10-CM',
      [infused(), condition(`${ICD}|C73`)],
      'followUp.secondMalignancies',
      [{ date: '2022-03-01', kind: 'UNSPECIFIED' }],
    ],
    [
      'a malignancy before the infusion is not the second',
      [infused(), condition(`${ICD}|C73`, { onsetDateTime: '2021-03-01' })],
      'followUp.secondMalignancies',
      [],
    ],
    ['a secondary site is none', [infused(), condition(`${ICD}|C79.31`)], 'followUp.secondMalignancies', []],
    [
      'leukaemia of the same lineage is none',
      [infused(), condition(`${ICD}|C91.00`)],
      'followUp.secondMalignancies',
      [],
    ],
  ])('%s', (_, resources, path, expected) => {
    expect(at(map(...resources), path)).toEqual(expected);
  });
});

/** A relapse as billing writes it: no onset, the day of recording only. */
const billed = (id: string, recordedDate: string, code = 'C91.02'): Resource =>
  about('Condition', {
    id,
    code: concept(`${ICD}|${code}`),
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-category',
            code: 'encounter-diagnosis',
          },
        ],
      },
    ],
    recordedDate,
  });

describe('diagnoses that billing repeats', () => {
  it('are no new relapse where one was recorded before', () => {
    const record = map(
      infused('2024-01-01'),
      condition(`${ICD}|C91.02`, { id: 'onset', onsetDateTime: '2023-10-10' }),
      billed('visit-1', '2024-03-20'),
      billed('visit-2', '2024-04-20'),
    );
    expect(record.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2023-10-10']);
    expect(record.observations.diseaseStatus[0]?.sources.map(({ reference }) => reference)).toEqual([
      'Condition/onset',
      'Condition/visit-1',
      'Condition/visit-2',
    ]);
    expect(codes(record).filter((code) => code === 'diagnosis-repeated')).toHaveLength(2);
  });

  it('are a relapse where it is the first of its kind, or has an onset', () => {
    const first = map(infused('2024-01-01'), billed('visit', '2024-03-20'));
    expect(first.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2024-03-20']);
    const second = map(
      condition(`${ICD}|C91.02`, { id: 'a', onsetDateTime: '2023-10-10' }),
      condition(`${ICD}|C91.02`, { id: 'b', onsetDateTime: '2024-06-10' }),
    );
    expect(second.observations.diseaseStatus.map(({ date }) => date)).toEqual(['2023-10-10', '2024-06-10']);
  });

  it.each([
    ['recorded before the infusion already', ['2022-06-01', '2024-06-01'], []],
    ['repeated after the infusion', ['2024-06-01', '2024-09-01'], ['2024-06-01']],
  ])('a malignancy %s', (_, recorded, expected) => {
    const record = map(
      infused('2024-01-01'),
      ...recorded.map((date, index) => billed(`c73-${index}`, date, 'C73')),
    );
    expect(record.followUp.secondMalignancies.map(({ date }) => date)).toEqual(expected);
  });

  it('keeps what is known to the year of the infusion only, where it is imputed', () => {
    const record = map(
      infused('2024-03-01'),
      condition('condition|second-malignancy', { onsetDateTime: '2024' }),
      administration('agent|blinatumomab', { effectiveDateTime: '2024' }),
    );
    expect(record.followUp.secondMalignancies.map(({ date }) => date)).toEqual(['2024']);
    expect([record.priorTherapies.length, record.laterTherapies.length]).toEqual([0, 1]);
  });

  it('a lymphoblastic lymphoma may be of the same lineage', () => {
    expect(
      map(infused('2024-01-01'), billed('l', '2024-06-01', 'C83.50')).followUp.secondMalignancies,
    ).toEqual([]);
  });
});

describe('drugs and doses', () => {
  it('reads what a medication is made of where it has no code, and only the one referred to', () => {
    const drug = (id: string, content: object): object => ({ resourceType: 'Medication', id, ...content });
    const record = map(
      about('MedicationAdministration', {
        status: 'completed',
        contained: [
          drug('bag', { ingredient: [{ itemCodeableConcept: concept(`${ATC}|L01XL04`) }] }),
          drug('other', { code: concept(`${ATC}|L01XL06`) }),
        ],
        medicationReference: { reference: '#bag' },
        effectiveDateTime: '2024-01-01',
      }),
    );
    expect(record.courses.map(({ product }) => product.code)).toEqual(['tisagenlecleucel']);
  });

  it('takes the larger of two doses of one infusion, and says so', () => {
    const dose = (id: string, value: number): Resource =>
      about('MedicationAdministration', {
        id,
        status: 'completed',
        medicationCodeableConcept: concept(`${ATC}|L01XL04`),
        effectiveDateTime: '2024-01-01',
        dosage: { dose: quantity(value, '10*6') },
      });
    const record = map(dose('a', 100), dose('b', 180));
    expect(record.courses[0]?.infusion.doseAbsolute).toBe(180);
    expect(codes(record)).toEqual(['values-conflict']);
  });

  it.each([
    ['30243U3', 'ALLOGENEIC'],
    ['30230Y1', 'ALLOGENEIC'],
    ['30240G0', 'AUTOLOGOUS'],
  ])('ICD-10-PCS %s is %s', (code, kind) => {
    const record = map(procedure(`http://www.cms.gov/Medicare/Coding/ICD10|${code}`));
    expect(record.hcts.map((hct) => hct.kind)).toEqual([kind]);
  });
});

describe('what status says', () => {
  const blasts = (status: string): Resource =>
    observation(`${LOINC}|11150-0`, { status, valueQuantity: quantity(12, '%') });

  it.each([
    ['final', 1, []],
    ['amended', 1, []],
    ['corrected', 1, []],
    ['preliminary', 1, ['status-preliminary']],
    ['registered', 0, []],
    ['cancelled', 0, []],
    ['entered-in-error', 0, []],
    ['unknown', 0, []],
  ])('an observation that is %s gives %i facts', (status, count, findings) => {
    const record = map(blasts(status));
    expect(record.observations.marrowBlasts).toHaveLength(count);
    expect(codes(record)).toEqual(findings);
  });

  it.each(['unconfirmed', 'provisional', 'differential'])(
    'a condition that is %s is a finding and no fact',
    (code) => {
      const record = map(condition('condition|b-all', { verificationStatus: { coding: [{ code }] } }));
      expect(record.disease.diagnoses).toEqual([]);
      expect(codes(record)).toEqual(['status-unconfirmed']);
    },
  );

  it('never maps what Cartograph derived', () => {
    const tag = [{ system: system('tag'), code: 'derived' }];
    expect(map(procedure(`${CPT}|38228`, { meta: { tag } })).courses).toEqual([]);
  });
});

describe('findings', () => {
  it.each<[string, Resource[], string[]]>([
    [
      'a unit that does not convert',
      [observation(`${LOINC}|8116-6`, { valueQuantity: quantity(5, 'mg/dL') })],
      ['unit-unknown'],
    ],
    [
      'a unit by its text',
      [observation(`${LOINC}|8116-6`, { valueQuantity: { value: 5, unit: 'cells/uL' } })],
      ['unit-by-text'],
    ],
    [
      'a percentage over 100',
      [observation(`${LOINC}|11150-0`, { valueQuantity: quantity(120, '%') })],
      ['value-out-of-range'],
    ],
    [
      'a code of a hospital that nobody mapped',
      [observation('observation|disease-status', { valueCodeableConcept: concept('urn:local|77') })],
      ['code-unmapped'],
    ],
    [
      'a watched word without a map',
      [observation('urn:local|99', { code: { text: 'Minimal residual disease, flow' } })],
      ['code-unmapped'],
    ],
    [
      'nothing for what is no business of ours',
      [observation('http://loinc.org|8302-2', { valueQuantity: quantity(120, 'cm') })],
      [],
    ],
    [
      'a missing date',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: undefined, valueQuantity: quantity(12, '%') })],
      ['date-missing'],
    ],
    [
      'a date of recording only',
      [condition(`${ICD}|C91.02`, { onsetDateTime: undefined, recordedDate: '2022-03-01' })],
      ['date-recorded-only'],
    ],
    [
      'a month',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: '2022-03', valueQuantity: quantity(12, '%') })],
      ['date-imprecise'],
    ],
    [
      'a product named in text',
      [
        about('MedicationAdministration', {
          status: 'completed',
          medicationCodeableConcept: { text: 'Kymriah' },
          effectiveDateTime: '2022-03-01',
        }),
      ],
      ['matched-by-text'],
    ],
    ['an infusion without product', [procedure(`${CPT}|38228`)], ['infusion-without-product']],
    [
      'LOINC 8117-4, once a site',
      [
        observation(`${LOINC}|8117-4`, { valueQuantity: quantity(1, '%') }),
        observation(`${LOINC}|8117-4`, { id: 'r2', valueQuantity: quantity(2, '%') }),
      ],
      ['code-inexact'],
    ],
    [
      'instants in UTC, once a site',
      [
        observation(`${LOINC}|11150-0`, {
          effectiveDateTime: '2022-03-01T22:00:00Z',
          valueQuantity: quantity(2, '%'),
        }),
        observation(`${LOINC}|11150-0`, {
          id: 'r2',
          effectiveDateTime: '2022-04-01T22:00:00Z',
          valueQuantity: quantity(2, '%'),
        }),
      ],
      ['date-in-utc'],
    ],
    [
      'never transplanted, and a transplantation',
      [
        infused(),
        procedure(`${CPT}|38240`, { performedDateTime: '2020-03-01' }),
        observation('observation|prior-allogeneic-hct', { valueBoolean: false }),
      ],
      ['assertion-contradicted'],
    ],
    [
      'blinatumomab after it was said that there had been none',
      [
        infused('2021-01-01'),
        administration('agent|blinatumomab', {
          extension: [
            {
              url: extensionUrl('therapy-intent'),
              valueCodeableConcept: concept('therapy-intent|new-therapy'),
            },
          ],
        }),
        observation('observation|blinatumomab-exposure', {
          valueBoolean: false,
          effectiveDateTime: '2021-12-01',
        }),
      ],
      [],
    ],
    [
      'an intent that nobody gave',
      [infused('2021-01-01'), administration('agent|blinatumomab')],
      ['therapy-intent-assumed'],
    ],
    [
      'never transplanted before, and a transplantation after',
      [
        infused(),
        procedure(`${CPT}|38240`),
        observation('observation|prior-allogeneic-hct', { valueBoolean: false }),
      ],
      [],
    ],
    [
      'dated after it was received',
      [observation(`${LOINC}|11150-0`, { effectiveDateTime: '2031-03-01', valueQuantity: quantity(2, '%') })],
      ['date-in-future'],
    ],
    [
      'a value that cannot be read',
      [observation(`${LOINC}|11150-0`, { valueString: 'many' })],
      ['value-unreadable'],
    ],
    [
      'an explicit "not known" is none',
      [
        observation(`${LOINC}|11150-0`, {
          dataAbsentReason: concept('http://terminology.hl7.org/CodeSystem/data-absent-reason|unknown'),
        }),
      ],
      [],
    ],
  ])('%s', (_, resources, expected) => {
    expect(codes(map(...resources))).toEqual(expected);
  });
});

describe('death and last contact', () => {
  const dead = (content: object): CohortRecord =>
    mapPerson([{ resource: { ...PATIENT, ...content } as Resource, site: 'a' }], mappings);

  it('is dead on the day', () => {
    expect(at(dead({ deceasedDateTime: '2022-07-14T03:00:00+02:00' }), 'followUp.death')).toEqual({
      date: '2022-07-14',
    });
  });

  it('is dead on an unknown day', () => {
    const record = dead({ deceasedBoolean: true });
    expect(at(record, 'followUp.death')).toEqual({});
    expect(codes(record)).toEqual(['death-undated']);
  });

  it('is not dead', () => {
    expect(at(dead({ deceasedBoolean: false }), 'followUp.death')).toBeUndefined();
  });

  it('takes the earlier of two dates, and says so', () => {
    const record = mapPerson(
      [
        { resource: { ...PATIENT, deceasedDateTime: '2022-07-14' } as Resource, site: 'a' },
        {
          resource: { resourceType: 'Patient', id: 'q', deceasedDateTime: '2022-07-16' } as Resource,
          site: 'b',
        },
      ],
      mappings,
    );
    expect(at(record, 'followUp.death.date')).toBe('2022-07-14');
    expect(codes(record)).toEqual(['values-conflict']);
  });

  it('takes the latest vital status before anything derived', () => {
    const record = map(
      observation('observation|vital-status', { valueCodeableConcept: concept('vital-status|alive') }),
      about('Encounter', { id: 'e', status: 'finished', period: { start: '2023-01-01' } }),
    );
    expect(record.followUp.lastContact?.date).toBe('2022-03-01');
  });

  it.each([
    [
      'an encounter, by its end',
      about('Encounter', { status: 'finished', period: { start: '2023-01-01', end: '2023-01-09' } }),
      '2023-01-09',
    ],
    [
      'no planned encounter',
      about('Encounter', { status: 'planned', period: { start: '2023-01-01' } }),
      undefined,
    ],
    [
      'no cancelled encounter',
      about('Encounter', { status: 'cancelled', period: { start: '2023-01-01' } }),
      undefined,
    ],
    ['an unrelated observation', observation('http://loinc.org|8302-2', {}), '2022-03-01'],
    [
      'nothing dated after it was received',
      observation('http://loinc.org|8302-2', { effectiveDateTime: '2031-01-01' }),
      undefined,
    ],
  ])('else derives it from %s', (_, resource, expected) => {
    const { lastContact } = map(resource).followUp;
    expect(lastContact?.date).toBe(expected);
    if (expected !== undefined) expect(lastContact?.sources[0]?.flags).toEqual(['DERIVED']);
  });
});

it('keeps the source of a fact: resource, version, element, site, author', () => {
  const record = map(
    observation('observation|fit-for-hct', {
      id: 'fit',
      meta: { versionId: '3' },
      valueBoolean: true,
      performer: [{ reference: 'Practitioner/x' }],
    }),
  );
  expect(record.observations.assertions[0]?.sources).toEqual([
    {
      reference: 'Observation/fit',
      versionId: '3',
      path: 'Observation.valueBoolean',
      site: 'a',
      author: 'Practitioner/x',
    },
  ]);
});
