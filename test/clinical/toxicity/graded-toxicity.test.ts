import type { GradedPoint } from '../../../src/clinical/toxicity/graded-point.ts';
import { deriveGradedToxicity, type GradedToxicity } from '../../../src/clinical/toxicity/graded-toxicity.ts';
import type { ToxicityGrade } from '../../../src/cohort/cohort-record.generated.ts';
import { frameOf } from '../../support/frame-of.ts';
import { courseOn, diedOn, from, infusedOn, type RecordParts } from '../../support/record-builder.ts';
import { INFUSION, reported, when } from '../../support/toxicity-facts.ts';

const SYSTEM = 'ASTCT-2019';
const QUESTION = {
  toxicity: 'CRS',
  definition: 'CRS_ASTCT_2019',
  version: '1',
  system: SYSTEM,
  rules: { gapHours: 72, automaticToDay: 14, adjudicateToDay: 30 },
  severeFromGrade: 3,
  parameters: {},
} as const;

/** Noon of a day with its computed grade. */
function point(day: number, grade: number | undefined, more: Partial<GradedPoint> = {}): GradedPoint {
  return {
    day,
    at: day * 1440 + 720,
    timed: true,
    status: 'EXACT',
    ...(grade === undefined ? {} : { grade }),
    missing: [],
    flags: [],
    evidence: from(`Observation/day-${day}`),
    ...more,
  };
}

const atLeast = (day: number, grade: number) =>
  point(day, grade, { status: 'AT_LEAST', missing: ['oxygen'] });
const ungraded = (day: number) =>
  point(day, undefined, { status: 'INDETERMINATE', missing: ['temperature'] });
const report = (day: number, grade?: number) => reported(when(day), 'CRS', SYSTEM, grade);
const decision = (day: number, grade: number | undefined, more: Partial<ToxicityGrade> = {}) =>
  reported(when(day), 'CRS', SYSTEM, grade, { method: 'ADJUDICATED', decidedOn: '2024-05-01', ...more });

function graded(
  points: readonly GradedPoint[],
  toxicityGrades: readonly ToxicityGrade[] = [],
  parts: RecordParts = {},
): GradedToxicity {
  return deriveGradedToxicity(frameOf({ observations: { toxicityGrades }, ...parts }), points, QUESTION);
}

describe('a report in the same system beside what is computed', () => {
  it.each<[string, GradedPoint, number, boolean, number, string]>([
    ['below an exact grade', point(4, 2), 1, true, 2, 'COMPUTED'],
    ['as an exact grade', point(4, 2), 2, false, 2, 'COMPUTED'],
    ['above an exact grade', point(4, 2), 3, true, 2, 'COMPUTED'],
    ['below a lower bound', atLeast(4, 2), 1, true, 2, 'COMPUTED'],
    ['as a lower bound', atLeast(4, 2), 2, false, 2, 'COMPUTED'],
    ['above a lower bound', atLeast(4, 2), 3, false, 3, 'REPORTED'],
    ['above a computed 0', point(4, 0), 2, true, 2, 'REPORTED'],
    ['0, as computed', point(4, 0), 0, false, 0, 'COMPUTED'],
    ['where nothing can be graded', ungraded(4), 1, false, 1, 'REPORTED'],
  ])('%s', (_, computed, grade, disagrees, peak, basis) => {
    const found = graded([computed], [report(5, grade)]);
    expect(found).toMatchObject({ disagrees, peak, basis });
    expect(found.flags.includes('REPORTED_DISAGREES')).toBe(disagrees);
    expect(found.openAdjudications).toEqual(
      disagrees ? [{ reason: 'REPORTED_DISAGREES', day: 5, date: '2024-03-09' }] : [],
    );
  });

  it('a better report keeps the days that were computed', () => {
    expect(graded([atLeast(4, 1), atLeast(6, 1)], [report(5, 3)])).toMatchObject({
      basis: 'REPORTED',
      peakDay: 5,
      onsetDay: 4,
      endDay: 6,
      durationDays: 3,
      computedPeak: 1,
    });
  });

  it('in another system it only says that it occurred', () => {
    const elsewhere = reported(when(4), 'CRS', 'PENN', 3);
    expect(graded([point(4, 0)], [elsewhere])).toMatchObject({
      occurred: 'MET',
      peakStatus: 'INDETERMINATE',
      computedPeak: 0,
      disagrees: false,
    });
    expect(graded([], [reported(when(4), 'CRS', 'PENN', 0)])).toMatchObject({ occurred: 'UNKNOWN' });
  });
});

describe('severe from grade 3 on', () => {
  it.each<[string, readonly GradedPoint[], string]>([
    ['grade 3', [point(4, 3)], 'MET'],
    ['grade 2', [point(4, 2)], 'NOT_MET'],
    ['at least grade 3', [atLeast(4, 3)], 'MET'],
    ['at least grade 2', [atLeast(4, 2)], 'UNKNOWN'],
    ['grade 0', [point(4, 0)], 'NOT_MET'],
    ['late, not decided', [point(4, 0), point(20, 2)], 'UNKNOWN'],
    ['nothing', [], 'UNKNOWN'],
  ])('%s', (_, points, severe) => {
    expect(graded(points).severe).toBe(severe);
  });
});

