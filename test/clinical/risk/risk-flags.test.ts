import { prepareBCellAplasia } from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import { RISK_FLAGS } from '../../../src/clinical/risk/risk-flag-definitions.ts';
import { deriveRiskFlags, type RiskFlag } from '../../../src/clinical/risk/risk-flags.ts';
import type {
  Assertion,
  CohortRecord,
  Course,
  Observations,
} from '../../../src/cohort/cohort-record.generated.ts';
import {
  answered,
  bCellsOn,
  blastsOn,
  courseOn,
  from,
  hctOn,
  infusedOn,
  mrdOn,
  type RecordParts,
  recordOf,
  statusOn,
  therapyOn,
} from '../../support/record-builder.ts';
import { INFUSION, lab, when } from '../../support/toxicity-facts.ts';

function record(parts: RecordParts = {}, more: Partial<CohortRecord> = {}): CohortRecord {
  return { ...recordOf({ courses: infusedOn(INFUSION), lastContact: '2026-01-01', ...parts }), ...more };
}

function course(more: Partial<Course>): Course {
  return { ...courseOn(1, INFUSION, 'tisagenlecleucel'), ...more };
}

function flagOf(id: string, of: CohortRecord, overrides: ParameterOverrides = {}): RiskFlag | undefined {
  const frame = frameCourse(of, 1);
  if (frame === undefined) throw new Error('the infusion is dated');
  return deriveRiskFlags(frame, prepareBCellAplasia(of, 1)('BCA_WH_STRICT'), overrides).find(
    ({ definition }) => definition === id,
  );
}

