import { averageRanks, tieCorrection } from '../data/average-ranks.ts';
import { parseSample } from '../data/samples.ts';
import { normalTwoSided } from '../distribution/normal.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { EXACT_BELOW, rankSumCounts, twoSidedFromCounts } from './rank-sum-counts.ts';

export interface MannWhitney {
  /** How often a value of the first sample exceeds one of the second, ties counting one half. R calls it W. */
  readonly u: number;
  readonly variant: 'exact' | 'normal';
  /** Two-sided, by `variant`. */
  readonly p: number;
  /** Null with ties and where a sample has 50 values or more. */
  readonly exactP: number | null;
  readonly normalP: number;
}

/** Clinical specification 8.1 S7. */
const EXACT_UP_TO = 20;

/**
 * The rank-sum test of two independent samples. Exact where both have at most 20 values and none is tied, else by
 * the normal distribution with corrections for continuity and ties. The other value is there too: R takes the exact
 * one for fewer than 50 values.
 */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): Computed<MannWhitney> {
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
  const n = both.length;
  const variance = ((x.length * y.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return notComputed('no-variation');
  const distance = u - (x.length * y.length) / 2;
  const z = (distance - 0.5 * Math.sign(distance)) / Math.sqrt(variance);
  const normalP = Math.min(1, normalTwoSided(z));
  const larger = Math.max(x.length, y.length);
  const exactP =
    ties === 0 && larger < EXACT_BELOW ? twoSidedFromCounts(rankSumCounts(x.length, y.length), u) : null;
  const isExact = exactP !== null && larger <= EXACT_UP_TO;
  return {
    status: 'computed',
    u,
    variant: isExact ? 'exact' : 'normal',
    p: isExact ? exactP : normalP,
    exactP,
    normalP,
  };
}
