import { averageRanks, tieCorrection } from '../data/average-ranks.ts';
import { parsePairs } from '../data/samples.ts';
import { normalTwoSided } from '../distribution/normal.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { EXACT_BELOW, signedRankCounts, twoSidedFromCounts } from './rank-sum-counts.ts';

export interface SignedRank {
  /** Sum of the ranks of the positive differences. */
  readonly v: number;
  /** Pairs that differ. */
  readonly n: number;
  readonly variant: 'exact' | 'normal';
  /** Two-sided. */
  readonly p: number;
}

/**
 * Wilcoxon's signed-rank test of paired values, first less second. Pairs without difference are left out. Exact
 * for fewer than 50 pairs without ties or zeroes, else normal with corrections for continuity and ties.
 */
export function signedRank(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly variant?: 'normal' } = {},
): Computed<SignedRank> {
  const [x, y] = parsePairs(first, second);
  const all = x.map((value, i) => value - (y[i] as number));
  const differences = all.filter((difference) => difference !== 0);
  const n = differences.length;
  if (all.length === 0) return notComputed('no-observations');
  if (n === 0) return notComputed('all-differences-zero');
  const sizes = differences.map(Math.abs);
  const ranks = averageRanks(sizes);
  const ties = tieCorrection(sizes);
  let v = 0;
  for (const [i, rank] of ranks.entries()) if ((differences[i] as number) > 0) v += rank;
  const isExactPossible = ties === 0 && n === all.length && n < EXACT_BELOW;
  if (isExactPossible && options.variant !== 'normal') {
    return { status: 'computed', v, n, variant: 'exact', p: twoSidedFromCounts(signedRankCounts(n), v) };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - ties / 48;
  const distance = v - (n * (n + 1)) / 4;
  const z = (distance - 0.5 * Math.sign(distance)) / Math.sqrt(variance);
  return { status: 'computed', v, n, variant: 'normal', p: Math.min(1, normalTwoSided(z)) };
}