describe('risk flags', () => {
  it('every flag is there once, in order, with its published effects', () => {
    const frame = frameCourse(record(), 1);
    const flags = frame && deriveRiskFlags(frame, prepareBCellAplasia(record(), 1)('BCA_WH_STRICT'));
    expect(flags?.map(({ definition }) => definition)).toEqual(RISK_FLAGS.map(({ id }) => id));
    expect(flags?.every(({ status }) => status === 'UNKNOWN')).toBe(true);
  });

  it.each([
    ['RF_HIGH_BURDEN_GE5', 5, 'MET'],
    ['RF_HIGH_BURDEN_GE5', 4.9, 'NOT_MET'],
    ['RF_HIGH_BURDEN_GT5', 5, 'NOT_MET'],
    ['RF_HIGH_BURDEN_GT5', 5.1, 'MET'],
    ['RF_HIGH_BURDEN_GT40', 40, 'NOT_MET'],
    ['RF_HIGH_BURDEN_GT40', 41, 'MET'],
    ['RF_HIGH_BURDEN_GE1', 1, 'MET'],
    ['RF_HIGH_BURDEN_GE1', 0.9, 'NOT_MET'],
    ['RF_ANTIGEN_LOSS_RISK', 6, 'MET'],
    ['RF_BLAST_PCT', 6, 'UNKNOWN'],
  ])('%s at %d %%: %s', (id, percent, expected) => {
    const flag = flagOf(id, record({ blasts: [blastsOn('2024-02-20', percent)] }));
    expect(flag?.status).toBe(expected);
    expect(flag?.evidence).toHaveLength(1);
  });

  it('marrow after lymphodepletion began, or too old, is not the burden before it', () => {
    const lymphodepletion = [
      { agent: 'fludarabine', date: '2024-02-28', sources: from('MedicationAdministration/ld') },
    ];
    const of = (date: string) =>
      flagOf(
        'RF_HIGH_BURDEN_GE5',
        record({ courses: [course({ lymphodepletion })], blasts: [blastsOn(date, 50)] }),
      );
    expect(of('2024-02-28')?.status).toBe('MET');
    expect(of('2024-02-29')?.status).toBe('UNKNOWN');
    expect(of('2023-11-30')?.status).toBe('MET');
    expect(of('2023-11-29')?.status).toBe('UNKNOWN');
  });

  it.each([
    [13.79, 'MET', 'MET'],
    [13.8, 'NOT_MET', 'MET'],
    [14, 'NOT_MET', 'NOT_MET'],
  ])('fludarabine AUC %d', (auc, below13, below14) => {
    const of = record({
      courses: [course({ fludarabineExposure: { auc, sources: from('Observation/auc') } })],
    });
    expect(flagOf('RF_FLU_SUBOPT_13_8', of)?.status).toBe(below13);
    expect(flagOf('RF_FLU_SUBOPT_14', of)?.status).toBe(below14);
  });

  it.each([
    ['less than six months', '2023-12-31', 'AUTOLOGOUS', 'MET'],
    ['exactly six months', '2024-01-01', 'AUTOLOGOUS', 'NOT_MET'],
    ['donor-derived', '2023-12-31', 'PRIOR_HCT_DONOR', 'NOT_MET'],
    ['source unknown', '2023-12-31', undefined, 'UNKNOWN'],
  ] as const)('relapse after HCT: %s', (_, relapse, cellSource, expected) => {
    const product = { code: 'tisagenlecleucel', ...(cellSource === undefined ? {} : { cellSource }) };
    const of = record({
      courses: [course({ product })],
      hcts: [hctOn('2023-07-01')],
      statuses: [statusOn(relapse, 'RELAPSE')],
    });
    expect(flagOf('RF_EARLY_POST_HCT_RELAPSE', of)?.status).toBe(expected);
  });

  it.each([
    [
      'RF_BCA_LOSS_6M',
      [
        ['2024-04-01', 0.1],
        ['2024-09-03', 5],
      ],
      'MET',
    ],
    [
      'RF_BCA_LOSS_6M',
      [
        ['2024-04-01', 0.1],
        ['2024-09-04', 5],
      ],
      'UNKNOWN',
    ],
    [
      'RF_BCA_LOSS_6M',
      [
        ['2024-09-10', 0.1],
        ['2024-10-04', 5],
      ],
      'NOT_MET',
    ],
    [
      'RF_BCA_LOSS_12M',
      [
        ['2024-04-01', 0.1],
        ['2024-10-04', 5],
      ],
      'MET',
    ],
    [
      'RF_BCA_LOSS_ANY',
      [
        ['2024-04-01', 0.1],
        ['2025-10-04', 5],
      ],
      'MET',
    ],
    ['RF_BCA_LOSS_ANY', [['2024-04-01', 0.1]], 'UNKNOWN'],
    ['RF_BCA_LOSS_6M', [['2024-09-10', 0.1]], 'NOT_MET'],
  ] as const)('%s %j: %s', (id, samples, expected) => {
    const of = record({ bCells: samples.map(([date, value]) => bCellsOn(date, value)) });
    expect(flagOf(id, of)?.status).toBe(expected);
  });

  it('blinatumomab: exposure and failure are two questions', () => {
    const given = record({}, { priorTherapies: [therapyOn('2023-06-01', 'BLINATUMOMAB')] });
    expect(flagOf('RF_BLINA_EXPOSURE', given)?.status).toBe('MET');
    expect(flagOf('RF_BLINA_NONRESPONSE', given)?.status).toBe('UNKNOWN');
    const never = record({ observations: { assertions: [answered('BLINATUMOMAB_EXPOSURE', 'NO')] } });
    expect(flagOf('RF_BLINA_NONRESPONSE', never)?.status).toBe('NOT_MET');
    const failed = record({
      observations: { assertions: [answered('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE')] },
    });
    expect(flagOf('RF_BLINA_NONRESPONSE', failed)?.status).toBe('MET');
  });

  it('the dose has no published cut-off', () => {
    const of = record({
      courses: [course({ infusion: { date: INFUSION, dosePerKg: 2, sources: from('Procedure/i') } })],
    });
    expect(flagOf('RF_LOW_DOSE', of)).toMatchObject({ status: 'UNKNOWN', observed: '2 10*6/kg' });
    expect(flagOf('RF_LOW_DOSE', of, { lowDoseBelow: 2 })?.status).toBe('NOT_MET');
    expect(flagOf('RF_LOW_DOSE', of, { lowDoseBelow: 2.1 })?.status).toBe('MET');
  });

  it('the others', () => {
    const of = record(
      {
        mrd: [mrdOn('2024-02-20', 'POSITIVE', { value: 1e-3 })],
        statuses: [statusOn('2024-02-10', 'RELAPSE', { sites: ['CNS'] })],
        observations: { laboratory: [lab(when(3), 'il-6', 900, { upperLimit: 7 })] },
      },
      {
        patient: { sex: { value: 'MALE', sources: from('Patient/example') } },
        disease: {
          diagnoses: [],
          cytogenetics: [
            { marker: 'TP53_MUTATION', present: false, sources: from('Observation/tp53') },
            { marker: 'KMT2A_REARRANGEMENT', present: true, sources: from('Observation/kmt2a') },
          ],
        },
        priorTherapies: [therapyOn('2023-06-01', 'INOTUZUMAB')],
      },
    );
    const status = (id: string) => flagOf(id, of)?.status;
    expect(status('RF_MRD_GE_1E3')).toBe('MET');
    expect(status('RF_SEX_MALE')).toBe('MET');
    expect(status('RF_IL6_RISE')).toBe('MET');
    expect(status('RF_TP53')).toBe('NOT_MET');
    expect(status('RF_KMT2A')).toBe('MET');
    expect(status('RF_ANTIGEN_LOSS_RISK')).toBe('MET');
    expect(status('RF_PRIOR_CD22')).toBe('MET');
    expect(status('RF_ACTIVE_EMD')).toBe('MET');
    expect(status('RF_ISOLATED_CNS')).toBe('MET');
  });
});

