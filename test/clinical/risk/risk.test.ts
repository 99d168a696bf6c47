import { prepareBCellAplasia } from '../../../src/clinical/b-cells/b-cell-aplasia.ts';
import { compareBCellDefinitions } from '../../../src/clinical/b-cells/b-cell-comparison.ts';
import { frameCourse } from '../../../src/clinical/course/course-frame.ts';
import { deriveCourseResults } from '../../../src/clinical/course/course-results.ts';
import { deriveCrs } from '../../../src/clinical/crs/crs.ts';
import { deriveIcans } from '../../../src/clinical/neurotoxicity/icans.ts';
import type { ParameterOverrides } from '../../../src/clinical/parameters/clinical-parameters.ts';
import { deriveConsiderations } from '../../../src/clinical/risk/considerations.ts';
import { deriveReinfusion } from '../../../src/clinical/risk/reinfusion.ts';
import { RISK_FLAGS } from '../../../src/clinical/risk/risk-flag-definitions.ts';
import { deriveRiskFlags, type RiskFlag } from '../../../src/clinical/risk/risk-flags.ts';
import type {
  Assertion,
  CohortRecord,
  Course,
  Observations,
} from '../../../src/cohort/cohort-record.generated.ts';
import {
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
import {
  INFUSION,
  lab,
  neuro,
  oxygen,
  reported,
  sign,
  temperature,
  when,
} from '../../support/toxicity-facts.ts';

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

const answered = (question: Assertion['question'], answer: string, date = '2024-01-01'): Assertion => ({
  question,
  answer,
  date,
  sources: from(`Observation/${question}-${date}`),
});

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

describe('considerations', () => {
  const considered = (
    id: string,
    of: CohortRecord,
    overrides: ParameterOverrides = {},
    asOf: string | undefined = undefined,
  ) => {
    const frame = frameCourse(of, 1, asOf);
    if (frame === undefined) throw new Error('the infusion is dated');
    const basis = {
      crs: deriveCrs(frame),
      icans: deriveIcans(frame),
      aplasia: prepareBCellAplasia(of, 1)('BCA_WH_STRICT'),
    };
    return deriveConsiderations(frame, basis, overrides).find(({ definition }) => definition === id);
  };
  /** Charted whole on day 4: no hypotension, room air. */
  const febrile = (celsius: number, percent?: number, more: Partial<Observations> = {}) =>
    record({
      blasts: percent === undefined ? [] : [blastsOn('2024-02-20', percent)],
      observations: {
        vitalSigns: [temperature(when(4), celsius)],
        clinicalSigns: [sign(when(4), 'HYPOTENSION', false)],
        oxygenSupport: [oxygen(when(4), 'NONE')],
        ...more,
      },
    });
  const onlyWarm = { clinicalSigns: [], oxygenSupport: [] };
  const mrdBefore = { mrd: [mrdOn('2024-02-20', 'POSITIVE', { value: 0.07 })] };

  it.each<[string, CohortRecord, ParameterOverrides, string]>([
    ['grade 1 and high burden', febrile(38.5, 6), {}, 'MET'],
    ['grade 1 and burden at 5 %', febrile(38.5, 5), {}, 'UNKNOWN'],
    ['grade 0', febrile(37, 60), {}, 'NOT_MET'],
    ['fever, pressure and oxygen not charted', febrile(38.5, 6, onlyWarm), {}, 'UNKNOWN'],
    [
      'grade 1 as reported',
      febrile(38.5, 6, { ...onlyWarm, toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 1)] }),
      {},
      'MET',
    ],
    [
      'grade 2 as reported',
      febrile(38.5, 6, { ...onlyWarm, toxicityGrades: [reported(when(4), 'CRS', 'ASTCT-2019', 2)] }),
      {},
      'NOT_MET',
    ],
    [
      'a later report',
      febrile(38.5, 6, { toxicityGrades: [reported(when(5), 'CRS', 'ASTCT-2019', 2)] }),
      {},
      'NOT_MET',
    ],
    ['MRD of 7 % where no blasts were counted', febrile(38.5, undefined, mrdBefore), {}, 'MET'],
    ['burden by the other limit', febrile(38.5, 20), { earlyTocilizumabBurden: 'GT25' }, 'UNKNOWN'],
    ['nothing known', record(), {}, 'UNKNOWN'],
  ])('early tocilizumab: %s', (_, of, overrides, expected) => {
    expect(considered('PROPH_EARLY_TOCI', of, overrides)?.status).toBe(expected);
  });

  it.each<[number, ParameterOverrides, string, string]>([
    [4, {}, 'MET', 'grade 1 on day 4'],
    [5, {}, 'MET', 'grade 1 on day 4'],
    [6, {}, 'UNKNOWN', 'grade 1 on day 4, not graded since'],
    [5, { crsGradeDescribesDays: 0 }, 'UNKNOWN', 'grade 1 on day 4, not graded since'],
  ])('early tocilizumab on day %i after a grade of day 4, %j', (day, overrides, expected, observed) => {
    const found = considered('PROPH_EARLY_TOCI', febrile(38.5, 6), overrides, when(day).date);
    expect(found?.status).toBe(expected);
    expect(found?.factors[0]?.observed).toBe(observed);
  });

  it('early tocilizumab lists what is not known', () => {
    expect(considered('PROPH_EARLY_TOCI', febrile(38.5, 6))?.missing).toEqual([
      'cardiac-comorbidity',
      'pulmonary-comorbidity',
    ]);
  });

  it('seizure prophylaxis', () => {
    const stated = (answer: string) =>
      record({ observations: { assertions: [answered('PRES_HISTORY', answer)] } });
    expect(considered('PROPH_SEIZURE', stated('YES'))?.status).toBe('MET');
    expect(considered('PROPH_SEIZURE', stated('NO'))?.status).toBe('UNKNOWN');
  });

  it.each<[string, Partial<RecordParts>, ParameterOverrides, string]>([
    [
      'early relapse',
      { hcts: [hctOn('2023-07-01')], statuses: [statusOn('2023-10-01', 'RELAPSE')] },
      {},
      'MET',
    ],
    ['too few T cells', { observations: { assertions: [answered('T_CELLS_TOO_FEW', 'YES')] } }, {}, 'MET'],
    [
      'a low count without a limit',
      {
        observations: {
          collections: [
            { date: '2024-01-10', kind: 'LEUKAPHERESIS', cd3PerMicrolitre: 90, sources: from('Procedure/a') },
          ],
        },
      },
      {},
      'UNKNOWN',
    ],
    [
      'a low count with a limit',
      {
        observations: {
          collections: [
            { date: '2024-01-10', kind: 'LEUKAPHERESIS', cd3PerMicrolitre: 90, sources: from('Procedure/a') },
          ],
        },
      },
      { cd3Minimum: 150 },
      'MET',
    ],
  ])('donor-derived product: %s', (_, parts, overrides, expected) => {
    expect(considered('CONSIDER_DONOR_DERIVED', record(parts), overrides)?.status).toBe(expected);
  });

  it('severe ICANS is noted', () => {
    const of = record({ observations: { neuroAssessments: [neuro(when(6), { ice: 1 })] } });
    expect(considered('ICANS_GRADE_3_NOTE', of)?.status).toBe('MET');
    expect(considered('ICANS_GRADE_3_NOTE', record())?.status).toBe('UNKNOWN');
  });
});

