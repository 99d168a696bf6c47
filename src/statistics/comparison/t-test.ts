import { meanOf, squaredDeviations } from '../data/moments.ts';
import { parsePairs, parseSample } from '../data/samples.ts';
import { studentMultiplier, studentTwoSided } from '../distribution/student-t.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';

export interface TTest {
  readonly variant: 'welch' | 'student' | 'paired';
  readonly t: number;
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  /** Mean of the first less mean of the second, or mean of the differences. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** A standard error below this part of the means is rounding; R refuses there too. */
const CONSTANT_BELOW = 10 * 2 ** -52;

export interface TTestOptions {
  /** Welch's by default; Student's takes the variances as equal. */
  readonly variances?: 'unequal' | 'equal';
  readonly level?: number;
}

/** Two independent samples. */
export function tTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: TTestOptions = {},
): Computed<TTest> {
  const x = parseSample(first, 'first value');
  const y = parseSample(second, 'second value');
  const pooled = options.variances === 'equal';
  const fewest = Math.min(x.length, y.length);
  if (fewest < 1 || (!pooled && fewest < 2) || x.length + y.length < 3) {
    return notComputed('too-few-observations');
  }
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const sumX = squaredDeviations(x, meanX);
  const sumY = squaredDeviations(y, meanY);
  const common = { difference: meanX - meanY, level: options.level ?? 0.95 };
  const size = Math.max(Math.abs(meanX), Math.abs(meanY));
  if (pooled) {
    const df = x.length + y.length - 2;
    const variance = ((sumX + sumY) / df) * (1 / x.length + 1 / y.length);
    return result('student', common, Math.sqrt(variance), df, size);
  }
  const ofX = sumX / (x.length - 1) / x.length;
  const ofY = sumY / (y.length - 1) / y.length;
  const variance = ofX + ofY;
  const df = (variance * variance) / (ofX ** 2 / (x.length - 1) + ofY ** 2 / (y.length - 1));
  return result('welch', common, Math.sqrt(variance), df, size);
}

/** Two values of each patient. */
export function pairedTTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: { readonly level?: number } = {},
): Computed<TTest> {
  const [x, y] = parsePairs(first, second);
  if (x.length < 2) return notComputed('too-few-observations');
  const differences = x.map((value, i) => value - (y[i] as number));
  const mean = meanOf(differences);
  const df = x.length - 1;
  const stdError = Math.sqrt(squaredDeviations(differences, mean) / df / x.length);
  const common = { difference: mean, level: options.level ?? 0.95 };
  return result('paired', common, stdError, df, Math.abs(mean));
}

function result(
  variant: TTest['variant'],
  common: { readonly difference: number; readonly level: number },
  stdError: number,
  df: number,
  size: number,
): Computed<TTest> {
  if (!(stdError > CONSTANT_BELOW * size)) return notComputed('no-variation');
  const t = common.difference / stdError;
  const width = studentMultiplier(common.level, df) * stdError;
  return {
    status: 'computed',
    variant,
    t,
    df,
    p: studentTwoSided(t, df),
    ...common,
    lower: common.difference - width,
    upper: common.difference + width,
  };
}
