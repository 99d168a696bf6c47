import { countHlh, deriveHlh, type Hlh } from '../../../src/clinical/hyperinflammation/hlh.ts';
import type { Observations } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { lab, sign, temperature, when } from '../../support/toxicity-facts.ts';

const hlhOf = (observations: Partial<Observations>): Hlh => deriveHlh(frameOf({ observations }));

/** By the parameter `hlhToDay`. */
const LAST = 100;

const SICK = [
  lab(when(10), 'haemoglobin', 7),
  lab(when(10), 'platelets', 20),
  lab(when(10), 'fibrinogen', 120),
  lab(when(10), 'ferritin', 8000),
];

describe('worked examples', () => {
  it('(i) four met, four unknown', () => {
    expect(hlhOf({ vitalSigns: [temperature(when(10), 39)], laboratory: SICK })).toMatchObject({
      status: 'INDETERMINATE',
      metMin: 4,
      metMax: 8,
      missing: ['splenomegaly', 'haemophagocytosis', 'nk-activity', 'scd25'],
    });
  });

  it('(ii) with splenomegaly five', () => {
    const observations = {
      vitalSigns: [temperature(when(10), 39)],
      laboratory: SICK,
      clinicalSigns: [sign(when(11), 'SPLENOMEGALY', true)],
    };
    expect(hlhOf(observations)).toMatchObject({ status: 'POSITIVE', metMin: 5, metMax: 8 });
  });

  it('(iii) one or two', () => {
    expect(
      hlhOf({
        vitalSigns: [temperature(when(10), 38.2)],
        laboratory: [
          lab(when(10), 'haemoglobin', 10),
          lab(when(10), 'anc', 2000),
          lab(when(10), 'platelets', 50),
          lab(when(10), 'triglycerides', 150),
          lab(when(10), 'fibrinogen', 300),
          lab(when(10), 'ferritin', 900),
        ],
        clinicalSigns: [
          sign(when(10), 'SPLENOMEGALY', false),
          sign(when(10), 'HAEMOPHAGOCYTOSIS', false),
          sign(when(10), 'LOW_NK_ACTIVITY', false),
        ],
      }),
    ).toMatchObject({ status: 'NEGATIVE', metMin: 1, metMax: 2 });
  });
});

describe('both sides of every limit', () => {
  const statusOf = (id: string, observations: Partial<Observations>) =>
    hlhOf(observations).criteria.find((criterion) => criterion.id === id)?.status;

  it.each<[string, Partial<Observations>, string]>([
    ['fever', { vitalSigns: [temperature(when(5), 38.5)] }, 'MET'],
    ['fever', { vitalSigns: [temperature(when(5), 38.4)] }, 'NOT_MET'],
    ['ferritin', { laboratory: [lab(when(5), 'ferritin', 500)] }, 'MET'],
    ['ferritin', { laboratory: [lab(when(5), 'ferritin', 499)] }, 'NOT_MET'],
    ['ferritin', { laboratory: [lab(when(5), 'ferritin', 400, { comparator: '>' })] }, 'UNKNOWN'],
    ['scd25', { laboratory: [lab(when(5), 'scd25', 2400)] }, 'MET'],
    ['scd25', { laboratory: [lab(when(5), 'scd25', 2399)] }, 'NOT_MET'],
    ['triglycerides-or-fibrinogen', { laboratory: [lab(when(5), 'triglycerides', 265)] }, 'MET'],
    ['triglycerides-or-fibrinogen', { laboratory: [lab(when(5), 'triglycerides', 264)] }, 'UNKNOWN'],
    ['triglycerides-or-fibrinogen', { laboratory: [lab(when(5), 'fibrinogen', 150)] }, 'MET'],
    ['triglycerides-or-fibrinogen', { laboratory: [lab(when(5), 'fibrinogen', 151)] }, 'UNKNOWN'],
    ['bicytopenia', { laboratory: [lab(when(5), 'haemoglobin', 8.9), lab(when(5), 'platelets', 99)] }, 'MET'],
    [
      'bicytopenia',
      { laboratory: [lab(when(5), 'haemoglobin', 9), lab(when(5), 'platelets', 99)] },
      'UNKNOWN',
    ],
    ['bicytopenia', { laboratory: [lab(when(5), 'anc', 999), lab(when(5), 'platelets', 99)] }, 'MET'],
    [
      'bicytopenia',
      {
        laboratory: [
          lab(when(5), 'anc', 1000),
          lab(when(5), 'platelets', 100),
          lab(when(5), 'haemoglobin', 7),
        ],
      },
      'NOT_MET',
    ],
  ])('%s %j: %s', (id, observations, expected) => {
    expect(statusOf(id, observations)).toBe(expected);
  });
});

