import { geometricMean, summarize } from '../statistics/summary/summarize.ts';

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
  /** Of the values above 0; null without any. */
  readonly geometricMean: number | null;
  /** Values of 0 or less, which the geometric mean leaves out: below the limit of quantification, as a rule. */
  readonly notPositive: number;
}

/** `values` are finite. */
export function describeSample(values: readonly number[]): SampleDescription {
  const summary = summarize(values);
  const geometric = geometricMean(values);
  const notPositive = values.filter((value) => value <= 0).length;
  const ofLogs = { geometricMean: geometric.status === 'computed' ? geometric.mean : null, notPositive };
  if (summary.status !== 'computed') {
    const none = { median: null, min: null, max: null, quartiles: null, mean: null, standardDeviation: null };
    return { n: 0, ...none, ...ofLogs };
  }
  const { n, median, minimum, maximum, firstQuartile, thirdQuartile, mean, standardDeviation } = summary;
  const quartiles = [firstQuartile, thirdQuartile] as const;
  return { n, median, min: minimum, max: maximum, quartiles, mean, standardDeviation, ...ofLogs };
}
