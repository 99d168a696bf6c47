import { meanOf, squaredDeviations } from '../data/moments.ts';
import { parseSample } from '../data/samples.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Null with one value. */
  readonly standardDeviation: number | null;
  readonly minimum: number;
  readonly firstQuartile: number;
  readonly median: number;
  readonly thirdQuartile: number;
  readonly maximum: number;
}

export interface GeometricMean {
  readonly mean: number;
  /** Values that it is of. */
  readonly quantifiable: number;
  /** Left out: below the limit of quantification. */
  readonly belowLimit: number;
}

/** Mean and standard deviation, median, quartiles and range. Quantiles are R's type 7, its default. */
export function summarize(values: ArrayLike<number>): Computed<Summary> {
  const sorted = parseSample(values, 'value').sort();
  const n = sorted.length;
  if (n === 0) return notComputed('no-observations');
  const mean = meanOf(sorted);
  return {
    status: 'computed',
    n,
    mean,
    standardDeviation: n > 1 ? Math.sqrt(squaredDeviations(sorted, mean) / (n - 1)) : null,
    minimum: sorted[0] as number,
    firstQuartile: quantileOf(sorted, 0.25),
    median: quantileOf(sorted, 0.5),
    thirdQuartile: quantileOf(sorted, 0.75),
    maximum: sorted[n - 1] as number,
  };
}

/** Of the quantifiable values; null stands for one below the limit, and so does 0 or less. */
export function geometricMean(values: readonly (number | null)[]): Computed<GeometricMean> {
  const quantifiable = values.filter((value): value is number => value !== null && !(value <= 0));
  if (quantifiable.length === 0) return notComputed('no-observations');
  const logs = parseSample(quantifiable, 'value').map(Math.log);
  return {
    status: 'computed',
    mean: Math.exp(meanOf(logs)),
    quantifiable: logs.length,
    belowLimit: values.length - logs.length,
  };
}

/** Between the two values around (n - 1) probability, by proportion. */
function quantileOf(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}
