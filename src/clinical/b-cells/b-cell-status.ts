import type { ObservationEnd } from './b-cell-observation-end.ts';
import { type BCellPoint, type BCellTimelineParameters, deriveBCellTimeline } from './b-cell-timeline.ts';

export type BCellStatus =
  | 'PRE_INFUSION'
  | 'NOT_ASSESSED'
  | 'NOT_ASSESSABLE_YET'
  | 'NEVER_ACHIEVED'
  | 'APLASIA'
  | 'APLASIA_STALE'
  | 'LOST'
  | 'NOT_EVALUABLE_POST_HCT'
  | 'NOT_EVALUABLE_RELAPSE'
  | 'NOT_EVALUABLE_DRUG';

export interface BCellStatusParameters extends BCellTimelineParameters {
  /** For so many days an aplastic sample still describes the present. */
  readonly carryForwardDays: number;
}

/**
 * What is known of B-cell aplasia on one day, from what was known by then (clinical specification 3.3, rule 6,
 * and 4.7). A loss that is not yet confirmed leaves the status before it standing.
 */
export function deriveBCellStatusAt(
  day: number,
  points: readonly BCellPoint[],
  ends: readonly ObservationEnd[],
  parameters: BCellStatusParameters,
): { readonly status: BCellStatus; readonly lossUnconfirmed: boolean } {
  if (day < 0) return { status: 'PRE_INFUSION', lossUnconfirmed: false };
  const blocked = statusAfterEnd(day, ends);
  if (blocked !== undefined) return { status: blocked, lossUnconfirmed: false };
  const lastUsableDay = Math.min(day, ...ends.map((end) => end.lastUsableDay));
  const timeline = deriveBCellTimeline(points, lastUsableDay, parameters);
  const { state, lastAplasia = 0, lossUnconfirmed } = timeline;
  if (state !== 'ONGOING_AT_END') return { status: state, lossUnconfirmed };
  const recent = day - lastAplasia <= parameters.carryForwardDays;
  return { status: recent ? 'APLASIA' : 'APLASIA_STALE', lossUnconfirmed };
}

function statusAfterEnd(day: number, ends: readonly ObservationEnd[]): BCellStatus | undefined {
  const past = ends.filter((end) => day > end.lastUsableDay);
  if (past.some(({ reason }) => reason === 'HCT')) return 'NOT_EVALUABLE_POST_HCT';
  if (past.some(({ reason }) => reason === 'RELAPSE' || reason === 'NO_RESPONSE'))
    return 'NOT_EVALUABLE_RELAPSE';
  const drug = past.some(({ reason, blockedUntilDay = day }) => {
    return reason === 'B_CELL_DEPLETING_DRUG' && day <= blockedUntilDay;
  });
  return drug ? 'NOT_EVALUABLE_DRUG' : undefined;
}
