import { normalMultiplier } from '../distribution/normal.ts';
import type { Reason } from '../reason.ts';
import type { ConfidenceMethod } from '../survival/confidence-band.ts';
import { confidenceLimit, DEFAULT_CONFIDENCE } from '../survival/confidence-band.ts';
import type { BeyondLast } from '../survival/survival-at.ts';
import { checkTimes, lastNotAfter } from '../survival/survival-at.ts';
import type { CauseIncidence, CumulativeIncidence } from './cumulative-incidence.ts';

export const INCIDENCE_VARIANCES = ['jackknife', 'aalen'] as const;
/** Which variance: that of R's `survival`, or that of R's `cmprsk`. */
export type IncidenceVariance = (typeof INCIDENCE_VARIANCES)[number];

/** A sum of incidences this near to 1 is 1. */
const ROUNDING = 2 ** -40;

export interface IncidenceMethod extends ConfidenceMethod {
  readonly variance?: IncidenceVariance;
  readonly beyond?: BeyondLast;
}

/** The incidence of one cause at one time. What does not exist is null, and `reason` says why. */
export interface IncidencePoint {
  readonly time: number;
  readonly atRisk: number;
  readonly incidence: number | null;
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reason?: Reason;
}

/**
 * The incidence of `cause` at `times`. After the last observation it keeps its value if nobody was left event-free,
 * and is unknown otherwise, unless the last value is asked for.
 */
export function incidenceAt(
  curves: CumulativeIncidence,
  cause: CauseIncidence,
  times: readonly number[],
  method: IncidenceMethod = DEFAULT_CONFIDENCE,
): readonly IncidencePoint[] {
  const variance = method.variance === 'aalen' ? cause.varianceAalen : cause.varianceJackknife;
  checkTimes(times);
  const multiplier = normalMultiplier(method.level);
  return times.map((time) => {
    const index = lastNotAfter(curves.time, time);
    const exact = index >= 0 && curves.time[index] === time;
    const nothing = {
      time,
      atRisk: curves.atRisk[exact ? index : index + 1] ?? 0,
      incidence: null,
      stdError: null,
      lower: null,
      upper: null,
    };
    if (curves.n === 0) return { ...nothing, reason: 'no-observations' };
    const isBeyond = !exact && index === curves.time.length - 1 && (curves.survival[index] as number) > 0;
    if (isBeyond && method.beyond !== 'last-value') {
      return { ...nothing, reason: 'beyond-last-observation' };
    }
    const incidence = index < 0 ? 0 : (cause.incidence[index] as number);
    const stdError = index < 0 ? 0 : Math.sqrt(variance[index] as number);
    if (incidence === 0) return { ...nothing, incidence, stdError, reason: 'incidence-zero' };
    if (1 - incidence < ROUNDING && method.type === 'log-log') {
      return { ...nothing, incidence, stdError, reason: 'incidence-one' };
    }
    const width = (multiplier * stdError) / incidence;
    const lower = confidenceLimit(method.type, incidence, -width);
    const upper = confidenceLimit(method.type, incidence, width);
    return { ...nothing, incidence, stdError, lower, upper };
  });
}
