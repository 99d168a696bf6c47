/** What is said of a number measured once in each patient (clinical specification 8.1 S11). */
export interface SampleDescription {
  readonly n: number;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** First and third quartile, by linear interpolation (R's type 7). */
  readonly quartiles: readonly [number, number] | null;
  readonly mean: number | null;
  /** Of the sample; null for one value. */
  readonly standardDeviation: number | null;
  /** Null where a value is 0 or less. */
  readonly geometricMean: number | null;
}

/** `values` are finite. */
export function describeSample(values: readonly number[]): SampleDescription {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  const [min, max] = [sorted[0], sorted[n - 1]];
  if (min === undefined || max === undefined) {
    return {
      n,
      median: null,
      min: null,
      max: null,
      quartiles: null,
      mean: null,
      standardDeviation: null,
      geometricMean: null,
    };
  }
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    n,
    median: quantileOf(sorted, 0.5),
    min,
    max,
    quartiles: [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)],
    mean,
    standardDeviation: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    geometricMean: min > 0 ? Math.exp(sorted.reduce((sum, value) => sum + Math.log(value), 0) / n) : null,
  };
}

function quantileOf(sorted: readonly number[], probability: number): number {
  const place = (sorted.length - 1) * probability;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
