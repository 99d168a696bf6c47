import { assess, criterion, observing, type RecordChange } from '../../support/assess-hct.ts';
import { type HctInput, onDay } from '../../support/hct-record.ts';
import { courseOn, mrdOn, statusOn, therapyOn } from '../../support/record-builder.ts';

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
    const change: RecordChange = (record) => ({
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
    const change: RecordChange = (record) => ({
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

  const treated = (
    kind: Parameters<typeof therapyOn>[1],
    day: number,
    intent: 'MAINTENANCE' | 'NEW_THERAPY' | 'BRIDGING',
  ): RecordChange => {
    return (record) => ({ ...record, laterTherapies: [therapyOn(onDay(day), kind, { intent })] });
  };
  const CLEARED: HctInput['mrd'] = [
    [40, 'FCM', 'POS'],
    [60, 'FCM', 'NEG'],
  ];

  it.each<[string, RecordChange, boolean]>([
    ['nothing given', (record) => record, true],
    ['maintenance on the day of the positive', treated('CHEMOTHERAPY', 40, 'MAINTENANCE'), false],
    ['maintenance the day before', treated('CHEMOTHERAPY', 39, 'MAINTENANCE'), true],
    ['maintenance the day before the negative', treated('CHEMOTHERAPY', 59, 'MAINTENANCE'), false],
    ['maintenance on the day of the negative', treated('CHEMOTHERAPY', 60, 'MAINTENANCE'), true],
  ])('cleared without treatment: %s', (_, change, sinceCleared) => {
    expect(criterion(assess({ mrd: CLEARED }, change), 'R.c')).toMatchObject({ result: 'MET', sinceCleared });
  });

  it.each<[string, RecordChange, string]>([
    ['a new therapy', treated('CHEMOTHERAPY', 50, 'NEW_THERAPY'), 'UNKNOWN'],
    [
      'reinfusion',
      (record) => ({ ...record, courses: [...record.courses, courseOn(2, onDay(50), 'tisagenlecleucel')] }),
      'UNKNOWN',
    ],
    ['nothing', (record) => record, 'MET'],
  ])('what comes after %s says nothing of these cells', (_, change, result) => {
    expect(criterion(assess({ mrd: [[60, 'FCM', 'POS']] }, change), 'R.c')?.result).toBe(result);
  });

  it('shows the method and the value; of one day by the order of the methods', () => {
    const change = observing({
      mrd: [
        mrdOn(onDay(40), 'POSITIVE', { method: 'NGS', value: 2e-4 }),
        mrdOn(onDay(40), 'POSITIVE', { method: 'FCM', value: 1e-3, comparator: '>' }),
      ],
    });
    const found = criterion(assess({ mrd: [] }, change), 'R.c');
    expect(found).toMatchObject({ firstPositiveDay: 40, method: 'FCM' });
    expect(found?.data.map(({ value }) => value)).toEqual(['positive by FCM >0.001']);
  });

  it('the last negative is the one that is named', () => {
    const mrd: HctInput['mrd'] = [
      [28, 'NGS', 'NEG'],
      [60, 'FCM', 'NEG'],
      [90, 'RQ_PCR', 'NEG'],
    ];
    expect(criterion(assess({ mrd }), 'R.c')).toMatchObject({
      result: 'NOT_MET',
      reason: 'last negative on day 90',
      lastNegativeDay: 90,
      ngsDone: true,
    });
  });
});
