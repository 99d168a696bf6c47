import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import type { CriterionId, HctAssessment } from '../../src/eligibility/hct-assessment.ts';
import { HCT_CAUTIONS } from '../../src/eligibility/hct-caution-texts.ts';
import type { HctParameters } from '../../src/eligibility/hct-parameters.ts';
import { assertionOf, type HctInput, hctRecord, NOTHING_MET, onDay } from '../support/hct-record.ts';
import {
  bCellsOn,
  blastsOn,
  diedOn,
  from,
  hctOn,
  mrdOn,
  statusOn,
  therapyOn,
} from '../support/record-builder.ts';

type Change = (record: CohortRecord) => CohortRecord;

function assess(
  input: Partial<HctInput>,
  change: Change = (record) => record,
  parameters: Partial<HctParameters> = {},
): HctAssessment {
  const whole = { ...NOTHING_MET, ...input };
  return assessHctConsolidation(change(hctRecord(whole)), onDay(whole.evalDay), parameters);
}

function criterion(assessment: HctAssessment, id: CriterionId) {
  return assessment.criteria.find((candidate) => candidate.id === id);
}

/** Adds facts to the lists of observations. */
function observing(more: Partial<CohortRecord['observations']>): Change {
  return (record) => ({
    ...record,
    observations: {
      ...record.observations,
      ...(more.bCells && { bCells: [...record.observations.bCells, ...more.bCells] }),
      ...(more.mrd && { mrd: [...record.observations.mrd, ...more.mrd] }),
      ...(more.marrowBlasts && { marrowBlasts: [...record.observations.marrowBlasts, ...more.marrowBlasts] }),
      ...(more.diseaseStatus && {
        diseaseStatus: [...record.observations.diseaseStatus, ...more.diseaseStatus],
      }),
      ...(more.assertions && { assertions: [...record.observations.assertions, ...more.assertions] }),
    },
  });
}

describe('R.a', () => {
  const product = (code: string, costimulation?: readonly ('4-1BB' | 'CD28' | 'OX40')[]): Change => {
    return (record) => ({
      ...record,
      courses: record.courses.map((course) => ({
        ...course,
        product: { code, ...(costimulation === undefined ? {} : { costimulation }) },
      })),
    });
  };

  it.each([
    ['tisagenlecleucel', undefined, 'NOT_MET'],
    ['lisocabtagene-maraleucel', undefined, 'NOT_MET'],
    ['axicabtagene-ciloleucel', undefined, 'MET'],
    ['carcik-cd19', undefined, 'MET'],
    ['other-cd19', undefined, 'UNKNOWN'],
    ['other-cd19', ['CD28'], 'MET'],
    ['unknown', ['4-1BB'], 'NOT_MET'],
    ['UNKNOWN', undefined, 'UNKNOWN'],
    ['UNKNOWN', [], 'UNKNOWN'],
  ] as const)('%s with %j recorded is %s', (code, recorded, result) => {
    expect(criterion(assess({}, product(code, recorded)), 'R.a')?.result).toBe(result);
  });

  it('recorded domains decide against the table, with a caution', () => {
    const assessment = assess({}, product('tisagenlecleucel', ['CD28']));
    expect(criterion(assessment, 'R.a')).toMatchObject({ result: 'MET', domains: ['CD28'] });
    expect(assessment.cautions).toEqual(['PRODUCT_COSTIMULATION_CONFLICT']);
  });

  it('an entry on weak evidence is marked for review', () => {
    expect(criterion(assess({}, product('carcik-cd19')), 'R.a')).toMatchObject({
      review: true,
      confidence: 'MEDIUM',
    });
  });

  it('a BCMA product is no CD19 course', () => {
    expect(assess({}, product('ciltacabtagene-autoleucel'))).toMatchObject({
      status: 'NOT_APPLICABLE',
      gate: 'G1',
      reason: 'no CD19 CAR-T infusion on record',
    });
  });

  it.each([
    [27, 'BEFORE_WINDOW'],
    [28, 'IN_WINDOW_4_8_WK'],
    [56, 'IN_WINDOW_4_8_WK'],
    [57, 'AFTER_WINDOW'],
  ])('day %i after a CD28 product: %s', (evalDay, timing) => {
    const input = { product: 'brexu-cel', evalDay, disease: null, bca: [], mrd: [] };
    expect(assess(input).timing).toBe(timing);
  });
});

