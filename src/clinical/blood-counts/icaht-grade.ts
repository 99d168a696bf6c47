import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { type DailyValues, fillDailyValues, longestRun, runsOf } from '../record/daily-values.ts';

export type IcahtParameters = Pick<
  ClinicalParameters,
  | 'icahtMode'
  | 'icahtEarlyToDay'
  | 'icahtLateToDay'
  | 'icahtFillDays'
  | 'icahtJoinDays'
  | 'icahtNeverRecoveredFromDay'
>;

/** Until when the counts speak, and whether there was nothing after it. */
export interface IcahtEnd {
  /** Last day that counts, at most the last day of the window. */
  readonly lastDay: number;
  /** The patient died or was last seen then; else the observation was cut by a therapy or a relapse. */
  readonly final: boolean;
}

export interface EarlyIcahtGrade {
  /** 0 to 4; absent where no count was taken. */
  readonly grade?: number;
  /** Days at or below 500 and 100 per microlitre, by the mode of counting. */
  readonly daysBelow500: number;
  readonly daysBelow100: number;
  /** Grade 4 because the count never came back. */
  readonly neverRecovered: boolean;
  readonly flags: readonly string[];
}

const EARLY_NEUTROPENIA = 500;
const PROFOUND_NEUTROPENIA = 100;
/** Interpolated neutrophil counts are rounded so (clinical specification 2.3). */
const ROUND_TO = 10;

/**
 * Early ICAHT from the lowest neutrophil count of each day, cells per microlitre, days 0 to 30 (EHA/EBMT, Rejeski
 * 2023; clinical specification 2.3, 4.7). At or below 500: 1 to 6 days grade 1, 7 to 13 grade 2, 14 and more grade
 * 3; at or below 100: 7 days grade 3, 14 days grade 4. Grade 4 also for a run that begins by day 3 and goes on to
 * the end of the window, death or last follow-up.
 */
export function gradeEarlyIcaht(
  counts: DailyValues,
  end: IcahtEnd,
  parameters: IcahtParameters,
): EarlyIcahtGrade {
  const lastDay = Math.min(end.lastDay, parameters.icahtEarlyToDay);
  const values = fillDailyValues(counts, {
    fromDay: 0,
    toDay: lastDay,
    fillDays: parameters.icahtFillDays,
    roundTo: ROUND_TO,
  });
  if (values.every((value) => value === undefined)) {
    return { daysBelow500: 0, daysBelow100: 0, neverRecovered: false, flags: [] };
  }
  const runs = runsOf(values, (value) => value <= EARLY_NEUTROPENIA, parameters.icahtJoinDays);
  const daysBelow500 = countDays(values, EARLY_NEUTROPENIA, parameters);
  const daysBelow100 = countDays(values, PROFOUND_NEUTROPENIA, parameters);
  const atEnd = lastDay === parameters.icahtEarlyToDay || end.final;
  const neverRecovered =
    atEnd &&
    runs.some(
      ({ first, last }) => first <= parameters.icahtNeverRecoveredFromDay && last === values.length - 1,
    );
  return {
    grade: neverRecovered ? 4 : Math.max(byDays500(daysBelow500), byDays100(daysBelow100)),
    daysBelow500,
    daysBelow100,
    neverRecovered,
    flags: values.includes(undefined) ? ['INCOMPLETE_SAMPLING'] : [],
  };
}

function countDays(
  values: readonly (number | undefined)[],
  limit: number,
  { icahtMode, icahtJoinDays }: IcahtParameters,
): number {
  if (icahtMode === 'CUMULATIVE')
    return values.filter((value) => value !== undefined && value <= limit).length;
  return longestRun(runsOf(values, (value) => value <= limit, icahtJoinDays));
}

function byDays500(days: number): number {
  if (days >= 14) return 3;
  if (days >= 7) return 2;
  return days >= 1 ? 1 : 0;
}

function byDays100(days: number): number {
  if (days >= 14) return 4;
  return days >= 7 ? 3 : 0;
}

