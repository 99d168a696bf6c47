import type { GradedPoint } from '../../../src/clinical/toxicity/graded-point.ts';
import { deriveGradedDays } from '../../../src/clinical/toxicity/toxicity-days.ts';
import { frameOf } from '../../support/frame-of.ts';
import { from } from '../../support/record-builder.ts';

/** A moment of day 4 at so many minutes, whose evidence is named after it. */
function moment(minute: number, more: Partial<GradedPoint>): GradedPoint {
  return {
    day: 4,
    at: 4 * 1440 + minute,
    timed: true,
    status: 'EXACT',
    missing: [],
    flags: [],
    evidence: from(`Observation/${minute}`),
    ...more,
  };
}

function dayOf(...points: readonly GradedPoint[]) {
  const [day] = deriveGradedDays(frameOf(), points);
  return day && { ...day, evidence: day.evidence.map(({ reference }) => reference) };
}

it('the highest grade of the day, with what showed it', () => {
  const found = dayOf(
    moment(110, { grade: 1, flags: ['LOWER'] }),
    moment(120, { grade: 2, flags: ['B', 'A'] }),
    moment(180, { grade: 2, flags: ['A'] }),
    moment(240, { grade: 0 }),
  );
  expect(found).toEqual({
    day: 4,
    date: '2024-03-08',
    status: 'EXACT',
    grade: 2,
    missing: [],
    flags: ['A', 'B'],
    evidence: ['Observation/120', 'Observation/180'],
  });
});

it('a day without a grade above 0 is shown by its last assessment', () => {
  const found = dayOf(moment(110, { grade: 0 }), moment(120, { grade: 0 }));
  expect(found).toMatchObject({ status: 'EXACT', grade: 0, evidence: ['Observation/120'] });
});

it('a day without any grade shows all that was looked at, and what was missing', () => {
  const found = dayOf(
    moment(110, { status: 'INDETERMINATE', missing: ['temperature'] }),
    moment(120, { status: 'INDETERMINATE', missing: ['oxygen', 'temperature'] }),
  );
  expect(found).toEqual({
    day: 4,
    date: '2024-03-08',
    status: 'INDETERMINATE',
    missing: ['oxygen', 'temperature'],
    flags: [],
    evidence: ['Observation/110', 'Observation/120'],
  });
});

describe('how sure the grade is', () => {
  const lower = { status: 'AT_LEAST', grade: 1, missing: ['oxygen'] } as const;
  const hidden = { status: 'INDETERMINATE', missing: ['temperature'] } as const;
  const nothingSeen = { ...hidden, flags: ['NOTHING_SEEN'] } as const;

  it.each<[string, Partial<GradedPoint>, number, string, readonly string[]]>([
    ['every one exact', { grade: 1 }, 2, 'EXACT', []],
    ['beside a lower bound', lower, 2, 'AT_LEAST', ['oxygen']],
    ['beside one that cannot be graded', hidden, 2, 'AT_LEAST', ['temperature']],
    ['beside one that shows nothing to grade', nothingSeen, 2, 'EXACT', []],
    ['grade 3 beside a lower bound', lower, 3, 'AT_LEAST', ['oxygen']],
    ['grade 4, above which there is death alone', lower, 4, 'EXACT', []],
  ])('%s', (_, other, grade, status, missing) => {
    expect(dayOf(moment(110, { grade }), moment(120, other))).toMatchObject({ grade, status, missing });
  });
});

it('days in their order', () => {
  const days = deriveGradedDays(frameOf(), [
    moment(110, { day: 9, grade: 1 }),
    moment(110, { grade: 2 }),
    moment(110, { day: 0, grade: 0 }),
  ]);
  expect(days.map(({ day, date, grade }) => [day, date, grade])).toEqual([
    [0, '2024-03-04', 0],
    [4, '2024-03-08', 2],
    [9, '2024-03-13', 1],
  ]);
});