describe('R.b', () => {
  it.each<[string, Partial<HctInput>, string, Record<string, unknown>]>([
    [
      'first B cells on day 183',
      {
        evalDay: 200,
        bca: [
          [150, 'A'],
          [183, 'R'],
        ],
      },
      'MET',
      { firstRecovered: 183 },
    ],
    [
      'first B cells on day 184, aplasia day 168',
      {
        evalDay: 200,
        bca: [
          [168, 'A'],
          [184, 'R'],
        ],
      },
      'UNKNOWN',
      {},
    ],
    [
      'first B cells on day 184, aplasia day 169',
      {
        evalDay: 200,
        bca: [
          [169, 'A'],
          [184, 'R'],
        ],
      },
      'NOT_MET',
      { final: true },
    ],
    [
      'aplasia on the last day of the window',
      { evalDay: 183, bca: [[183, 'A']] },
      'NOT_MET',
      { provisional: true, reevaluateByDay: 183 },
    ],
    [
      'aplasia day 169, evaluated after the window',
      { evalDay: 184, bca: [[169, 'A']] },
      'NOT_MET',
      { final: true },
    ],
    ['aplasia day 168, evaluated after the window', { evalDay: 184, bca: [[168, 'A']] }, 'UNKNOWN', {}],
    ['aplasia 45 days old', { evalDay: 75, bca: [[30, 'A']] }, 'NOT_MET', { provisional: true }],
    ['aplasia 46 days old', { evalDay: 76, bca: [[30, 'A']] }, 'UNKNOWN', {}],
    ['B cells alone, first on day 20', { evalDay: 30, bca: [[20, 'R']] }, 'UNKNOWN', {}],
    ['B cells alone, on day 21', { evalDay: 30, bca: [[21, 'R']] }, 'MET', { extension: 'NEVER_ACHIEVED' }],
    ['B cells alone, first tested after the window', { evalDay: 220, bca: [[200, 'R']] }, 'UNKNOWN', {}],
    ['no B-cell test', { bca: [] }, 'UNKNOWN', {}],
    ['a sample on the day of the infusion is none', { bca: [[0, 'A']] }, 'UNKNOWN', {}],
  ])('%s', (_, input, result, details) => {
    expect(criterion(assess(input), 'R.b')).toMatchObject({ result, ...details });
  });

  it.each<[string, Partial<HctInput>, string]>([
    ['no test', { bca: [] }, 'B-cell count/fraction after infusion'],
    [
      'straddling',
      {
        evalDay: 215,
        bca: [
          [150, 'A'],
          [210, 'R'],
        ],
      },
      'clinical adjudication of BCA loss date, or an intermediate B-cell result',
    ],
    ['stale', { evalDay: 100, bca: [[30, 'A']] }, 'current B-cell assessment'],
    ['too early', { evalDay: 25, mrd: [[22, 'FCM', 'NEG']], bca: [[14, 'R']] }, 'current B-cell assessment'],
    [
      'stopped before the end of the window',
      { evalDay: 250, bca: [[150, 'A']] },
      'current B-cell assessment',
    ],
  ])('what is missing: %s', (_, input, missing) => {
    const assessment = assess({ disease: 'CR', ...input });
    expect(criterion(assessment, 'R.b')?.missing).toEqual([missing]);
  });

  it('never achieved is no loss where the parameter says so', () => {
    const assessment = assess({ bca: [[30, 'R']] }, undefined, { neverAchievedCountsAsLoss: false });
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'NOT_MET', extension: 'NEVER_ACHIEVED' });
  });

  it.each<[string, HctInput['bca'], readonly string[]]>([
    [
      'one sample with B cells',
      [
        [28, 'A'],
        [60, 'R'],
      ],
      ['UNCONFIRMED_BCA_LOSS'],
    ],
    [
      'two in a row',
      [
        [28, 'A'],
        [60, 'R'],
        [70, 'R'],
      ],
      [],
    ],
    [
      'the second shows aplasia again',
      [
        [28, 'A'],
        [60, 'R'],
        [70, 'A'],
      ],
      ['UNCONFIRMED_BCA_LOSS'],
    ],
  ])('loss by %s', (_, bca, cautions) => {
    const assessment = assess({ bca });
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.cautions).toEqual(cautions);
  });

  it('with confirm 2 a single sample leaves the aplasia before it standing', () => {
    const assessment = assess(
      {
        evalDay: 65,
        bca: [
          [28, 'A'],
          [60, 'R'],
        ],
      },
      undefined,
      { confirm: 2 },
    );
    expect(criterion(assessment, 'R.b')).toMatchObject({
      result: 'NOT_MET',
      provisional: true,
      lastAplasia: 28,
    });
    expect(assessment.cautions).toEqual(['LOSS_UNCONFIRMED']);
  });

  it('the next test is due when the last aplasia goes stale', () => {
    expect(assess({})).toMatchObject({ reevaluateByDay: 183, nextBCellTestDueDay: 135 });
  });

  it('samples after the evaluation day do not exist', () => {
    const assessment = assess({
      evalDay: 100,
      bca: [
        [90, 'A'],
        [101, 'R'],
      ],
    });
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'NOT_MET', lastAplasia: 90 });
  });

  it('B cells after a B-cell-depleting drug say nothing', () => {
    const assessment = assess(
      {
        bca: [
          [28, 'A'],
          [80, 'R'],
        ],
      },
      (record) => ({
        ...record,
        laterTherapies: [therapyOn(onDay(80), 'RITUXIMAB', { intent: 'PROPHYLAXIS' })],
      }),
    );
    expect(criterion(assessment, 'R.b')).toMatchObject({ result: 'UNKNOWN' });
  });
});