it('criteria of different weeks are not counted together', () => {
  const observations = {
    vitalSigns: [temperature(when(3), 39)],
    laboratory: SICK.map((value) => ({ ...value, ...when(20) })),
  };
  expect(hlhOf(observations)).toMatchObject({ metMin: 3, day: 20 });
});

it.each([
  [5, 0, 'POSITIVE'],
  [4, 1, 'INDETERMINATE'],
  [4, 0, 'NEGATIVE'],
  [0, 5, 'INDETERMINATE'],
  [0, 4, 'NEGATIVE'],
])('%d met and %d unknown: %s', (met, unknown, status) => {
  const statuses = [
    ...Array.from({ length: met }, () => 'MET' as const),
    ...Array.from({ length: unknown }, () => 'UNKNOWN' as const),
    ...Array.from({ length: 8 - met - unknown }, () => 'NOT_MET' as const),
  ];
  expect(countHlh(statuses).status).toBe(status);
});

describe('only what happened in the course, up to its last day for HLH', () => {
  const ferritinOn = (day: number) =>
    hlhOf({ laboratory: [lab(when(day), 'ferritin', 8000)] }).criteria.find(({ id }) => id === 'ferritin')
      ?.status;
  const splenomegalyOn = (day: number) =>
    hlhOf({ clinicalSigns: [sign(when(day), 'SPLENOMEGALY', true)] }).criteria.find(
      ({ id }) => id === 'splenomegaly',
    )?.status;
  const feverOn = (day: number) =>
    hlhOf({ vitalSigns: [temperature(when(day), 39)] }).criteria.find(({ id }) => id === 'fever')?.status;

  it.each([
    [-1, 'UNKNOWN'],
    [0, 'MET'],
    [LAST, 'MET'],
    [LAST + 1, 'UNKNOWN'],
  ])('day %d: %s', (day, expected) => {
    expect([ferritinOn(day), splenomegalyOn(day), feverOn(day)]).toEqual([expected, expected, expected]);
  });
});

describe('the stretch of a week that shows most', () => {
  it.each([
    [9, 5],
    [10, 4],
  ])('fever on day 3 and the rest on day %d: %d met', (day, metMin) => {
    const found = hlhOf({
      vitalSigns: [temperature(when(3), 39)],
      laboratory: SICK.map((value) => ({ ...value, ...when(day) })),
      clinicalSigns: [sign(when(day), 'SPLENOMEGALY', true)],
    });
    expect(found).toMatchObject({ metMin, day });
  });

  it('of as many met, the one with fewer unknown, then the earlier', () => {
    const observations = {
      laboratory: [
        lab(when(3), 'ferritin', 8000),
        lab(when(20), 'ferritin', 8000),
        lab(when(20), 'scd25', 100),
      ],
    };
    expect(hlhOf(observations)).toMatchObject({ day: 20, metMin: 1, metMax: 7 });
    expect(hlhOf({ laboratory: [lab(when(3), 'ferritin', 8000), lab(when(20), 'ferritin', 8000)] }).day).toBe(
      3,
    );
  });

  it('of one day the highest temperature without another cause', () => {
    const fever = (...vitalSigns: NonNullable<Observations['vitalSigns']>) =>
      hlhOf({ vitalSigns }).criteria.find(({ id }) => id === 'fever')?.status;
    expect(
      fever(
        temperature(when(3, '08:00'), 37),
        temperature(when(3, '12:00'), 39),
        temperature(when(3, '16:00'), 38),
      ),
    ).toBe('MET');
    expect(
      fever(temperature(when(3, '08:00'), 40, { otherCause: true }), temperature(when(3, '12:00'), 37)),
    ).toBe('NOT_MET');
  });
});

it('evidence is that of what met a criterion', () => {
  const found = hlhOf({
    laboratory: [lab(when(5), 'haemoglobin', 7), lab(when(5), 'platelets', 20), lab(when(5), 'anc', 4000)],
  });
  expect(
    found.criteria.find(({ id }) => id === 'bicytopenia')?.evidence.map(({ reference }) => reference),
  ).toEqual(['Observation/haemoglobin-7-2024-03-09-day', 'Observation/platelets-20-2024-03-09-day']);
});