describe('relapse soon after HCT, first to last', () => {
  const RELAPSE = statusOn('2023-12-31', 'RELAPSE');
  const of = (parts: RecordParts) =>
    flagOf(
      'RF_EARLY_POST_HCT_RELAPSE',
      record({
        courses: [course({ product: { code: 'tisagenlecleucel', cellSource: 'AUTOLOGOUS' } })],
        ...parts,
      }),
    );

  it.each<[string, RecordParts, string, string | undefined]>([
    [
      'the first relapse after it decides',
      { hcts: [hctOn('2023-07-01')], statuses: [statusOn('2024-02-01', 'RELAPSE'), RELAPSE] },
      'MET',
      '183 days',
    ],
    [
      'the latest HCT counts',
      { hcts: [hctOn('2023-10-01'), hctOn('2020-01-01')], statuses: [RELAPSE] },
      'MET',
      '91 days',
    ],
    [
      'an autologous HCT does not count',
      { hcts: [hctOn('2023-07-01', { kind: 'AUTOLOGOUS' })], statuses: [RELAPSE] },
      'UNKNOWN',
      undefined,
    ],
    [
      'of an HCT of unknown kind it is not known',
      { hcts: [hctOn('2023-07-01', { kind: 'UNKNOWN' })], statuses: [RELAPSE] },
      'UNKNOWN',
      '183 days',
    ],
    [
      'late after an HCT of unknown kind it is a no',
      { hcts: [hctOn('2023-01-01', { kind: 'UNKNOWN' })], statuses: [RELAPSE] },
      'NOT_MET',
      '364 days',
    ],
    [
      'an HCT after the infusion does not count',
      { hcts: [hctOn('2024-06-01')], statuses: [RELAPSE] },
      'UNKNOWN',
      undefined,
    ],
    [
      'on the day of the infusion is before it',
      { hcts: [hctOn('2023-10-01')], statuses: [statusOn(INFUSION, 'RELAPSE')] },
      'MET',
      '155 days',
    ],
    [
      'after the infusion is another question',
      { hcts: [hctOn('2024-01-01')], statuses: [statusOn('2024-03-05', 'RELAPSE')] },
      'UNKNOWN',
      undefined,
    ],
    [
      'a relapse before the HCT is another question',
      { hcts: [hctOn('2024-01-01')], statuses: [RELAPSE] },
      'UNKNOWN',
      undefined,
    ],
    [
      'never transplanted',
      { observations: { assertions: [answered('PRIOR_ALLOGENEIC_HCT', 'NO')] } },
      'NOT_MET',
      undefined,
    ],
    [
      'transplanted, day not recorded',
      { observations: { assertions: [answered('PRIOR_ALLOGENEIC_HCT', 'YES')] } },
      'UNKNOWN',
      undefined,
    ],
  ])('%s', (_, parts, status, observed) => {
    expect(of(parts)).toMatchObject({ status, threshold: '< 6 months' });
    expect(of(parts)?.observed).toBe(observed);
  });
});