describe('R.c', () => {
  it.each<[string, HctInput['mrd'], string]>([
    ['positive on day 20 is too early', [[20, 'FCM', 'POS']], 'UNKNOWN'],
    ['positive on day 21', [[21, 'FCM', 'POS']], 'MET'],
    ['negative on day 20 is too early', [[20, 'FCM', 'NEG']], 'UNKNOWN'],
    ['negative on day 21', [[21, 'FCM', 'NEG']], 'NOT_MET'],
    [
      'positive by NGS beside negative flow',
      [
        [28, 'FCM', 'NEG'],
        [28, 'NGS', 'POS'],
      ],
      'MET',
    ],
    [
      'positive after the evaluation day',
      [
        [28, 'FCM', 'NEG'],
        [101, 'FCM', 'POS'],
      ],
      'NOT_MET',
    ],
    ['positive on the evaluation day', [[100, 'FCM', 'POS']], 'MET'],
  ])('%s', (_, mrd, result) => {
    expect(criterion(assess({ mrd }), 'R.c')?.result).toBe(result);
  });

  it.each([
    ['flow at 1e-4', mrdOn(onDay(28), 'NEGATIVE', { value: 1e-4 }), 'MET'],
    ['a negative by an insensitive assay', mrdOn(onDay(28), 'NEGATIVE', { sensitivity: 1e-3 }), 'UNKNOWN'],
    ['a negative by an assay of 1e-4', mrdOn(onDay(28), 'NEGATIVE', { sensitivity: 1e-4 }), 'NOT_MET'],
    [
      'positive, not quantifiable',
      mrdOn(onDay(28), 'POSITIVE_NOT_QUANTIFIABLE', { method: 'RQ_PCR' }),
      'MET',
    ],
    ['indeterminate', mrdOn(onDay(28), 'INDETERMINATE'), 'UNKNOWN'],
    ['a negative in blood', mrdOn(onDay(28), 'NEGATIVE', { specimen: 'BLOOD' }), 'UNKNOWN'],
    ['a positive in blood', mrdOn(onDay(28), 'POSITIVE', { specimen: 'BLOOD' }), 'MET'],
    ['a negative of a specimen not named', mrdOn(onDay(28), 'NEGATIVE', { specimen: 'UNKNOWN' }), 'NOT_MET'],
    ['a positive in cerebrospinal fluid', mrdOn(onDay(28), 'POSITIVE', { specimen: 'CSF' }), 'UNKNOWN'],
  ] as const)('%s', (_, mrd, result) => {
    expect(criterion(assess({ mrd: [] }, observing({ mrd: [mrd] })), 'R.c')?.result).toBe(result);
  });

  it.each([
    ['on the day new therapy starts it was drawn before it', 60, 'MET'],
    ['after new therapy it is no longer the CAR-T cells', 61, 'NOT_MET'],
  ])('positive: %s', (_, day, result) => {
    const assessment = assess(
      {
        mrd: [
          [28, 'FCM', 'NEG'],
          [day, 'FCM', 'POS'],
        ],
      },
      (record) => ({
        ...record,
        laterTherapies: [therapyOn(onDay(60), 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })],
      }),
    );
    expect(criterion(assessment, 'R.c')?.result).toBe(result);
  });

  it('maintenance does not end it', () => {
    const assessment = assess(
      {
        mrd: [
          [28, 'FCM', 'NEG'],
          [90, 'FCM', 'POS'],
        ],
      },
      (record) => ({
        ...record,
        laterTherapies: [therapyOn(onDay(60), 'TYROSINE_KINASE_INHIBITOR', { intent: 'MAINTENANCE' })],
      }),
    );
    expect(criterion(assessment, 'R.c')?.result).toBe('MET');
  });

  it.each<[string, HctInput['mrd'], boolean]>([
    [
      'negative later',
      [
        [28, 'FCM', 'POS'],
        [60, 'FCM', 'NEG'],
      ],
      true,
    ],
    [
      'negative the same day by another method',
      [
        [28, 'FCM', 'NEG'],
        [28, 'NGS', 'POS'],
      ],
      false,
    ],
    [
      'positive again',
      [
        [28, 'FCM', 'POS'],
        [60, 'FCM', 'NEG'],
        [90, 'FCM', 'POS'],
      ],
      false,
    ],
  ])('since cleared: %s', (_, mrd, sinceCleared) => {
    expect(criterion(assess({ mrd }), 'R.c')).toMatchObject({ firstPositiveDay: 28, sinceCleared });
  });

  it('the latest result decides where the parameter says so', () => {
    const mrd: HctInput['mrd'] = [
      [28, 'FCM', 'POS'],
      [60, 'FCM', 'NEG'],
    ];
    expect(criterion(assess({ mrd }, undefined, { everVsLatest: 'LATEST' }), 'R.c')?.result).toBe('NOT_MET');
  });

  it('a negative may be asked to be by NGS', () => {
    const parameters = { requireNgsForNegative: true };
    expect(criterion(assess({}, undefined, parameters), 'R.c')?.result).toBe('UNKNOWN');
    const mrd: HctInput['mrd'] = [
      [28, 'FCM', 'NEG'],
      [28, 'NGS', 'NEG'],
    ];
    expect(criterion(assess({ mrd }, undefined, parameters), 'R.c')).toMatchObject({
      result: 'NOT_MET',
      methods: ['FCM', 'NGS'],
      ngsDone: true,
    });
  });

  it.each([
    [118, []],
    [119, ['MRD_STALE']],
  ])('a negative of day 28 on day %i', (evalDay, cautions) => {
    expect(assess({ evalDay, bca: [[110, 'A']] }).cautions).toEqual(cautions);
  });
});