describe('reinfusion', () => {
  const two = (parts: RecordParts): CohortRecord =>
    record({
      courses: [courseOn(1, INFUSION, 'tisagenlecleucel'), courseOn(2, '2024-12-01', 'tisagenlecleucel')],
      ...parts,
    });
  const reinfusion = (of: CohortRecord) => {
    const frame = frameCourse(of, 1);
    if (frame === undefined) throw new Error('the infusion is dated');
    return deriveReinfusion(frame, {
      aplasia: prepareBCellAplasia(of, 1)('BCA_WH_STRICT'),
      ...(of.courses.length > 1 ? { nextAplasia: prepareBCellAplasia(of, 2)('BCA_WH_STRICT') } : {}),
      crs: { peak: 2 },
      icans: {},
    });
  };
  const met = (of: CohortRecord) =>
    reinfusion(of)
      .triggers.filter(({ status }) => status === 'MET')
      .map(({ id }) => id);

  it('loss of aplasia with haematogones', () => {
    const of = two({
      statuses: [statusOn('2024-04-01', 'CR')],
      bCells: [bCellsOn('2024-04-01', 0.1), bCellsOn('2024-10-01', 5), bCellsOn('2024-12-29', 0)],
      observations: { clinicalSigns: [sign(when(200), 'MARROW_HAEMATOGONES', true)] },
    });
    expect(met(of)).toEqual(['BCA_LOSS_IN_REMISSION', 'MARROW_HAEMATOGONES']);
    expect(reinfusion(of).checklist).toEqual({
      previousProduct: 'tisagenlecleucel',
      nextProduct: 'tisagenlecleucel',
      sameProduct: true,
      peakCrs: 2,
      donorAvailable: 'UNKNOWN',
      intervalDays: 272,
      lymphodepletionBefore: 'UNKNOWN',
      aplasiaAtDay28: 'APLASIA',
    });
  });

  it('a CD19-negative relapse is for review', () => {
    const of = two({
      statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE', { cd19: 'NEGATIVE' })],
    });
    expect(met(of)).toEqual(['CD19_NEGATIVE_RELAPSE']);
    expect(reinfusion(of)).toMatchObject({ flags: ['CD19_NEGATIVE_REVIEW'], checklist: { cd19: 'NEG' } });
  });

  it('a relapse of an unknown class leaves both open', () => {
    const of = two({ statuses: [statusOn('2024-04-01', 'CR'), statusOn('2024-10-01', 'RELAPSE')] });
    const open = reinfusion(of).missing;
    expect(open).toContain('CD19_POSITIVE_RELAPSE');
    expect(open).toContain('CD19_NEGATIVE_RELAPSE');
    expect(open).toContain('MRD_RELAPSE');
  });

  it('no response', () => {
    expect(met(two({ statuses: [statusOn('2024-04-01', 'NR')] }))).toEqual(['NO_RESPONSE']);
  });
});