describe('blinatumomab before the infusion', () => {
  const statusOf = (id: string, parts: RecordParts, more: Partial<CohortRecord> = {}) =>
    flagOf(id, record(parts, more))?.status;
  const stated = (...assertions: readonly Assertion[]): RecordParts => ({ observations: { assertions } });

  it.each([
    ['2024-03-03', 'MET'],
    [INFUSION, 'UNKNOWN'],
  ])('given on %s', (date, expected) => {
    expect(statusOf('RF_BLINA_EXPOSURE', { therapies: [therapyOn(date, 'BLINATUMOMAB')] })).toBe(expected);
  });

  it.each<[string, readonly Assertion[], string]>([
    [
      'the latest statement decides',
      [
        answered('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE', '2023-01-01'),
        answered('BLINATUMOMAB_RESPONSE', 'RESPONSE', '2023-06-01'),
      ],
      'NOT_MET',
    ],
    [
      'whatever the order of arrival',
      [
        answered('BLINATUMOMAB_RESPONSE', 'RESPONSE', '2023-06-01'),
        answered('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE', '2023-01-01'),
      ],
      'NOT_MET',
    ],
    [
      'two answers of one day',
      [answered('BLINATUMOMAB_RESPONSE', 'RESPONSE'), answered('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE')],
      'UNKNOWN',
    ],
    [
      '"not known" contradicts nothing',
      [answered('BLINATUMOMAB_RESPONSE', 'UNKNOWN'), answered('BLINATUMOMAB_RESPONSE', 'NON_RESPONSE')],
      'MET',
    ],
    ['given, response never told', [answered('BLINATUMOMAB_EXPOSURE', 'YES')], 'UNKNOWN'],
  ])('response: %s', (_, assertions, expected) => {
    expect(statusOf('RF_BLINA_NONRESPONSE', stated(...assertions))).toBe(expected);
  });

  it('a "never" about inotuzumab is not asked for', () => {
    expect(statusOf('RF_PRIOR_CD22', stated(answered('BLINATUMOMAB_EXPOSURE', 'NO')))).toBe('UNKNOWN');
  });
});

