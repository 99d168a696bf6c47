/**
 * How many of the subsets of {1, …, total} with `size` members have each sum less the smallest possible one: the
 * distribution of the Mann-Whitney statistic without ties, as counts. Index 0 up to size * (total - size).
 */
export function rankSumCounts(size: number, total: number): Float64Array {
  const other = total - size;
  const most = size * other;
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let i = 1; i <= size; i += 1) {
    for (let sum = most; sum >= other + i; sum -= 1) {
      counts[sum] = (counts[sum] as number) - (counts[sum - other - i] as number);
    }
    for (let sum = i; sum <= most; sum += 1) {
      counts[sum] = (counts[sum] as number) + (counts[sum - i] as number);
    }
  }
  return counts;
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