describe('B cells by all definitions', () => {
  it('disagree side by side', () => {
    const of = record({ bCells: [bCellsOn('2024-04-01', 0.5), bCellsOn('2024-09-01', 2)] });
    const comparison = compareBCellDefinitions(of, 1);
    expect(comparison.discordant).toBe(true);
    expect(comparison.byDefinition.BCA_PCT1.state).toBe('LOST');
    expect(comparison.byDefinition.BCA_PCT3.state).toBe('ONGOING_AT_END');
    expect(comparison.byDefinition.BCA_ABS10.state).toBe('NOT_ASSESSED');
  });

  it('the windows disagree about a loss on day 182', () => {
    const of = recordOf({
      courses: infusedOn('2021-08-31'),
      bCells: [bCellsOn('2022-02-01', 0.5), bCellsOn('2022-03-01', 12)],
    });
    const comparison = compareBCellDefinitions(of, 1);
    expect(comparison.discordant).toBe(true);
    expect(comparison.boundarySensitive).toEqual([
      'BCA_PCT1',
      'BCA_PCT3',
      'BCA_WH_STRICT',
      'BCA_WH_LENIENT',
      'BCA_PEKING',
    ]);
  });
});

describe('all results of a course', () => {
  it('name course, definition, version and parameters', () => {
    const results = deriveCourseResults(record(), 1, { asOf: '2026-02-01' });
    for (const result of [
      results?.crs,
      results?.icans,
      results?.icaht.late,
      results?.hlh,
      results?.kinetics.blood,
    ]) {
      expect(result).toMatchObject({ course: 1, version: '1' });
      expect(Object.keys(result?.parameters ?? {}).length).toBeGreaterThan(0);
    }
  });

  it('are not there for an infusion known to the year', () => {
    expect(deriveCourseResults(recordOf({ courses: infusedOn('2024') }), 1)).toBeUndefined();
  });
});
