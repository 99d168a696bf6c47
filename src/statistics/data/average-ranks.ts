import { ascendingOrder } from './ascending-order.ts';
import { endOfTie } from './ties.ts';

/** Ranks from 1; equal values share the mean of theirs. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = ascendingOrder(values);
  const sorted = Float64Array.from(order, (row) => values[row] as number);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < sorted.length; ) {
    const end = endOfTie(sorted, i);
    const rank = (i + 1 + end) / 2;
    for (; i < end; i += 1) ranks[order[i] as number] = rank;
  }
  return ranks;
}

/** Sum of t^3 - t over the groups of t equal values, the correction of rank tests for ties. */
export function tieCorrection(values: Float64Array): number {
  const sorted = values.slice().sort();
  let sum = 0;
  for (let i = 0; i < sorted.length; ) {
    const end = endOfTie(sorted, i);
    const tied = end - i;
    sum += tied ** 3 - tied;
    i = end;
  }
  return sum;
}