describe('what is left open by moments within the window of attribution', () => {
  it.each<[string, readonly GradedPoint[], Partial<GradedToxicity>]>([
    ['the last day of the window', [point(4, 2), ungraded(14)], { peak: 2, peakStatus: 'AT_LEAST' }],
    ['the day after it', [point(4, 2), ungraded(15)], { peak: 2, peakStatus: 'EXACT' }],
    ['later, within an episode', [point(13, 2), atLeast(15, 2)], { peak: 2, peakStatus: 'AT_LEAST' }],
    ['beside grade 4', [point(4, 4), ungraded(5)], { peak: 4, peakStatus: 'EXACT' }],
    ['beside grade 3', [point(4, 3), ungraded(5)], { peak: 3, peakStatus: 'AT_LEAST' }],
    ['beside grade 0', [point(4, 0), ungraded(5)], { occurred: 'UNKNOWN', peakStatus: 'INDETERMINATE' }],
    ['beside 0 and a lower bound of 0', [point(4, 0), atLeast(5, 0)], { peak: 0, peakStatus: 'AT_LEAST' }],
  ])('%s', (_, points, expected) => {
    expect(graded(points)).toMatchObject(expected);
  });
});

it('of two episodes of one grade the first has the peak', () => {
  expect(graded([point(2, 2), point(5, 2), point(10, 2)])).toMatchObject({
    episodes: [{ onsetDay: 2 }, { onsetDay: 5 }, { onsetDay: 10 }],
    peakDay: 2,
    onsetDay: 2,
    endDay: 10,
    durationDays: 3,
  });
});

describe('adjudication', () => {
  it('of a day puts its grade in place of the computed one, which stays visible', () => {
    const found = graded([point(4, 2), point(5, 1)], [decision(4, 3)]);
    expect(found).toMatchObject({
      peak: 3,
      basis: 'ADJUDICATED',
      peakDay: 4,
      computedPeak: 2,
      severe: 'MET',
    });
    expect(found.days.map(({ grade }) => grade)).toEqual([2, 1]);
  });

  it('of a day without any assessment is an episode of its own', () => {
    expect(graded([point(4, 1)], [decision(9, 2)])).toMatchObject({
      episodes: [
        { onsetDay: 4, peak: 1, adjudicated: false },
        { onsetDay: 9, peak: 2, adjudicated: true },
      ],
    });
  });

  it('0 where a grade was computed', () => {
    expect(graded([point(4, 2)], [decision(4, 0)])).toMatchObject({
      occurred: 'NOT_MET',
      peak: 0,
      basis: 'ADJUDICATED',
      computedPeak: 2,
    });
  });

  it('the latest of two decisions about a day counts', () => {
    const older = decision(4, 1, { decidedOn: '2024-04-01' });
    expect(graded([point(4, 2)], [older, decision(4, 4)]).peak).toBe(4);
    expect(graded([point(4, 2)], [decision(4, 4), older]).peak).toBe(4);
  });

  it.each<[string, readonly ToxicityGrade[], readonly string[], readonly string[]]>([
    ['late, waiting', [], ['LATE_ONSET'], ['LATE_ADJUDICATE']],
    ['late, decided by its grade', [decision(20, 2)], [], []],
    ['late, decided by its cause', [decision(20, undefined, { attribution: 'OTHER_CAUSE' })], [], []],
    [
      'late, a decision without grade and cause',
      [decision(20, undefined)],
      ['LATE_ONSET'],
      ['LATE_ADJUDICATE'],
    ],
  ])('%s', (_, decisions, open, flags) => {
    const found = graded([point(20, 2)], decisions);
    expect(found.openAdjudications.map(({ reason, day }) => [reason, day])).toEqual(
      open.map((reason) => [reason, 20]),
    );
    expect(found.flags).toEqual(flags);
  });

  it('is asked for where the grade was computed without fever, until it is given', () => {
    const withoutFever = point(4, 2, { flags: ['NEEDS_ADJUDICATION'] });
    expect(graded([withoutFever]).openAdjudications).toEqual([
      { reason: 'COMPUTED_WITHOUT_FEVER', day: 4, date: '2024-03-08' },
    ]);
    const cause = decision(4, undefined, { attribution: 'CAR_T' });
    expect(graded([withoutFever], [cause]).openAdjudications).toEqual([]);
  });

  it('of any episode answers a report that disagrees', () => {
    const found = graded([point(4, 2), point(9, 1)], [report(4, 3), decision(9, 1)]);
    expect(found).toMatchObject({ disagrees: true, openAdjudications: [] });
  });
});

describe('death', () => {
  const references = ({ evidence }: GradedToxicity) => evidence.map(({ reference }) => reference);

  it('by the toxicity is grade 5, with the death among the evidence', () => {
    const found = graded([point(4, 2)], [], { death: diedOn('2024-03-10', 'CRS') });
    expect(found).toMatchObject({ peak: 5, peakDay: 6, basis: 'DEATH', onsetDay: 4, severe: 'MET' });
    expect(references(found)).toEqual(['Observation/day-4', 'Patient/example']);
  });

  it('of something else is neither', () => {
    const found = graded([point(4, 2)], [], { death: diedOn('2024-03-10', 'INFECTION') });
    expect(found.peak).toBe(2);
    expect(references(found)).toEqual(['Observation/day-4']);
  });

  it.each([
    ['on the day of the infusion', INFUSION, 5],
    ['before the infusion', '2024-03-03', undefined],
    ['on the last day of the course', '2024-05-02', 5],
    ['on the day of the next infusion', '2024-05-03', undefined],
    ['on an unknown day', undefined, undefined],
  ])('%s', (_, date, peak) => {
    const courses = [...infusedOn(INFUSION), courseOn(2, '2024-05-03', 'tisagenlecleucel')];
    expect(graded([], [], { courses, death: diedOn(date, 'CRS') }).peak).toBe(peak);
  });
});

it('names each thing that was missing once, in order', () => {
  expect(graded([ungraded(4), atLeast(5, 1), ungraded(6)]).missing).toEqual(['oxygen', 'temperature']);
});
