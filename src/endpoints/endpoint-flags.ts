import type { CourseTimeline } from '../clinical/course/course-timeline.ts';
import {
  deriveUnexplainedTherapies,
  isResponseEvaluable,
  NO_RESPONSE_PARAMETERS,
} from '../clinical/response/no-response.ts';
import { dayNumber } from '../core/partial-date.ts';
import { type Candidate, deathOf } from './candidates.ts';
import type { EndpointDefinition } from './endpoint-definition.ts';
import type { CourseFacts, EndpointFacts } from './endpoint-facts.ts';
import type { EndpointFlag } from './endpoint-result.ts';

interface Subject {
  readonly definition: EndpointDefinition;
  readonly facts: EndpointFacts;
  readonly course: CourseFacts;
  readonly timeline: CourseTimeline;
}

/**
 * What a reader should know about a result beside its date. `lastDay`, counted from the infusion, is the day of
 * the result: what came later does not bear on it.
 */
export function deriveFlags(
  subject: Subject,
  lastDay: number,
  candidate: Candidate | undefined,
): readonly EndpointFlag[] {
  const { definition, course } = subject;
  const flags: EndpointFlag[] = [];
  if (candidate?.lineageSwitch === true) flags.push('LINEAGE_SWITCH');
  if (candidate?.inferredFromDeath === true) flags.push('RELAPSE_INFERRED_FROM_DEATH');
  if (
    candidate?.type === 'NO_RESPONSE' &&
    course.noResponseBy(definition.responseDeadlineDay)?.late === true
  ) {
    flags.push('LATE_FIRST_ASSESSMENT');
  }
  if (isProvisional(subject, candidate)) flags.push('PROVISIONAL');
  flags.push(...responseFlags(subject, lastDay, candidate));
  return flags;
}

function responseFlags(
  { definition, facts, course, timeline }: Subject,
  lastDay: number,
  candidate: Candidate | undefined,
): readonly EndpointFlag[] {
  const flags: EndpointFlag[] = [];
  const needsResponse = definition.noResponse !== 'IGNORE' || definition.population === 'RESPONDERS';
  if (needsResponse) {
    if (deriveUnexplainedTherapies(timeline).some(({ day }) => day <= lastDay)) {
      flags.push('THERAPY_BEFORE_RESPONSE');
    }
    if (candidate?.type !== 'NO_RESPONSE' && isNotEvaluable(definition, facts, course, timeline)) {
      flags.push('RESPONSE_NOT_EVALUABLE');
    }
  }
  if (needsResponse || definition.relapse !== 'IGNORE') {
    if (timeline.noResponseInRemission.some(({ day }) => day <= lastDay)) flags.push('NR_AFTER_REMISSION');
    if (timeline.days.some(({ day, conflict }) => conflict && day <= lastDay)) {
      flags.push('CONFLICTING_ASSESSMENTS');
    }
  }
  return flags;
}

/** `NE` of clinical specification 4.1: the deadline passed, alive, without anything that tells the response. */
function isNotEvaluable(
  definition: EndpointDefinition,
  facts: EndpointFacts,
  course: CourseFacts,
  timeline: CourseTimeline,
): boolean {
  const { responseDeadlineDay } = definition;
  const noResponse = course.noResponseBy(responseDeadlineDay);
  if (noResponse !== undefined && noResponse.day <= responseDeadlineDay) return false;
  if (cutoffDay(facts, timeline) < responseDeadlineDay) return false;
  const death = deathOf(facts, timeline);
  if (death !== undefined && death.day <= responseDeadlineDay) return false;
  return !isResponseEvaluable(timeline, { ...NO_RESPONSE_PARAMETERS, responseDeadlineDay });
}

/** A remission may still come that would change the result (rule 10). */
function isProvisional({ definition, facts, timeline }: Subject, candidate: Candidate | undefined): boolean {
  const dependsOnDeadline =
    candidate === undefined
      ? definition.population === 'RESPONDERS' && timeline.firstRemission === undefined
      : candidate.type === 'MRD_PERSISTENCE' || candidate.type === 'NO_RESPONSE';
  if (!dependsOnDeadline || cutoffDay(facts, timeline) >= definition.responseDeadlineDay) return false;
  if (facts.dates.deathRecorded !== undefined) return false;
  return (
    candidate?.type === 'MRD_PERSISTENCE' ||
    !timeline.therapies.some(({ role }) => role !== 'MAINTENANCE' && role !== 'SUPPORT')
  );
}

function cutoffDay(facts: EndpointFacts, timeline: CourseTimeline): number {
  return dayNumber(facts.asOf) - timeline.infusionDay;
}
