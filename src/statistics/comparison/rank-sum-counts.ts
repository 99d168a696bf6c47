/** More values than this in a sample are left to the normal distribution, as in R. */
export const EXACT_BELOW = 50;

/**
 * In how many orders of two samples without ties a value of the first exceeds one of the second 0, 1, 2, … times:
 * the distribution of the Mann-Whitney statistic, as counts. Sums of positive counts alone, by the size of the
 * second sample.
 */
export function rankSumCounts(first: number, second: number): Float64Array {
  const most = first * second;
  const bySize = Array.from({ length: first + 1 }, () => new Float64Array(most + 1));
  for (const counts of bySize) counts[0] = 1;
  for (let others = 1; others <= second; others += 1) {
    for (let size = 1; size <= first; size += 1) {
      const counts = bySize[size] as Float64Array;
      const smaller = bySize[size - 1] as Float64Array;
      for (let sum = size * others; sum >= others; sum -= 1) {
        counts[sum] = (counts[sum] as number) + (smaller[sum - others] as number);
      }
    }
  }
  return bySize[first] as Float64Array;
}

/** How many of the subsets of {1, …, n} have each sum: the signed-rank statistic without ties. */
export function signedRankCounts(n: number): Float64Array {
  const most = (n * (n + 1)) / 2;
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = most; sum >= rank; sum -= 1) {
      counts[sum] = (counts[sum] as number) + (counts[sum - rank] as number);
    }
  }
  return counts;
}

/** Twice the smaller tail that holds `statistic`, at most 1. The counts are symmetric. */
export function twoSidedFromCounts(counts: Float64Array, statistic: number): number {
  const most = counts.length - 1;
  const end = Math.min(statistic, most - statistic);
  let tail = 0;
  let all = 0;
  for (const [sum, count] of counts.entries()) {
    if (sum <= end) tail += count;
    all += count;
  }
  return Math.min(1, (2 * tail) / all);
}
