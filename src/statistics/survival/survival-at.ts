import { InputFindings } from '../data/input-findings.ts';
import type { Reason } from '../reason.ts';
import type { ConfidenceBand } from './confidence-band.ts';
import type { KaplanMeierCurve } from './kaplan-meier.ts';

/** The curve at one time. What does not exist is null, and `reason` says why. */
export interface SurvivalPoint {
  readonly time: number;
  /** Observed up to this time or longer. */
  readonly atRisk: number;
  /** Events up to and including this time. */
  readonly eventsUntil: number;
  readonly survival: number | null;
  /** Greenwood's, of the survival itself. */
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reason?: Reason;
}

/** What a curve says after its last observation, a censoring: nothing, or its last value (`extend` in R). */
export type BeyondLast = 'unknown' | 'last-value';

/**
 * The curve at `times`, in the order asked for; `band` is of the same curve. Before the first observation
 * survival is 1, and so are its limits. After the last one it stays 0 if it reached 0, and is unknown otherwise (clinical
 * specification 8.1 S1), unless the last value is asked for.
 */
export function survivalAt(
  curve: KaplanMeierCurve,
  times: readonly number[],
  band: ConfidenceBand,
  beyond: BeyondLast = 'unknown',
): readonly SurvivalPoint[] {
  checkTimes(times);
  const eventsThrough = runningSums(curve.eventCount);
  return times.map((time) => pointAt(curve, time, band, eventsThrough, beyond));
}

/** Every point of the curve. */
export function survivalRows(curve: KaplanMeierCurve, band: ConfidenceBand): readonly SurvivalPoint[] {
  return survivalAt(curve, Array.from(curve.time), band);
}

/** Throws `statistics-input-invalid` when a time asked for is not a number. */
export function checkTimes(times: readonly number[]): void {
  const findings = new InputFindings();
  for (const time of times)
    if (!Number.isFinite(time)) findings.table(`A time asked for is ${time}`, 'a number');
  findings.throwIfAny();
}

function pointAt(
  curve: KaplanMeierCurve,
  time: number,
  band: ConfidenceBand,
  eventsThrough: Uint32Array,
  beyond: BeyondLast,
): SurvivalPoint {
  const index = lastNotAfter(curve.time, time);
  const exact = index >= 0 && curve.time[index] === time;
  const atRisk = curve.atRisk[exact ? index : index + 1] ?? 0;
  const nothing = { time, atRisk, survival: null, stdError: null, lower: null, upper: null };
  if (curve.n === 0) return { ...nothing, eventsUntil: 0, reason: 'no-observations' };
  const eventsUntil = eventsThrough[index] ?? 0;
  const survival = index < 0 ? 1 : (curve.survival[index] as number);
  if (beyond === 'unknown' && !exact && index === curve.time.length - 1 && survival > 0) {
    return { ...nothing, eventsUntil, reason: 'beyond-last-observation' };
  }
  if (survival === 0) return { ...nothing, eventsUntil, survival, reason: 'survival-zero' };
  if (index < 0) return { time, atRisk, eventsUntil, survival, stdError: 0, lower: 1, upper: 1 };
  const stdError = survival * Math.sqrt(curve.greenwood[index] as number);
  if (survival === 1 && band.type === 'log-log') {
    return { ...nothing, eventsUntil, survival, stdError, reason: 'survival-one' };
  }
  const lower = band.lower[index] as number;
  const upper = band.upper[index] as number;
  return { time, atRisk, eventsUntil, survival, stdError, lower, upper };
}

/** Index of the last time that is not after `time`; -1 when all are. */
export function lastNotAfter(times: Float64Array, time: number): number {
  let low = -1;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] as number) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

function runningSums(counts: Uint32Array): Uint32Array {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}
