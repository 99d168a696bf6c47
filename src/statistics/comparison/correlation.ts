import { averageRanks, tieCorrection } from '../data/average-ranks.ts';
import { meanOf, squaredDeviations } from '../data/moments.ts';
import { parsePairs } from '../data/samples.ts';
import { normalMultiplier } from '../distribution/normal.ts';
import { studentTwoSided } from '../distribution/student-t.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { spearmanTail } from './spearman-tail.ts';

export interface Pearson {
  readonly r: number;
  readonly df: number;
  /** Two-sided, of Student's t. */
  readonly p: number;
  /** By Fisher's transformation; null with three pairs. */
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number } | null;
}

export interface Spearman {
  readonly rho: number;
  readonly n: number;
  /** `exact` up to nine pairs, `edgeworth` above, `student` with ties. */
  readonly variant: 'exact' | 'edgeworth' | 'student';
  /** Two-sided. */
  readonly p: number;
}

/** The product-moment correlation of pairs. */
export function pearson(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly level?: number } = {},
): Computed<Pearson> {
  const [x, y] = parsePairs(first, second);
  if (x.length < 3) return notComputed('too-few-observations');
  const r = correlation(x, y);
  if (r === null) return notComputed('no-variation');
  const df = x.length - 2;
  const p = studentOf(r, df);
  if (x.length === 3) return { status: 'computed', r, df, p, interval: null };
  const level = options.level ?? 0.95;
  const width = normalMultiplier(level) / Math.sqrt(x.length - 3);
  const middle = Math.atanh(r);
  const interval = { lower: Math.tanh(middle - width), upper: Math.tanh(middle + width), level };
  return { status: 'computed', r, df, p, interval };
}

/** More pairs than this are compared with Student's t, as R does. */
const RANK_TABLE_UP_TO = 1290;

/** The correlation of ranks. */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): Computed<Spearman> {
  const [x, y] = parsePairs(first, second);
  const n = x.length;
  if (n < 2) return notComputed('too-few-observations');
  const rho = correlation(averageRanks(x), averageRanks(y));
  if (rho === null) return notComputed('no-variation');
  if (tieCorrection(x) > 0 || tieCorrection(y) > 0 || n > RANK_TABLE_UP_TO) {
    return { status: 'computed', rho, n, variant: 'student', p: studentOf(rho, n - 2) };
  }
  const { p, exact } = spearmanTail(Math.round(((n ** 3 - n) * (1 - rho)) / 6), n);
  return { status: 'computed', rho, n, variant: exact ? 'exact' : 'edgeworth', p };
}

/** Two-sided p of a correlation; 0 where it is perfect. */
function studentOf(r: number, df: number): number {
  const rest = 1 - r * r;
  return rest > 0 ? studentTwoSided(r * Math.sqrt(df / rest), df) : 0;
}

/** Null where one of the two does not vary. */
function correlation(x: Float64Array, y: Float64Array): number | null {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  const squares = Math.sqrt(squaredDeviations(x, meanX) * squaredDeviations(y, meanY));
  if (!(squares > 0)) return null;
  let products = 0;
  for (const [i, value] of x.entries()) products += (value - meanX) * ((y[i] as number) - meanY);
  return Math.max(-1, Math.min(1, products / squares));
}