describe('R.c beside MRD results', () => {
  const status = (assessment: ReturnType<typeof assess>) =>
    assessment.criteria.find(({ id }) => id === 'R.c');

  it.each([
    ['RELAPSE', 60, 'MET'],
    ['NR', 60, 'MET'],
    ['RELAPSE', 20, 'NOT_MET'],
    ['CR', 60, 'NOT_MET'],
  ] as const)('%s at the level of MRD on day %i: %s', (stated, day, result) => {
    const change: Change = (record) => ({
      ...record,
      observations: {
        ...record.observations,
        diseaseStatus: [
          ...record.observations.diseaseStatus,
          statusOn(onDay(day), stated, { level: 'MOLECULAR' }),
        ],
      },
    });
    expect(status(assess({}, change))?.result).toBe(result);
  });

  it.each([
    ['nothing', [], ['MRD_SINCE_CLEARED']],
    ['maintenance', [therapyOn(onDay(40), 'TYROSINE_KINASE_INHIBITOR', { intent: 'MAINTENANCE' })], []],
    ['bridging blinatumomab', [therapyOn(onDay(40), 'BLINATUMOMAB', { intent: 'BRIDGING' })], []],
  ] as const)('cleared after %s', (_, laterTherapies, cautions) => {
    const change: Change = (record) => ({
      ...record,
      laterTherapies: [...laterTherapies],
      observations: {
        ...record.observations,
        mrd: [mrdOn(onDay(28), 'POSITIVE'), mrdOn(onDay(90), 'NEGATIVE')],
      },
    });
    expect(assess({}, change).cautions.filter((caution) => caution === 'MRD_SINCE_CLEARED')).toEqual(
      cautions,
    );
  });
});

describe('C.a', () => {
  it.each([
    [true, true, 'MET', []],
    [true, false, 'NOT_MET', []],
    [false, null, 'NOT_MET', []],
    [null, false, 'NOT_MET', []],
    [true, null, 'UNKNOWN', ['patient/family desire for HCT']],
    [null, true, 'UNKNOWN', ['donor availability']],
    [null, null, 'UNKNOWN', ['donor availability', 'patient/family desire for HCT']],
  ])('donor %s, desire %s', (donor, desire, result, missing) => {
    const assessment = assess({ donor, desire });
    expect(criterion(assessment, 'C.a')).toMatchObject({ result, missing });
    expect(assessment.missing).toEqual(missing);
  });

  it('the latest statement counts, also when it is "not known"', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(10))] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
    const withdrawn = observing({ assertions: [assertionOf('HCT_DESIRED', 'UNKNOWN', onDay(100))] });
    expect(criterion(assess({ donor: true, desire: null }, withdrawn), 'C.a')?.result).toBe('UNKNOWN');
  });

  it('an undated statement is the oldest', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO')] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
  });

  it('statements of one day that contradict each other leave it open', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(100))] });
    const assessment = assess({ donor: true, desire: true }, change);
    expect(criterion(assessment, 'C.a')?.result).toBe('UNKNOWN');
    expect(assessment.cautions).toEqual(['CONTRADICTORY_ASSERTIONS']);
  });

  it('a statement after the evaluation day does not exist', () => {
    const change = observing({ assertions: [assertionOf('DONOR_AVAILABLE', 'NO', onDay(101))] });
    expect(criterion(assess({ donor: true, desire: true }, change), 'C.a')?.result).toBe('MET');
  });
});

