/** Square root of the double precision epsilon, the tolerance of R's `aeqSurv`. */
const TOLERANCE = 2 ** -26;

/**
 * The times that stay when those that differ by rounding alone are merged as R's `survival` does: two successive
 * times are one when their gap is at most 1.5e-8, or that fraction of the mean of all distinct times; the first
 * of a run stands for it. `ascending` holds every time in ascending order. Null where nothing is to be merged.
 */
export function tieCuts(ascending: Float64Array): Float64Array | null {
  let sum = 0;
  let distinct = 0;
  let previous = Number.NaN;
  for (const time of ascending) {
    if (time === previous) continue;
    sum += Math.abs(time);
    distinct += 1;
    previous = time;
  }
  if (distinct < 2) return null;
  const largestGap = TOLERANCE * Math.max(1, sum / distinct);
  const cuts = new Float64Array(distinct);
  let kept = 0;
  previous = Number.NaN;
  for (const time of ascending) {
    if (time === previous) continue;
    if (!(time - previous <= largestGap)) {
      cuts[kept] = time;
      kept += 1;
    }
    previous = time;
  }
  return kept === distinct ? null : cuts.slice(0, kept);
}

/** The last cut that is not after `time`; `time` is not before the first. */
export function cutOf(cuts: Float64Array, time: number): number {
  let low = 0;
  let high = cuts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((cuts[middle] as number) <= time) low = middle;
    else high = middle - 1;
  }
  return cuts[low] as number;
}