describe('extramedullary disease at the infusion', () => {
  const of = (...statuses: NonNullable<RecordParts['statuses']>) => ({
    active: flagOf('RF_ACTIVE_EMD', record({ statuses }))?.status,
    cns: flagOf('RF_ISOLATED_CNS', record({ statuses }))?.status,
  });
  const outside = statusOn('2024-01-01', 'RELAPSE', { sites: ['TESTIS'] });

  it.each<[string, NonNullable<RecordParts['statuses']>, string, string]>([
    [
      'marrow and elsewhere',
      [statusOn('2024-02-01', 'RELAPSE', { sites: ['MARROW', 'CNS'] })],
      'MET',
      'NOT_MET',
    ],
    ['marrow alone', [statusOn('2024-02-01', 'RELAPSE', { sites: ['MARROW'] })], 'NOT_MET', 'NOT_MET'],
    ['the latest statement decides', [statusOn('2024-02-01', 'CR'), outside], 'NOT_MET', 'NOT_MET'],
    [
      'a statement that evaluates nothing',
      [statusOn('2024-02-01', 'NOT_EVALUABLE'), outside],
      'UNKNOWN',
      'UNKNOWN',
    ],
    ['no site recorded', [statusOn('2024-02-01', 'RELAPSE')], 'UNKNOWN', 'UNKNOWN'],
    ['on the day of the infusion', [statusOn(INFUSION, 'RELAPSE', { sites: ['CNS'] })], 'MET', 'MET'],
    ['the day after', [statusOn('2024-03-05', 'RELAPSE', { sites: ['CNS'] })], 'UNKNOWN', 'UNKNOWN'],
  ])('%s', (_, statuses, active, cns) => {
    expect(of(...statuses)).toEqual({ active, cns });
  });
});

describe('interleukin 6', () => {
  it.each<[string, NonNullable<Observations['laboratory']>, string, string | undefined]>([
    ['above its limit', [lab(when(3), 'il-6', 8, { upperLimit: 7 })], 'MET', 'peak 8 pg/mL'],
    ['at its limit', [lab(when(3), 'il-6', 7, { upperLimit: 7 })], 'NOT_MET', 'peak 7 pg/mL'],
    ['without a limit', [lab(when(3), 'il-6', 900)], 'UNKNOWN', 'peak 900 pg/mL'],
    [
      'the highest is shown',
      [
        lab(when(3), 'il-6', 5, { upperLimit: 7 }),
        lab(when(4), 'il-6', 90, { upperLimit: 7 }),
        lab(when(5), 'il-6', 6, { upperLimit: 7 }),
      ],
      'MET',
      'peak 90 pg/mL',
    ],
    ['before the infusion', [lab(when(-1), 'il-6', 90, { upperLimit: 7 })], 'UNKNOWN', undefined],
  ])('%s', (_, laboratory, status, observed) => {
    const flag = flagOf('RF_IL6_RISE', record({ observations: { laboratory } }));
    expect(flag?.status).toBe(status);
    expect(flag?.observed).toBe(observed);
  });
});

describe('MRD of 1e-3 or more before the cells', () => {
  const lymphodepletion = [
    { agent: 'fludarabine', date: '2024-02-28', sources: from('MedicationAdministration/ld') },
  ];
  it.each<[string, readonly (readonly [string, number])[], string, string | undefined]>([
    ['at the limit', [['2024-02-20', 1e-3]], 'MET', '0.001'],
    ['below it', [['2024-02-20', 9e-4]], 'NOT_MET', '0.0009'],
    ['after lymphodepletion alone', [['2024-03-02', 2e-3]], 'MET', '0.002'],
    [
      'before and after it',
      [
        ['2024-02-20', 1e-4],
        ['2024-03-02', 2e-3],
      ],
      'MET',
      '0.0001, 0.002',
    ],
    ['none', [], 'UNKNOWN', undefined],
  ])('%s', (_, values, status, observed) => {
    const mrd = values.map(([date, value]) => mrdOn(date, 'POSITIVE', { value }));
    const flag = flagOf('RF_MRD_GE_1E3', record({ courses: [course({ lymphodepletion })], mrd }));
    expect(flag).toMatchObject({ status, threshold: '>= 1e-3' });
    expect(flag?.observed).toBe(observed);
  });
});

it.each([
  ['MALE', 'MET'],
  ['FEMALE', 'NOT_MET'],
  ['OTHER', 'UNKNOWN'],
  ['UNKNOWN', 'UNKNOWN'],
] as const)('sex %s: %s', (value, expected) => {
  const patient = { sex: { value, sources: from('Patient/example') } };
  expect(flagOf('RF_SEX_MALE', record({}, { patient }))?.status).toBe(expected);
});
