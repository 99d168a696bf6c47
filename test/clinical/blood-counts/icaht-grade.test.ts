import fc from 'fast-check';
import {
  gradeEarlyIcaht,
  gradeLateIcaht,
  gradePlateletIcaht,
} from '../../../src/clinical/blood-counts/icaht-grade.ts';
import { type DailyValues, fillDailyValues } from '../../../src/clinical/record/daily-values.ts';
import { readVectors } from '../../support/clinical-vectors.ts';

interface IcahtVectors {
  readonly icahtEarly: readonly {
    readonly id: string;
    readonly desc: string;
    readonly anc: Readonly<Record<string, number>>;
    readonly lastFollowUpDay: number | null;
    readonly expected: {
      readonly grade: number;
      readonly longestLE500: number;
      readonly longestLE100: number;
    };
  }[];
  readonly icahtLate: readonly {
    readonly id: string;
    readonly desc: string;
    readonly anc: Readonly<Record<string, number>>;
    readonly expected: number | null;
  }[];
}

const vectors = readVectors<IcahtVectors>('grading');

const PARAMETERS = {
  icahtMode: 'LONGEST_RUN',
  icahtEarlyToDay: 30,
  icahtLateToDay: 100,
  icahtFillDays: 7,
  icahtJoinDays: 2,
  icahtNeverRecoveredFromDay: 3,
} as const;

const END = { lastDay: Number.POSITIVE_INFINITY, final: false };

function counts(values: Readonly<Record<string, number>>): DailyValues {
  return new Map(Object.entries(values).map(([day, value]) => [Number(day), value]));
}

/** 1500 every day from 0 to 30, but for these stretches of first day, last day, count. */
function dips(...stretches: readonly (readonly [number, number, number])[]): DailyValues {
  const values = new Map<number, number>();
  for (let day = 0; day <= 30; day += 1) values.set(day, 1500);
  for (const [first, last, value] of stretches) {
    for (let day = first; day <= last; day += 1) values.set(day, value);
  }
  return values;
}

describe('worked examples, early', () => {
  it.each(vectors.icahtEarly.map((vector) => [vector.id, vector.desc, vector] as const))(
    '%s %s',
    (_, __, vector) => {
      const end = { lastDay: vector.lastFollowUpDay ?? Number.POSITIVE_INFINITY, final: true };
      const { grade, daysBelow500, daysBelow100 } = gradeEarlyIcaht(counts(vector.anc), end, PARAMETERS);
      expect({ grade, longestLE500: daysBelow500, longestLE100: daysBelow100 }).toEqual(vector.expected);
    },
  );
});

describe('worked examples, late', () => {
  it.each(vectors.icahtLate.map((vector) => [vector.id, vector.desc, vector] as const))(
    '%s %s',
    (_, __, vector) => {
      expect(gradeLateIcaht(counts(vector.anc), END, PARAMETERS).grade ?? null).toBe(vector.expected);
    },
  );
});

describe('both sides of every limit, early', () => {
  it.each<[string, readonly (readonly [number, number, number])[], number, number, number]>([
    ['500 counts', [[5, 5, 500]], 1, 1, 0],
    ['501 does not', [[5, 5, 501]], 0, 0, 0],
    ['6 days', [[5, 10, 500]], 1, 6, 0],
    ['7 days', [[5, 11, 500]], 2, 7, 0],
    ['13 days', [[5, 17, 500]], 2, 13, 0],
    ['14 days', [[5, 18, 500]], 3, 14, 0],
    ['6 days at 100', [[5, 10, 100]], 1, 6, 6],
    ['7 days at 100', [[5, 11, 100]], 3, 7, 7],
    ['7 days at 101', [[5, 11, 101]], 2, 7, 0],
    ['14 days at 100', [[5, 18, 100]], 4, 14, 14],
    ['from day 3 to the end', [[3, 30, 400]], 4, 28, 0],
    ['from day 4 to the end', [[4, 30, 400]], 3, 27, 0],
    ['from day 0, once above at the end', [[0, 29, 400]], 3, 30, 0],
    [
      'two dips, one day between',
      [
        [5, 8, 400],
        [10, 13, 400],
      ],
      2,
      9,
      0,
    ],
    [
      'two dips, two days between',
      [
        [5, 8, 400],
        [11, 14, 400],
      ],
      2,
      10,
      0,
    ],
    [
      'two dips, three days between',
      [
        [5, 8, 400],
        [12, 15, 400],
      ],
      1,
      4,
      0,
    ],
    [
      'profound days joined too',
      [
        [5, 8, 90],
        [11, 14, 90],
      ],
      3,
      10,
      10,
    ],
  ])('%s', (_, stretches, grade, below500, below100) => {
    expect(gradeEarlyIcaht(dips(...stretches), END, PARAMETERS)).toMatchObject({
      grade,
      daysBelow500: below500,
      daysBelow100: below100,
    });
  });

  it('all days together by the other mode', () => {
    const values = dips([5, 8, 400], [12, 15, 400]);
    const result = gradeEarlyIcaht(values, END, { ...PARAMETERS, icahtMode: 'CUMULATIVE' });
    expect(result).toMatchObject({ grade: 2, daysBelow500: 8 });
  });
});

