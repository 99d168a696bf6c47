import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { checkGroups, partitionByGroup } from '../data/survival-data.ts';
import { endOfTie, enteredBefore } from '../data/ties.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { factorSymmetric, quadraticForm } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface LogRankOptions {
  /** Compare within these only, and add up. */
  readonly strata?: Groups;
  /** Weight S(t-)^rho: 0 is the log-rank test, 1 that of Peto and Peto (Harrington and Fleming 1982). */
  readonly rho?: number;
}

export interface LogRankGroup {
  readonly label: string;
  readonly n: number;
  /** Weighted counts; whole numbers for rho 0. */
  readonly observed: number;
  readonly expected: number;
}

export interface LogRankResult {
  readonly groups: readonly LogRankGroup[];
  readonly rho: number;
  readonly test: Computed<{ readonly chiSquare: number; readonly df: number; readonly p: number }>;
}

interface Sums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** Hypergeometric, groups by groups, row-major. */
  readonly variance: Float64Array;
}

/**
 * The k-sample log-rank test, by strata if given. Any status other than 0 is the event. With `entry` and a row for
 * each state of a patient it is the test of Mantel and Byar (1974).
 */
export function logRank(data: SurvivalData, groups: Groups, options: LogRankOptions = {}): LogRankResult {
  checkGroups(data, groups);
  const rho = options.rho ?? 0;
  const k = groups.labels.length;
  const sums = {
    observed: new Float64Array(k),
    expected: new Float64Array(k),
    variance: new Float64Array(k * k),
  };
  const parts = options.strata === undefined ? [data] : partitionByGroup(data, options.strata);
  for (const part of parts) addStratum(sums, part, groups.codes, rho);
  const n = new Uint32Array(k);
  for (const code of groups.codes) n[code] = (n[code] as number) + 1;
  return {
    groups: groups.labels.map((label, code) => ({
      label,
      n: n[code] as number,
      observed: sums.observed[code] as number,
      expected: sums.expected[code] as number,
    })),
    rho,
    test: testOf(sums),
  };
}

/** The rows ordered by entry: who of which group comes under risk next. */
interface Entries {
  readonly time: Float64Array;
  readonly group: Int32Array;
}

function entriesOf(data: SurvivalData, codes: Int32Array): Entries | null {
  const { entry, order } = data;
  if (entry === null) return null;
  const rows = Uint32Array.from(entry.keys()).sort((a, b) => (entry[a] as number) - (entry[b] as number));
  return {
    time: Float64Array.from(rows, (row) => entry[row] as number),
    group: Int32Array.from(rows, (row) => codes[order[row] as number] as number),
  };
}

function addStratum(sums: Sums, data: SurvivalData, codes: Int32Array, rho: number): void {
  const { time, status, order } = data;
  const n = time.length;
  const k = sums.observed.length;
  const entries = entriesOf(data, codes);
  const atRisk = new Float64Array(k);
  const died = new Float64Array(k);
  if (entries === null) bumpRows(atRisk, order, codes, 0, n, 1);
  let total = entries === null ? n : 0;
  let entered = 0;
  let survival = 1;
  for (let i = 0; i < n; ) {
    const now = time[i] as number;
    if (entries !== null) {
      const known = entered;
      entered = enteredBefore(entries.time, known, now);
      total += entered - known;
      for (let e = known; e < entered; e += 1) bump(atRisk, entries.group[e] as number, 1);
    }
    const end = endOfTie(time, i);
    let deaths = 0;
    for (let row = i; row < end; row += 1) {
      if (status[row] === 0) continue;
      bump(died, codes[order[row] as number] as number, 1);
      deaths += 1;
    }
    if (deaths > 0) {
      addTime(sums, atRisk, died, total, deaths, rho === 0 ? 1 : survival ** rho);
      survival *= 1 - deaths / total;
      died.fill(0);
    }
    bumpRows(atRisk, order, codes, i, end, -1);
    total -= end - i;
    i = end;
  }
}

function bumpRows(
  counts: Float64Array,
  order: Uint32Array,
  codes: Int32Array,
  from: number,
  to: number,
  by: number,
): void {
  for (let i = from; i < to; i += 1) bump(counts, codes[order[i] as number] as number, by);
}

function addTime(
  sums: Sums,
  atRisk: Float64Array,
  died: Float64Array,
  total: number,
  deaths: number,
  weight: number,
): void {
  const k = atRisk.length;
  const spread = total > 1 ? (weight * weight * deaths * (total - deaths)) / (total - 1) : 0;
  for (let g = 0; g < k; g += 1) {
    const share = (atRisk[g] as number) / total;
    bump(sums.observed, g, weight * (died[g] as number));
    bump(sums.expected, g, weight * deaths * share);
    bump(sums.variance, g * k + g, spread * share);
    for (let h = 0; h < k; h += 1) {
      bump(sums.variance, g * k + h, (-spread * share * (atRisk[h] as number)) / total);
    }
  }
}

function bump(values: Float64Array, at: number, by: number): void {
  values[at] = (values[at] as number) + by;
}

/** Groups that were never at risk when an event happened tell nothing and leave the test. */
function testOf(sums: Sums): LogRankResult['test'] {
  const k = sums.observed.length;
  const informative = Array.from(sums.expected.keys()).filter((g) => (sums.expected[g] as number) > 0);
  if (informative.length === 0) return notComputed('no-events');
  if (informative.length < 2) return notComputed('too-few-groups');
  const tested = informative.slice(1);
  const difference = tested.map((g) => (sums.observed[g] as number) - (sums.expected[g] as number));
  const variance = Float64Array.from(
    tested.flatMap((g) => tested.map((h) => sums.variance[g * k + h] as number)),
  );
  const factor = factorSymmetric(variance, tested.length);
  if (factor.rank < tested.length) return notComputed('variance-singular');
  const chiSquare = quadraticForm(factor, difference);
  const df = tested.length;
  return { status: 'computed', chiSquare, df, p: chiSquareUpperTail(chiSquare, df) };
}
