import { InputFindings } from '../data/input-findings.ts';
import type { ConfidenceBand, ConfidenceMethod } from './confidence-band.ts';
import type { KaplanMeierCurve } from './kaplan-meier.ts';

/** Square root of the double precision epsilon, the tolerance of R's `quantile.survfit`. */
const TOLERANCE = 2 ** -26;

/** The time by which a fraction of events has happened; null where the curve, or its limit, does not reach it. */
export interface SurvivalQuantile extends ConfidenceMethod {
  /** Fraction with the event: 0.5 for the median. */
  readonly probability: number;
  readonly time: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Quantiles as R's `quantile` gives them for a `survfit`: where the curve is flat at the fraction sought, the
 * middle of the flat piece, which ends with the last observation if nothing follows. The limits are where the
 * limits of the band (of the same curve) cross the same height. Throws
 * `statistics-input-invalid` unless the probability lies between 0 and 1.
 */
export function survivalQuantile(
  curve: KaplanMeierCurve,
  probability: number,
  band: ConfidenceBand,
): SurvivalQuantile {
  const findings = new InputFindings();
  if (!(probability >= 0 && probability <= 1)) {
    findings.table(`The probability is ${probability}`, 'a number from 0 to 1');
  }
  findings.throwIfAny();
  const points = curve.time.length;
  return {
    probability,
    type: band.type,
    level: band.level,
    time: crossing(curve.time, curve.survival, 0, points, probability),
    lower: crossing(curve.time, band.lower, band.from, band.to, probability),
    upper: crossing(curve.time, band.upper, band.from, band.to, probability),
  };
}

/**
 * Where `heights`, defined for the points `from` up to `to`, comes down to 1 - probability. Heights need not
 * descend all the way (an upper limit rises where the risk set is small): of all the depths 1 - height that
 * reach the probability the smallest counts, at the first time that has it.
 */
function crossing(
  time: Float64Array,
  heights: Float64Array,
  from: number,
  to: number,
  probability: number,
): number | null {
  if (time.length === 0) return null;
  const start = Math.min(0, time[0] as number);
  if (probability === 0) return start;
  let above = Number.POSITIVE_INFINITY;
  let below = Number.POSITIVE_INFINITY;
  let timeAbove = start;
  let timeBelow = start;
  let deepest = 0;
  for (let i = from; i < to; i += 1) {
    const depth = 1 - (heights[i] as number);
    if (depth > deepest) deepest = depth;
    if (depth + TOLERANCE >= probability && depth < above) {
      above = depth;
      timeAbove = time[i] as number;
    }
    if (depth - TOLERANCE >= probability && depth < below) {
      below = depth;
      timeBelow = time[i] as number;
    }
  }
  if (deepest < probability || above === Number.POSITIVE_INFINITY) return null;
  const flat = Math.abs(above - probability) < TOLERANCE && to === time.length;
  if (flat && Math.abs(lastNewDepth(heights, from) - probability) < TOLERANCE) {
    return (timeAbove + (time[time.length - 1] as number)) / 2;
  }
  return below === Number.POSITIVE_INFINITY ? null : (timeAbove + timeBelow) / 2;
}

/** The last depth that had not occurred before; repeated depths are one flat piece. */
function lastNewDepth(heights: Float64Array, from: number): number {
  const seen = new Set<number>([0]);
  let last = 0;
  for (let i = from; i < heights.length; i += 1) {
    const depth = 1 - (heights[i] as number);
    if (seen.has(depth)) continue;
    seen.add(depth);
    last = depth;
  }
  return last;
}
