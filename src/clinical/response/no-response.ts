import type { CourseTimeline } from '../course/course-timeline.ts';
import { RESPONSE_PARAMETERS } from '../parameters/response-parameters.ts';
import type { DatedFact } from '../record/fact-date.ts';
import type { TherapyEvent } from '../record/therapy-events.ts';
import type { DiseaseDay } from './response.ts';

export interface NoResponseParameters {
  /** Last day on which a first remission still counts as the response: 42, or 92 (clinical specification 4.4). */
  readonly responseDeadlineDay: number;
  /** First day on which a marrow without remission counts, unless it is marked progressive. */
  readonly nrEarliestDay: number;
}

export const NO_RESPONSE_PARAMETERS: NoResponseParameters = {
  responseDeadlineDay: RESPONSE_PARAMETERS.responseDeadlineDay.value,
  nrEarliestDay: RESPONSE_PARAMETERS.nrEarliestDay.value,
};

/** Why a course counts as without response (`NR`), and from which day. */
export interface NoResponse extends DatedFact {
  readonly basis: 'RECORDED' | 'MARROW_BLASTS' | 'THERAPY';
  /** Nothing that counts was assessed up to the deadline (clinical specification 4.7). */
  readonly late: boolean;
}

/**
 * No CR or CRi of the infusion's own up to the deadline, and something that says so: the first marrow without
 * remission, or the start of a therapy given for lack of efficacy or after such a marrow (clinical specification
 * 4.4 rules 8 and 10, settled in 4.7). From a first remission on, whoever brought it about, or a relapse, there is no
 * NR any more.
 */
export function deriveNoResponse(
  timeline: CourseTimeline,
  parameters: NoResponseParameters = NO_RESPONSE_PARAMETERS,
): NoResponse | undefined {
  const { firstRemission } = timeline;
  if (firstRemission !== undefined && firstRemission.day <= parameters.responseDeadlineDay) return undefined;
  const marrow = firstMarrow(timeline, parameters);
  const therapy = firstFailedByTherapy(timeline);
  if (marrow === undefined || (therapy !== undefined && therapy.day < marrow.day)) return therapy;
  return marrow;
}

/** Whether anything was assessed up to the deadline that can decide about response. */
export function isResponseEvaluable(timeline: CourseTimeline, parameters: NoResponseParameters): boolean {
  return timeline.days.some(
    (day) =>
      day.day <= parameters.responseDeadlineDay &&
      (day.remission !== undefined || day.relapse || showsNoResponse(day, parameters)),
  );
}

/** Therapies before any response that neither say nor show why they were given: for adjudication (4.7). */
export function deriveUnexplainedTherapies(timeline: CourseTimeline): readonly TherapyEvent[] {
  return timeline.therapies.filter(
    (therapy) =>
      isOtherTherapy(therapy) && !isKnownBefore(timeline, therapy) && !isFailure(timeline, therapy),
  );
}

function firstMarrow(timeline: CourseTimeline, parameters: NoResponseParameters): NoResponse | undefined {
  const over = Math.min(
    timeline.remissions[0]?.day ?? Number.POSITIVE_INFINITY,
    timeline.relapses[0]?.day ?? Number.POSITIVE_INFINITY,
  );
  for (const day of timeline.days) {
    if (day.day >= over) return undefined;
    if (day.disease === undefined || !showsNoResponse(day, parameters)) continue;
    return {
      ...day.disease,
      basis: day.noResponse || day.progressive ? 'RECORDED' : 'MARROW_BLASTS',
      late: day.day > parameters.responseDeadlineDay,
    };
  }
  return undefined;
}

function showsNoResponse(day: DiseaseDay, { nrEarliestDay }: NoResponseParameters): boolean {
  if (day.progressive) return true;
  return (day.noResponse || day.blastsHigh) && day.day >= nrEarliestDay;
}

function firstFailedByTherapy(timeline: CourseTimeline): NoResponse | undefined {
  for (const therapy of timeline.therapies) {
    if (isKnownBefore(timeline, therapy) || !isFailure(timeline, therapy)) continue;
    const { date, dateImputed, spanDays, day, evidence } = therapy;
    return { date, dateImputed, spanDays, day, evidence, basis: 'THERAPY', late: false };
  }
  return undefined;
}

/** A remission or a relapse on or before the day: the therapy is no sign of failed response. */
function isKnownBefore(timeline: CourseTimeline, therapy: TherapyEvent): boolean {
  const remission = timeline.remissions[0];
  const relapse = timeline.relapses[0];
  return (
    (remission !== undefined && remission.day <= therapy.day) ||
    (relapse !== undefined && relapse.day <= therapy.day)
  );
}

function isFailure(timeline: CourseTimeline, therapy: TherapyEvent): boolean {
  if (therapy.forLackOfEfficacy) return true;
  return isOtherTherapy(therapy) && lastMarrowShowsDisease(timeline, therapy.day);
}

function isOtherTherapy({ role }: TherapyEvent): boolean {
  return role !== 'MAINTENANCE' && role !== 'SUPPORT';
}

/** The marrow of the day itself was drawn before the therapy. */
function lastMarrowShowsDisease(timeline: CourseTimeline, day: number): boolean {
  const last = timeline.days.findLast(
    (seen) => seen.day <= day && (seen.noResponse || seen.progressive || seen.blastsHigh || seen.blastsLow),
  );
  return last !== undefined && (last.noResponse || last.progressive || last.blastsHigh);
}
