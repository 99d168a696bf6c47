import { averageRanks, tieCorrection } from '../data/average-ranks.ts';
import { parseSample } from '../data/samples.ts';
import { normalTwoSided } from '../distribution/normal.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { EXACT_BELOW, rankSumCounts, twoSidedFromCounts } from './rank-sum-counts.ts';

export interface MannWhitney {
  /** How often a value of the first sample exceeds one of the second, ties counting one half. R calls it W. */
  readonly u: number;
  readonly method: 'exact' | 'normal';
  /** Two-sided. */
  readonly p: number;
}

/** Clinical specification 8.1 S7. */
const EXACT_UP_TO = 20;

/**
 * The rank-sum test of two independent samples. Exact where both have at most 20 values and none is tied, else by
 * the normal distribution with corrections for continuity and ties; `method` asks for one of them (exact is never
 * given with ties or for 50 values and more).
 */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly method?: 'exact' | 'normal' } = {},
): Computed<MannWhitney> {
  const x = parseSample(first, 'first value');
  const y = parseSample(second, 'second value');
  if (x.length === 0 || y.length === 0) return notComputed('no-observations');
  const both = new Float64Array(x.length + y.length);
  both.set(x);
  both.set(y, x.length);
  const ranks = averageRanks(both);
  let rankSum = 0;
  for (let i = 0; i < x.length; i += 1) rankSum += ranks[i] as number;
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const ties = tieCorrection(both);
  const larger = Math.max(x.length, y.length);
  const method = options.method ?? (larger <= EXACT_UP_TO ? 'exact' : 'normal');
  if (method === 'exact' && ties === 0 && larger < EXACT_BELOW) {
    const counts = rankSumCounts(x.length, y.length);
    return { status: 'computed', u, method: 'exact', p: twoSidedFromCounts(counts, u) };
  }
  const n = both.length;
  const variance = ((x.length * y.length) / 12) * (n + 1 - (n > 1 ? ties / (n * (n - 1)) : 0));
  if (!(variance > 0)) return notComputed('no-variation');
  const distance = u - (x.length * y.length) / 2;
  const z = (distance - 0.5 * Math.sign(distance)) / Math.sqrt(variance);
  return { status: 'computed', u, method: 'normal', p: Math.min(1, normalTwoSided(z)) };
}