export interface LateIcahtGrade {
  /** 0 to 4; absent where no count was taken. */
  readonly grade?: number;
  readonly nadir?: number;
  readonly nadirDay?: number;
  readonly flags: readonly string[];
}

const LATE_LIMITS = [1500, 1000, 500, 100] as const;

/**
 * Late ICAHT from the lowest neutrophil count of each day after day 30, cells per microlitre: at or below 1500 grade
 * 1, 1000 grade 2, 500 grade 3, 100 grade 4, by the nadir (clinical specification 2.3). A single low day with higher
 * counts after it was transient: grade 0. A low day that is the only one counts, flagged `SINGLE_VALUE`; one at the
 * end of higher ones waits for the next count, flagged `UNCONFIRMED_LOW_VALUE`.
 */
export function gradeLateIcaht(
  counts: DailyValues,
  end: IcahtEnd,
  { icahtEarlyToDay, icahtLateToDay }: IcahtParameters,
): LateIcahtGrade {
  const within = [...counts]
    .filter(([day]) => day > icahtEarlyToDay && day <= Math.min(icahtLateToDay, end.lastDay))
    .sort(([a], [b]) => a - b);
  const lowest = [...within].sort((a, b) => a[1] - b[1] || a[0] - b[0])[0];
  if (lowest === undefined) return { flags: [] };
  const [nadirDay, nadir] = lowest;
  const low = within.filter(([, count]) => count <= LATE_LIMITS[0]);
  const grade = LATE_LIMITS.filter((limit) => nadir <= limit).length;
  if (low.length !== 1 || within.length === 1) {
    return { grade, nadir, nadirDay, flags: within.length === 1 && grade > 0 ? ['SINGLE_VALUE'] : [] };
  }
  const isLast = within.at(-1)?.[0] === nadirDay;
  return { grade: 0, nadir, nadirDay, flags: [isLast ? 'UNCONFIRMED_LOW_VALUE' : 'TRANSIENT_LOW_VALUE'] };
}

export interface PlateletIcahtGrade {
  readonly grade?: number;
  readonly daysBelow50: number;
  readonly daysBelow20: number;
  readonly flags: readonly string[];
}

/**
 * T-ICAHT, the same idea for platelets, 10*9/L (clinical specification 2.3). Early, days 0 to 30: below 50 for 1 to
 * 6 days grade 1, 7 and more grade 2; below 20 for 1 to 13 days grade 3, 14 and more grade 4. Late: below 100 grade
 * 1, below 50 grade 2, below 20 as early.
 */
export function gradePlateletIcaht(
  phase: 'EARLY' | 'LATE',
  counts: DailyValues,
  end: IcahtEnd,
  parameters: IcahtParameters,
): PlateletIcahtGrade {
  const early = phase === 'EARLY';
  const fromDay = early ? 0 : parameters.icahtEarlyToDay + 1;
  const toDay = Math.min(end.lastDay, early ? parameters.icahtEarlyToDay : parameters.icahtLateToDay);
  const values = fillDailyValues(counts, { fromDay, toDay, fillDays: parameters.icahtFillDays, roundTo: 0 });
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return { daysBelow50: 0, daysBelow20: 0, flags: [] };
  const days = (limit: number): number =>
    parameters.icahtMode === 'CUMULATIVE'
      ? known.filter((value) => value < limit).length
      : longestRun(runsOf(values, (value) => value < limit, parameters.icahtJoinDays));
  const daysBelow50 = days(50);
  const daysBelow20 = days(20);
  return {
    grade: plateletGrade(early, daysBelow50, daysBelow20, Math.min(...known)),
    daysBelow50,
    daysBelow20,
    flags: values.includes(undefined) ? ['INCOMPLETE_SAMPLING'] : [],
  };
}

function plateletGrade(early: boolean, daysBelow50: number, daysBelow20: number, nadir: number): number {
  if (daysBelow20 >= 14) return 4;
  if (daysBelow20 >= 1) return 3;
  if (early) return daysBelow50 >= 7 ? 2 : Math.min(daysBelow50, 1);
  if (nadir < 50) return 2;
  return nadir < 100 ? 1 : 0;
}