describe('C.b', () => {
  it.each<[number, HctParameters['highBurden'], string]>([
    [5, 'GT5', 'NOT_MET'],
    [5.01, 'GT5', 'MET'],
    [5, 'GE5', 'MET'],
    [4.99, 'GE5', 'NOT_MET'],
    [25, 'GT25', 'NOT_MET'],
    [26, 'GT25', 'MET'],
    [40, 'GT40', 'NOT_MET'],
    [41, 'GT40', 'MET'],
    [1, 'GE1', 'MET'],
    [0.99, 'GE1', 'NOT_MET'],
  ])('%d %% by %s is %s', (preLdBlastPct, highBurden, result) => {
    expect(criterion(assess({ preLdBlastPct }, undefined, { highBurden }), 'C.b')?.result).toBe(result);
  });

  it.each([
    ['<5', { percent: 5, comparator: '<' }, 'NOT_MET'],
    ['>5', { percent: 5, comparator: '>' }, 'MET'],
    ['>=5', { percent: 5, comparator: '>=' }, 'UNKNOWN'],
    ['<20', { percent: 20, comparator: '<' }, 'UNKNOWN'],
  ] as const)('%s %%', (_, { percent, comparator }, result) => {
    const change = observing({ marrowBlasts: [blastsOn(onDay(-6), percent, { comparator })] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe(result);
  });

  it.each([
    ['on the first day of lymphodepletion', -5, 'MET'],
    ['after it began', -4, 'UNKNOWN'],
    ['90 days before it', -95, 'MET'],
    ['91 days before it', -96, 'UNKNOWN'],
  ])('marrow %s', (_, day, result) => {
    const change = observing({ marrowBlasts: [blastsOn(onDay(day), 50)] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe(result);
  });

  it('without a recorded lymphodepletion the infusion takes its place', () => {
    const change: Change = (record) => ({
      ...observing({ marrowBlasts: [blastsOn(onDay(0), 50)] })(record),
      courses: record.courses.map((course) => ({ ...course, lymphodepletion: [] })),
    });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe('MET');
  });

  it('the latest marrow counts, of one day the highest', () => {
    const change = observing({
      marrowBlasts: [blastsOn(onDay(-30), 80), blastsOn(onDay(-7), 3), blastsOn(onDay(-7), 6)],
    });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')).toMatchObject({
      result: 'MET',
      value: 6,
    });
  });

  it.each([
    [0.05, 'NOT_MET', 5],
    [0.07, 'MET', 7],
  ])('MRD of %d stands in for blasts', (preLdMrd, result, value) => {
    expect(criterion(assess({ preLdBlastPct: null, preLdMrd }), 'C.b')).toMatchObject({ result, value });
  });

  it('a positive MRD without a number says nothing of the burden', () => {
    const change = observing({ mrd: [mrdOn(onDay(-7), 'POSITIVE')] });
    expect(criterion(assess({ preLdBlastPct: null }, change), 'C.b')?.result).toBe('UNKNOWN');
  });
});

describe('C.c', () => {
  const dose: Change = (record) => ({
    ...record,
    priorTherapies: [therapyOn(onDay(-100), 'BLINATUMOMAB')],
  });
  const response = (answer: string) =>
    observing({ assertions: [assertionOf('BLINATUMOMAB_RESPONSE', answer, onDay(-20))] });

  it.each<[string, HctInput['blina'], Change, string]>([
    ['nothing known', null, (record) => record, 'UNKNOWN'],
    ['never given', 'NOT_GIVEN', (record) => record, 'NOT_MET'],
    ['responded', 'RESPONDED', (record) => record, 'NOT_MET'],
    ['failed', 'FAILED', (record) => record, 'MET'],
    ['given, response not known', null, dose, 'UNKNOWN'],
    ['a dose on record, non-response', null, (record) => response('NON_RESPONSE')(dose(record)), 'MET'],
    ['a dose on record against "never"', 'NOT_GIVEN', dose, 'UNKNOWN'],
    ['"never", yet a non-response', 'NOT_GIVEN', response('NON_RESPONSE'), 'UNKNOWN'],
    ['a response implies that it was given', null, response('NON_RESPONSE'), 'MET'],
    [
      'response not known',
      'FAILED',
      observing({ assertions: [assertionOf('BLINATUMOMAB_RESPONSE', 'UNKNOWN', onDay(-10))] }),
      'UNKNOWN',
    ],
  ])('%s', (_, blina, change, result) => {
    expect(criterion(assess({ blina }, change), 'C.c')?.result).toBe(result);
  });

  it('blinatumomab after the infusion is not prior', () => {
    const assessment = assess({}, (record) => ({
      ...record,
      laterTherapies: [therapyOn(onDay(95), 'BLINATUMOMAB', { intent: 'NEW_THERAPY' })],
    }));
    expect(criterion(assessment, 'C.c')).toMatchObject({ result: 'NOT_MET', value: 'NOT_GIVEN' });
  });
});

describe('C.d', () => {
  const marker = (
    name: 'KMT2A_REARRANGEMENT' | 'TP53_MUTATION' | 'BCR_ABL1' | 'OTHER_ADVERSE',
    present: boolean,
  ) => ({
    marker: name,
    present,
    sources: from(`Observation/${name}`),
  });
  const markers = (...cytogenetics: CohortRecord['disease']['cytogenetics']): Change => {
    return (record) => ({ ...record, disease: { ...record.disease, cytogenetics } });
  };

  it.each<[boolean | null, boolean | null, string]>([
    [false, false, 'NOT_MET'],
    [true, null, 'MET'],
    [null, true, 'MET'],
    [false, null, 'UNKNOWN'],
    [null, false, 'UNKNOWN'],
    [null, null, 'UNKNOWN'],
  ])('refractory %s, adverse %s', (refractory, adverseCyto, result) => {
    expect(criterion(assess({ refractory, adverseCyto }), 'C.d')?.result).toBe(result);
  });

  it.each([
    ['KMT2A found', [marker('KMT2A_REARRANGEMENT', true)], 'MET'],
    ['TP53 found', [marker('TP53_MUTATION', true)], 'MET'],
    ['BCR::ABL1 alone', [marker('BCR_ABL1', true)], 'UNKNOWN'],
    ['KMT2A alone excluded', [marker('KMT2A_REARRANGEMENT', false)], 'UNKNOWN'],
    [
      'all excluded',
      [marker('KMT2A_REARRANGEMENT', false), marker('TP53_MUTATION', false), marker('OTHER_ADVERSE', false)],
      'NOT_MET',
    ],
  ] as const)('%s', (_, cytogenetics, result) => {
    expect(criterion(assess({ adverseCyto: null }, markers(...cytogenetics)), 'C.d')?.result).toBe(result);
  });

  it('a marker that was found decides against a "never"', () => {
    const assessment = assess({}, markers(marker('KMT2A_REARRANGEMENT', true)));
    expect(criterion(assessment, 'C.d')?.result).toBe('MET');
    expect(assessment.cautions).toEqual(['ASSERTION_CONTRADICTED_BY_FACT']);
  });
});

describe('earlier and later HCT', () => {
  it.each([
    ['allogeneic', 'ALLOGENEIC', false, 'PRIOR_HCT'],
    ['allogeneic, nothing stated', 'ALLOGENEIC', null, 'PRIOR_HCT'],
    ['unknown kind, nothing stated', 'UNKNOWN', null, 'UNKNOWN'],
    ['unknown kind, stated never', 'UNKNOWN', false, 'NO_PRIOR_HCT'],
    ['autologous, nothing stated', 'AUTOLOGOUS', null, 'UNKNOWN'],
    ['autologous, stated never', 'AUTOLOGOUS', false, 'NO_PRIOR_HCT'],
  ] as const)('before the infusion: %s', (_, kind, priorHct, branch) => {
    const assessment = assess({ priorHct }, (record) => ({
      ...record,
      hcts: [hctOn(onDay(-400), { kind })],
    }));
    expect(assessment.branch).toBe(branch);
  });

  it.each([
    ['ALLOGENEIC', 'ALREADY_TRANSPLANTED', []],
    ['AUTOLOGOUS', 'NO_CRITERION_MET', []],
    ['UNKNOWN', 'INDETERMINATE', ['type of HCT after infusion (allogeneic or autologous)']],
  ] as const)('after the infusion: %s', (kind, status, missing) => {
    const assessment = assess({}, (record) => ({ ...record, hcts: [hctOn(onDay(95), { kind })] }));
    expect(assessment.status).toBe(status);
    expect(assessment.missing).toEqual(missing);
  });

  it('a transplantation after the evaluation day does not exist', () => {
    const assessment = assess({}, (record) => ({ ...record, hcts: [hctOn(onDay(101))] }));
    expect(assessment.status).toBe('NO_CRITERION_MET');
  });

  it('what has to be weighed before a second one', () => {
    const assessment = assess({
      priorHct: true,
      donor: null,
      bca: [
        [28, 'A'],
        [90, 'R'],
      ],
    });
    expect(assessment.status).toBe('SPECIAL_CONSIDERATION_PRIOR_HCT');
    expect(assessment.specialConsiderationsMissing).toEqual([
      'monthsSinceFirstHct',
      'firstHctConditioning',
      'firstHctDonorType',
      'preCartCd19NegClone',
      'donorAvailability',
      'comorbidities',
      'previousToxicities',
    ]);
  });
});

describe('disease state', () => {
  it.each([
    ['nothing assessed', [], 'UNKNOWN'],
    ['not evaluable', [statusOn(onDay(28), 'NOT_EVALUABLE')], 'UNKNOWN'],
    ['remission, which of them not said', [statusOn(onDay(28), 'REMISSION')], 'REMISSION'],
    [
      'relapse, then remission again',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(95), 'CR')],
      'REMISSION',
    ],
    [
      'a relapse at the level of MRD leaves the remission',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE', { level: 'MOLECULAR' })],
      'REMISSION',
    ],
    [
      'extramedullary relapse',
      [
        statusOn(onDay(28), 'CR'),
        statusOn(onDay(60), 'RELAPSE', { level: 'EXTRAMEDULLARY', sites: ['CNS'] }),
      ],
      'ACTIVE',
    ],
    ['progressive', [statusOn(onDay(20), 'PROGRESSIVE')], 'NO_RESPONSE'],
    [
      '"no response" in remission may mean MRD or B cells',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'NR')],
      'UNKNOWN',
    ],
    [
      '"no response" to what was given for the relapse',
      [statusOn(onDay(28), 'CR'), statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(90), 'NR')],
      'ACTIVE',
    ],
    ['a relapse without a recorded remission', [statusOn(onDay(60), 'RELAPSE')], 'ACTIVE'],
    [
      'no response, then remission by itself',
      [statusOn(onDay(28), 'NR'), statusOn(onDay(40), 'CR')],
      'REMISSION',
    ],
  ] as const)('%s', (_, statuses, state) => {
    const assessment = assess({ disease: null }, observing({ diseaseStatus: [...statuses] }));
    expect(assessment.basis?.diseaseStatus.answer).toBe(state);
  });

  it('unknown: what is missing and what is possible', () => {
    const assessment = assess({ disease: null });
    expect(assessment.missing).toEqual(['current disease status']);
    expect(assessment.possible).toEqual([
      'NO_CRITERION_MET',
      'OUT_OF_SCOPE_ACTIVE_DISEASE',
      'OUT_OF_SCOPE_NO_RESPONSE',
    ]);
  });

  it('a remission that another therapy brought is no response to the CAR-T cells', () => {
    const change: Change = (record) => ({
      ...observing({ diseaseStatus: [statusOn(onDay(28), 'NR'), statusOn(onDay(80), 'CR')] })(record),
      laterTherapies: [therapyOn(onDay(40), 'CHEMOTHERAPY', { intent: 'NEW_THERAPY' })],
    });
    expect(assess({ disease: null }, change).status).toBe('OUT_OF_SCOPE_NO_RESPONSE');
  });

  it('after a relapse B cells are no longer observed: whether they are there now is not known', () => {
    const change = observing({ diseaseStatus: [statusOn(onDay(60), 'RELAPSE'), statusOn(onDay(95), 'CR')] });
    expect(assess({}, change)).toMatchObject({
      status: 'INDETERMINATE',
      missing: ['current B-cell assessment'],
    });
  });

  it('marrow blasts over the threshold after remission are a relapse', () => {
    const assessment = assess({}, observing({ marrowBlasts: [blastsOn(onDay(95), 20)] }));
    expect(assessment.status).toBe('OUT_OF_SCOPE_ACTIVE_DISEASE');
  });
});

