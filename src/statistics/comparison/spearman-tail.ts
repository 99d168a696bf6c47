import { normalUpperTail } from '../distribution/normal.ts';

/** R counts all orders up to this many pairs. */
const EXACT_UP_TO = 9;

/**
 * Two-sided p of Spearman's sum of squared rank differences without ties: all orders counted for up to nine pairs,
 * the Edgeworth series of Best and Roberts (1975, AS 89) above.
 */
export function spearmanTail(sum: number, n: number): { readonly p: number; readonly exact: boolean } {
  const middle = (n ** 3 - n) / 6;
  const exact = n <= EXACT_UP_TO;
  const atLeast = exact ? countedTail : seriesTail;
  const tail = sum > middle ? atLeast(sum, n) : 1 - atLeast(sum + 2, n);
  return { p: Math.min(1, 2 * tail), exact };
}

/** The share of orders with a sum of at least `sum`; sums by the set of ranks already given away. */
function countedTail(sum: number, n: number): number {
  const most = (n ** 3 - n) / 3;
  const sets = Array.from({ length: 1 << n }, () => new Float64Array(most + 1));
  (sets[0] as Float64Array)[0] = 1;
  for (let set = 0; set < sets.length; set += 1) {
    const counts = sets[set] as Float64Array;
    const place = bitCount(set);
    for (let rank = 0; rank < n; rank += 1) {
      if ((set & (1 << rank)) !== 0) continue;
      const next = sets[set | (1 << rank)] as Float64Array;
      const square = (place - rank) ** 2;
      for (let s = 0; s + square <= most; s += 1) {
        next[s + square] = (next[s + square] as number) + (counts[s] as number);
      }
    }
  }
  let all = 0;
  let tail = 0;
  for (const [s, count] of (sets[sets.length - 1] as Float64Array).entries()) {
    all += count;
    if (s >= sum) tail += count;
  }
  return tail / all;
}

function bitCount(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function seriesTail(sum: number, n: number): number {
  const b = 1 / n;
  const x = ((6 * (sum - 1) * b) / (n * n - 1) - 1) * Math.sqrt(n - 1);
  const y = x * x;
  const series =
    x *
    b *
    (0.2274 +
      b * (0.2531 + 0.1745 * b) +
      y *
        (-0.0758 +
          b * (0.1033 + 0.3932 * b) -
          y * b * (0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)))));
  return Math.min(1, Math.max(0, series / Math.exp(y / 2) + normalUpperTail(x)));
}
