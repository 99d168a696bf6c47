import type { Reason } from '../statistics/reason.ts';
import type { ConfidenceMethod } from '../statistics/survival/confidence-band.ts';

/** What a curve says at one time; what does not exist is null, and `reason` says why. */
export interface EstimateAt {
  readonly time: number;
  readonly atRisk: number;
  /** Up to and including this time. */
  readonly events: number;
  readonly estimate: number | null;
  readonly stdError: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reason?: Reason;
}

/** One step of a curve. */
export interface CurvePoint {
  readonly time: number;
  readonly atRisk: number;
  /** At this time. */
  readonly events: number;
  readonly censored: number;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The time by which a share has had the event; null where curve or limit does not get there. */
export interface TimeEstimate {
  readonly time: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What every description of a curve is asked for. */
export interface CurveRequest {
  readonly confidence: ConfidenceMethod;
  /** Times of interest, in the unit of the data. */
  readonly at: readonly number[];
  /** Leave the steps out where only the numbers are wanted. */
  readonly curve: boolean;
}