describe('bounds of the rules', () => {
  it('a B-cell count exactly at 10 is recovery by the strict and aplasia by the lenient definition', () => {
    const change = observing({ bCells: [bCellsOn(onDay(95), 10, { measure: 'PER_MICROLITRE' })] });
    const assessment = assess({}, change);
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.boundarySensitive).toBe(true);
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'bcaDefinition',
        value: 'BCA_WH_LENIENT',
        status: 'NO_CRITERION_MET',
        criteria: [{ id: 'R.b', result: 'NOT_MET' }],
      },
    ]);
  });

  it('a loss first seen on day 182 depends on the window', () => {
    const assessment = assess({
      evalDay: 200,
      bca: [
        [170, 'A'],
        [182, 'R'],
      ],
    });
    expect(assessment.status).toBe('RECOMMENDED');
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'window',
        value: 'M6_D180',
        status: 'NO_CRITERION_MET',
        criteria: [{ id: 'R.b', result: 'NOT_MET' }],
      },
    ]);
  });

  it('blasts of exactly 5 % depend on the threshold', () => {
    const assessment = assess({ preLdBlastPct: 5 });
    expect(assessment.boundaryChanges).toEqual([
      {
        parameter: 'highBurden',
        value: 'GE5',
        status: 'MAY_BE_CONSIDERED',
        criteria: [{ id: 'C.b', result: 'MET' }],
      },
    ]);
  });

  it('nothing near a bound', () => {
    expect(assess({})).toMatchObject({ boundarySensitive: false, boundaryChanges: [] });
  });
});