describe('days without a count', () => {
  it('seven are filled in, eight are not', () => {
    const seven = gradeEarlyIcaht(
      counts({ 0: 900, 2: 400, 10: 400, 11: 900, 20: 900, 28: 900 }),
      END,
      PARAMETERS,
    );
    expect(seven).toMatchObject({ grade: 2, daysBelow500: 9 });
    const eight = gradeEarlyIcaht(
      counts({ 0: 900, 2: 400, 11: 400, 12: 900, 20: 900, 28: 900 }),
      END,
      PARAMETERS,
    );
    expect(eight).toMatchObject({ grade: 1, daysBelow500: 1, flags: ['INCOMPLETE_SAMPLING'] });
  });

  it('the edges carry the nearest count for seven days', () => {
    const fill = (first: number, last: number) =>
      fillDailyValues(counts({ [first]: 400, [last]: 600 }), {
        fromDay: 0,
        toDay: 30,
        fillDays: 7,
        roundTo: 10,
      });
    expect(fill(7, 23)[0]).toBe(400);
    expect(fill(8, 23)[0]).toBeUndefined();
    expect(fill(7, 23)[30]).toBe(600);
    expect(fill(7, 22)[30]).toBeUndefined();
  });

  it('what is filled in is rounded to ten, what is measured is not', () => {
    const filled = fillDailyValues(counts({ 0: 496, 2: 512 }), {
      fromDay: 0,
      toDay: 2,
      fillDays: 7,
      roundTo: 10,
    });
    expect(filled).toEqual([496, 500, 512]);
  });

  // R 4.2.2: round(c(95, 105, 495, 505, 515, 504, 506), -1)
  it.each([
    [95, 100],
    [105, 100],
    [495, 500],
    [505, 500],
    [515, 520],
    [504, 500],
    [506, 510],
  ])('%d, filled in, is rounded to %d: of two as near the even ten', (between, expected) => {
    const rules = { fromDay: 0, toDay: 2, fillDays: 7, roundTo: 10 };
    const around = counts({ 0: between - 90, 2: between + 90 });
    expect(fillDailyValues(around, rules)).toEqual([between - 90, expected, between + 90]);
  });

  it('a filled-in day at 505 belongs to the days at or below 500, a measured one does not', () => {
    expect(gradeEarlyIcaht(counts({ 4: 500, 6: 510, 7: 900 }), END, PARAMETERS)).toMatchObject({
      daysBelow500: 6,
    });
    expect(gradeEarlyIcaht(counts({ 4: 500, 5: 505, 6: 510, 7: 900 }), END, PARAMETERS)).toMatchObject({
      daysBelow500: 5,
    });
  });

  it('nothing is carried past the last follow-up', () => {
    const end = { lastDay: 12, final: true };
    expect(gradeEarlyIcaht(counts({ 0: 400, 5: 400, 12: 400 }), end, PARAMETERS)).toMatchObject({
      grade: 4,
      daysBelow500: 13,
      neverRecovered: true,
    });
  });

  it('where sampling merely stopped the grade is by duration', () => {
    const result = gradeEarlyIcaht(counts({ 0: 400, 6: 400, 12: 400 }), END, PARAMETERS);
    expect(result).toMatchObject({ grade: 2, daysBelow500: 13, flags: ['INCOMPLETE_SAMPLING'] });
  });

  it('cut by another therapy, a run to the end is no failure to recover', () => {
    const end = { lastDay: 10, final: false };
    expect(gradeEarlyIcaht(dips([0, 30, 400]), end, PARAMETERS)).toMatchObject({
      grade: 2,
      daysBelow500: 11,
    });
  });

  it('no count at all', () => {
    expect(gradeEarlyIcaht(new Map(), END, PARAMETERS).grade).toBeUndefined();
  });
});

