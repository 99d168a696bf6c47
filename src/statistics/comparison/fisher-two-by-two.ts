import { outsideLevel } from '../distribution/outside-level.ts';
import { logFactorial } from '../distribution/stirling-error.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { parseContingencyTable } from './contingency-table.ts';

/** An odds ratio; infinite where the table has the largest or smallest count that its margins allow. */
export type OddsRatio = number | 'infinite';

export interface FisherTwoByTwo {
  /** Two-sided: the tables with these margins that are no more probable than the one observed. */
  readonly p: number;
  /** The conditional maximum likelihood estimate, with its exact interval. */
  readonly oddsRatio: OddsRatio;
  readonly lower: number;
  readonly upper: OddsRatio;
  readonly level: number;
}

/** Tables whose probabilities differ by less than this part are equally probable, as in R. */
export const EQUALLY_PROBABLE = 1 + 1e-7;

/** Fisher's exact test of a two by two table, `cells` row by row. */
export function fisherTwoByTwo(
  cells: readonly [readonly [number, number], readonly [number, number]],
  level = 0.95,
): Computed<FisherTwoByTwo> {
  const table = parseContingencyTable(cells);
  const [row = 0, otherRow = 0] = table.rowTotals;
  const [column = 0] = table.columnTotals;
  const low = Math.max(0, column - otherRow);
  const high = Math.min(row, column);
  if (low === high) return notComputed('empty-margin');
  const observed = (table.counts[0] as number) - low;
  const logDensity = Float64Array.from({ length: high - low + 1 }, (_, i) => {
    const x = low + i;
    return (
      -logFactorial(x) -
      logFactorial(row - x) -
      logFactorial(column - x) -
      logFactorial(otherRow - column + x)
    );
  });
  const central = densities(logDensity, 0);
  const limit = (central[observed] as number) * EQUALLY_PROBABLE;
  let p = 0;
  for (const density of central) if (density <= limit) p += density;
  const last = high - low;
  const outside = outsideLevel(level) / 2;
  const tail = (from: number, to: number) => (logOdds: number) =>
    sumOf(densities(logDensity, logOdds), from, to);
  return {
    status: 'computed',
    p: Math.min(1, p),
    oddsRatio: estimate(logDensity, observed),
    lower: observed === 0 ? 0 : oddsWhere(tail(observed, last), outside),
    upper: observed === last ? 'infinite' : oddsWhere((log) => -tail(0, observed)(log), -outside),
    level,
  };
}

function estimate(logDensity: Float64Array, observed: number): OddsRatio {
  if (observed === 0) return 0;
  if (observed === logDensity.length - 1) return 'infinite';
  return oddsWhere((logOdds) => {
    let mean = 0;
    for (const [i, density] of densities(logDensity, logOdds).entries()) mean += i * density;
    return mean;
  }, observed);
}

/** Probabilities of the possible counts under a log odds ratio. */
function densities(logDensity: Float64Array, logOdds: number): Float64Array {
  const logs = logDensity.map((value, i) => value + i * logOdds);
  let most = Number.NEGATIVE_INFINITY;
  for (const value of logs) most = Math.max(most, value);
  const relative = logs.map((value) => Math.exp(value - most));
  const total = sumOf(relative, 0, relative.length - 1);
  return relative.map((value) => value / total);
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i <= to; i += 1) sum += values[i] as number;
  return sum;
}

/** The odds ratio at which `rising`, a function of its logarithm, reaches `target`. */
function oddsWhere(rising: (logOdds: number) => number, target: number): number {
  let low = -1;
  let high = 1;
  while (rising(low) > target) low *= 2;
  while (rising(high) < target) high *= 2;
  for (let halving = 0; halving < 200; halving += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