describe('cautions', () => {
  it.each(Object.entries(HCT_CAUTIONS))('%s has a sentence', (_, text) => {
    expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    [9.9e-5, ['LOW_BURDEN_PRE_LD']],
    [1e-4, []],
    [9.9e-3, []],
    [1e-2, ['NOTE_HIGH_MRD']],
  ])('MRD before lymphodepletion of %d', (preLdMrd, cautions) => {
    expect(assess({ preLdMrd }).cautions).toEqual(cautions);
  });

  it('low MRD after lymphodepletion against a recommendation is a conflict of evidence', () => {
    const change = observing({ mrd: [mrdOn(onDay(-1), 'NEGATIVE', { sensitivity: 1e-5 })] });
    const assessment = assess(
      {
        bca: [
          [28, 'A'],
          [60, 'R'],
          [70, 'R'],
        ],
      },
      change,
    );
    expect(assessment).toMatchObject({
      status: 'RECOMMENDED',
      cautions: ['LOW_BURDEN_POST_LD'],
      evidenceConflict: true,
    });
  });

  it.each([
    [25, []],
    [26, ['OUTSIDE_CAYA_AGE_RANGE']],
  ])('aged %i', (age, cautions) => {
    expect(assess({ age }).cautions).toEqual(cautions);
  });

  it('extramedullary disease before CAR-T', () => {
    const change = observing({ diseaseStatus: [statusOn(onDay(-60), 'RELAPSE', { sites: ['CNS'] })] });
    expect(assess({}, change).cautions).toEqual(['EM_DISEASE_NOTE']);
  });
});

