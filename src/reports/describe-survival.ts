import type { SurvivalData } from '../statistics/data/survival-data.ts';
import { type ConfidenceBand, confidenceBand } from '../statistics/survival/confidence-band.ts';
import {
  type KaplanMeierCurve,
  kaplanMeier,
  reverseKaplanMeier,
} from '../statistics/survival/kaplan-meier.ts';
import { type SurvivalPoint, survivalAt, survivalRows } from '../statistics/survival/survival-at.ts';
import { survivalQuantile } from '../statistics/survival/survival-quantile.ts';
import type { CurvePoint, CurveRequest, EstimateAt, TimeEstimate } from './estimates.ts';

/** The Kaplan-Meier estimate of one group in numbers. */
export interface SurvivalDescription {
  readonly n: number;
  readonly events: number;
  readonly median: TimeEstimate;
  readonly quartiles: readonly [TimeEstimate, TimeEstimate, TimeEstimate];
  readonly at: readonly EstimateAt[];
  readonly followUp: FollowUpDescription;
  readonly curve?: readonly CurvePoint[];
}

/** Both readings of "median follow-up" (clinical specification 8.1 S2). */
export interface FollowUpDescription {
  /** Reverse Kaplan-Meier: the median of what follow-up would have been without events. */
  readonly reverse: TimeEstimate;
  /** Simple median and range of the observed times; null without observations. */
  readonly observed: { readonly median: number; readonly min: number; readonly max: number } | null;
}

export function describeSurvival(data: SurvivalData, request: CurveRequest): SurvivalDescription {
  const curve = kaplanMeier(data);
  const band = confidenceBand(curve, request.confidence);
  const quantile = (probability: number) => timeOf(curve, band, probability);
  const median = quantile(0.5);
  return {
    n: curve.n,
    events: curve.events,
    median,
    quartiles: [quantile(0.25), median, quantile(0.75)],
    at: survivalAt(curve, request.at, band).map(estimateOf),
    followUp: describeFollowUp(data, request),
    ...(request.curve ? { curve: stepsOf(curve, band) } : {}),
  };
}

export function describeFollowUp(data: SurvivalData, { confidence }: CurveRequest): FollowUpDescription {
  const reverse = reverseKaplanMeier(data);
  const band = confidenceBand(reverse, confidence);
  return { reverse: timeOf(reverse, band, 0.5), observed: observedOf(data.time) };
}

function timeOf(curve: KaplanMeierCurve, band: ConfidenceBand, probability: number): TimeEstimate {
  const { time, lower, upper } = survivalQuantile(curve, probability, band);
  return { time, lower, upper };
}

/** Times are in ascending order. */
function observedOf(times: Float64Array): FollowUpDescription['observed'] {
  const n = times.length;
  const [min, max] = [times[0], times[n - 1]];
  const [low, high] = [times[Math.floor((n - 1) / 2)], times[Math.floor(n / 2)]];
  if (min === undefined || max === undefined || low === undefined || high === undefined) return null;
  return { median: (low + high) / 2, min, max };
}

function estimateOf({ eventsUntil, survival, ...point }: SurvivalPoint): EstimateAt {
  const { time, atRisk, stdError, lower, upper, reason } = point;
  const known = { time, atRisk, events: eventsUntil, estimate: survival, stdError, lower, upper };
  return reason === undefined ? known : { ...known, reason };
}

function stepsOf(curve: KaplanMeierCurve, band: ConfidenceBand): readonly CurvePoint[] {
  return survivalRows(curve, band).map(({ time, atRisk, survival, lower, upper }, at) => ({
    time,
    atRisk,
    events: curve.eventCount[at] ?? 0,
    censored: curve.censoredCount[at] ?? 0,
    estimate: survival,
    lower,
    upper,
  }));
}
