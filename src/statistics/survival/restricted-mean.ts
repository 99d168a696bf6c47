import { InputFindings } from '../data/input-findings.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { KaplanMeierCurve } from './kaplan-meier.ts';

/** The area under the curve up to a limit, with the standard error of R's `survival`. */
export interface RestrictedMean {
  readonly limit: number;
  readonly mean: number;
  readonly stdError: number;
  /** The last observation, a censoring, lies before the limit: its survival was carried on to it. */
  readonly carriedForward: boolean;
}

/**
 * Mean time without the event within the first `limit` units of time. Throws `statistics-input-invalid` for a limit
 * that is negative or endless.
 */
export function restrictedMean(curve: KaplanMeierCurve, limit: number): Computed<RestrictedMean> {
  const findings = new InputFindings();
  if (!(limit >= 0 && limit < Number.POSITIVE_INFINITY)) findings.table(`The limit is ${limit}`, 'a time');
  findings.throwIfAny();
  if (curve.n === 0) return notComputed('no-observations');
  const { time, survival, atRisk, eventCount } = curve;
  let last = time.length - 1;
  while (last >= 0 && (time[last] as number) > limit) last -= 1;
  let after = 0;
  let variance = 0;
  let until = limit;
  for (let i = last; i >= 0; i -= 1) {
    after += (until - (time[i] as number)) * (survival[i] as number);
    until = time[i] as number;
    const left = (atRisk[i] as number) - (eventCount[i] as number);
    if (left > 0) variance += (after * after * (eventCount[i] as number)) / ((atRisk[i] as number) * left);
  }
  const end = time.length - 1;
  const carriedForward = (time[end] as number) < limit && (survival[end] as number) > 0;
  return { status: 'computed', limit, mean: after + until, stdError: Math.sqrt(variance), carriedForward };
}