describe('scope and evidence', () => {
  it('a refuted diagnosis is out of scope', () => {
    const diagnoses = [
      { kind: 'B_ALL' as const, verification: 'REFUTED' as const, sources: from('Condition/all') },
    ];
    const assessment = assess({}, (record) => ({ ...record, disease: { ...record.disease, diagnoses } }));
    expect(assessment).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'B-ALL refuted' });
  });

  it('before the infusion there is no course', () => {
    const assessment = assessHctConsolidation(hctRecord(NOTHING_MET), onDay(-1));
    expect(assessment).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'no CD19 CAR-T infusion on record',
    });
  });

  it('a death after the evaluation day has not happened', () => {
    const dead: Change = (record) => ({
      ...record,
      followUp: { ...record.followUp, death: diedOn(onDay(101)) },
    });
    expect(assess({}, dead).status).toBe('NO_CRITERION_MET');
    expect(assess({ evalDay: 101 }, dead).status).toBe('NOT_APPLICABLE');
  });

  it('an infusion known to the year leaves its days unknown', () => {
    const assessment = assess({}, (record) => ({
      ...record,
      courses: record.courses.map((course) => ({
        ...course,
        infusion: { ...course.infusion, date: '2024' },
      })),
    }));
    expect(criterion(assessment, 'R.b')?.result ?? 'UNKNOWN').toBe('UNKNOWN');
    expect(assessment.status).toBe('INDETERMINATE');
  });

  it('every criterion names its sources', () => {
    const assessment = assess({
      bca: [
        [28, 'A'],
        [90, 'R'],
      ],
      mrd: [[28, 'FCM', 'POS']],
    });
    const refs = (id: CriterionId) => criterion(assessment, id)?.data.map(({ ref }) => ref);
    expect(refs('R.a')).toEqual(['Procedure/infusion-1']);
    expect(refs('R.b')).toEqual([
      `Observation/b-cells-0.1-${onDay(28)}`,
      `Observation/b-cells-12-${onDay(90)}`,
    ]);
    expect(refs('R.c')).toEqual([`Observation/mrd-POSITIVE-${onDay(28)}`]);
    expect(refs('C.b')).toEqual([`Observation/blasts-1-${onDay(-7)}`]);
    expect(assessment.criteria.every(({ cite }) => cite.length > 0)).toBe(true);
  });

  it('refuses an evaluation day that is not a full date', () => {
    expect(() => assessHctConsolidation(hctRecord(NOTHING_MET), '2024-06')).toThrow(
      'asOf must be a full date',
    );
  });
});
