/** A count a day, by day from the infusion. */
export type DailyValues = ReadonlyMap<number, number>;

export interface FillRules {
  readonly fromDay: number;
  readonly toDay: number;
  /** Longest stretch of missing days that is filled in. */
  readonly fillDays: number;
  /** Filled-in values are rounded to a multiple of this, of two as near to the even one; 0 leaves them. */
  readonly roundTo: number;
}

/**
 * One value for every day of a window, undefined where it stays missing (clinical specification 2.3): stretches of
 * up to `fillDays` missing days are interpolated linearly, at the edges of the window the nearest value is carried.
 * Measured values are left as they are. Values outside the window are not used.
 */
export function fillDailyValues(values: DailyValues, rules: FillRules): readonly (number | undefined)[] {
  const { fromDay, toDay, fillDays, roundTo } = rules;
  const filled: (number | undefined)[] = [];
  for (let day = fromDay; day <= toDay; day += 1) filled.push(values.get(day));
  const rounded = (value: number) => (roundTo === 0 ? value : roundHalfToEven(value / roundTo) * roundTo);
  let start = 0;
  while (start < filled.length) {
    if (filled[start] !== undefined) {
      start += 1;
      continue;
    }
    let end = start;
    while (end < filled.length && filled[end] === undefined) end += 1;
    const before = filled[start - 1];
    const after = filled[end];
    const length = end - start;
    for (let index = start; index < end && length <= fillDays; index += 1) {
      const value = interpolate(before, after, (index - start + 1) / (length + 1));
      if (value !== undefined) filled[index] = rounded(value);
    }
    start = end;
  }
  return filled;
}

/**
 * As R's `round` does, and with it the code that clinical specification 2.3 follows: there 505 becomes 500, which is
 * why rounding measured values too would count 501 to 505 as 500.
 */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function interpolate(
  before: number | undefined,
  after: number | undefined,
  share: number,
): number | undefined {
  if (before === undefined || after === undefined) return before ?? after;
  return before + (after - before) * share;
}

/** A stretch of days, both ends included, counted from the beginning of the window. */
export interface DayRun {
  readonly first: number;
  readonly last: number;
}

/**
 * Stretches of days that a predicate holds for. Stretches that at most `joinDays` known days separate are one, the
 * days between included; a missing day always ends one.
 */
export function runsOf(
  values: readonly (number | undefined)[],
  holds: (value: number) => boolean,
  joinDays: number,
): readonly DayRun[] {
  const runs: { first: number; last: number }[] = [];
  let apart = Number.POSITIVE_INFINITY;
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      apart = Number.POSITIVE_INFINITY;
    } else if (!holds(value)) {
      apart += 1;
    } else {
      const last = runs.at(-1);
      if (last !== undefined && apart <= joinDays) last.last = index;
      else runs.push({ first: index, last: index });
      apart = 0;
    }
  }
  return runs;
}

export function longestRun(runs: readonly DayRun[]): number {
  return runs.reduce((longest, { first, last }) => Math.max(longest, last - first + 1), 0);
}