describe('late', () => {
  it.each<[Readonly<Record<string, number>>, number | undefined, readonly string[]]>([
    [{ 40: 1501, 50: 1501 }, 0, []],
    [{ 40: 1500, 50: 1500 }, 1, []],
    [{ 40: 1000, 50: 1500 }, 2, []],
    [{ 40: 1001, 50: 1500 }, 1, []],
    [{ 40: 500, 50: 1500 }, 3, []],
    [{ 40: 501, 50: 1500 }, 2, []],
    [{ 40: 100, 50: 1500 }, 4, []],
    [{ 40: 101, 50: 1500 }, 3, []],
    [{ 40: 90, 50: 2000 }, 0, ['TRANSIENT_LOW_VALUE']],
    [{ 40: 2000, 50: 90 }, 0, ['UNCONFIRMED_LOW_VALUE']],
    [{ 40: 400 }, 3, ['SINGLE_VALUE']],
    [{ 40: 4000 }, 0, []],
    [{ 30: 50 }, undefined, []],
    [{ 31: 50 }, 4, ['SINGLE_VALUE']],
    [{ 100: 50 }, 4, ['SINGLE_VALUE']],
    [{ 101: 50 }, undefined, []],
  ])('%j', (anc, grade, flags) => {
    const late = gradeLateIcaht(counts(anc), END, PARAMETERS);
    expect(late.grade).toBe(grade);
    expect(late.flags).toEqual(flags);
  });
});

describe('platelets', () => {
  it.each<['EARLY' | 'LATE', readonly (readonly [number, number, number])[], number]>([
    ['EARLY', [], 0],
    ['EARLY', [[5, 10, 49]], 1],
    ['EARLY', [[5, 10, 50]], 0],
    ['EARLY', [[5, 11, 49]], 2],
    ['EARLY', [[5, 5, 19]], 3],
    ['EARLY', [[5, 5, 20]], 1],
    ['EARLY', [[5, 17, 19]], 3],
    ['EARLY', [[5, 18, 19]], 4],
  ])('%s %j', (phase, stretches, grade) => {
    expect(gradePlateletIcaht(phase, dips(...stretches), END, PARAMETERS).grade).toBe(grade);
  });

  it.each<[Readonly<Record<string, number>>, number]>([
    [{ 40: 100 }, 0],
    [{ 40: 99 }, 1],
    [{ 40: 50 }, 1],
    [{ 40: 49 }, 2],
    [{ 40: 19 }, 3],
    [{ 40: 19, 47: 19, 54: 19 }, 4],
  ])('late %j', (platelets, grade) => {
    const end = { lastDay: 100, final: false };
    expect(
      gradePlateletIcaht('LATE', counts(platelets), end, { ...PARAMETERS, icahtFillDays: 7 }).grade,
    ).toBe(grade);
  });
});

it('a higher count never raises the grade', () => {
  const series = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 31, maxLength: 31 });
  fc.assert(
    fc.property(series, fc.nat(30), fc.integer({ min: 1, max: 2000 }), (values, day, more) => {
      const read = (list: readonly number[]): number =>
        gradeEarlyIcaht(new Map(list.entries()), END, PARAMETERS).grade ?? -1;
      const raised = values.map((value, index) => (index === day ? value + more : value));
      expect(read(raised)).toBeLessThanOrEqual(read(values));
    }),
  );
});
