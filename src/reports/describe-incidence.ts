import {
  type CauseIncidence,
  type CumulativeIncidence,
  cumulativeIncidence,
} from '../statistics/competing/cumulative-incidence.ts';
import { type IncidenceVariance, incidenceAt } from '../statistics/competing/incidence-at.ts';
import type { SurvivalData } from '../statistics/data/survival-data.ts';
import { lastNotAfter } from '../statistics/survival/survival-at.ts';
import { describeFollowUp, type FollowUpDescription } from './describe-survival.ts';
import type { CurvePoint, CurveRequest, EstimateAt } from './estimates.ts';

/** The Aalen-Johansen estimates of one group in numbers. */
export interface IncidenceDescription {
  readonly n: number;
  readonly causes: readonly CauseDescription[];
  /** Of any cause. */
  readonly followUp: FollowUpDescription;
}

export interface CauseDescription {
  readonly cause: string;
  readonly events: number;
  readonly at: readonly EstimateAt[];
  readonly curve?: readonly CurvePoint[];
}

export interface IncidenceRequest extends CurveRequest {
  /** Names of the causes 1, 2, … */
  readonly causes: readonly string[];
  readonly variance: IncidenceVariance;
}

export function describeIncidence(data: SurvivalData, request: IncidenceRequest): IncidenceDescription {
  const curves = cumulativeIncidence(data, request.causes.length);
  return {
    n: curves.n,
    causes: curves.causes.map((cause, index) => describeCause(curves, cause, index, request)),
    followUp: describeFollowUp(data, request),
  };
}

function describeCause(
  curves: CumulativeIncidence,
  cause: CauseIncidence,
  index: number,
  request: IncidenceRequest,
): CauseDescription {
  const method = { ...request.confidence, variance: request.variance };
  const through = runningSums(cause.eventCount);
  const eventsUntil = (time: number): number => through[lastNotAfter(curves.time, time)] ?? 0;
  const at = incidenceAt(curves, cause, request.at, method).map(({ incidence, ...point }): EstimateAt => {
    const { time, atRisk, stdError, lower, upper, reason } = point;
    const known = { time, atRisk, events: eventsUntil(time), estimate: incidence, stdError, lower, upper };
    return reason === undefined ? known : { ...known, reason };
  });
  return {
    cause: request.causes[index] ?? String(cause.cause),
    events: cause.events,
    at,
    ...(request.curve ? { curve: stepsOf(curves, cause, method) } : {}),
  };
}

function stepsOf(
  curves: CumulativeIncidence,
  cause: CauseIncidence,
  method: Parameters<typeof incidenceAt>[3],
): readonly CurvePoint[] {
  return incidenceAt(curves, cause, Array.from(curves.time), method).map((point, at) => ({
    time: point.time,
    atRisk: point.atRisk,
    events: cause.eventCount[at] ?? 0,
    censored: curves.censoredCount[at] ?? 0,
    estimate: point.incidence,
    lower: point.lower,
    upper: point.upper,
  }));
}

function runningSums(counts: Uint32Array): Uint32Array {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}
