import type { CourseTimeline } from '../clinical/course/course-timeline.ts';
import { type DatedFact, datedFact } from '../clinical/record/fact-date.ts';
import { dayNumber } from '../core/partial-date.ts';
import type { EndpointDefinition } from './endpoint-definition.ts';
import type { EndpointFacts } from './endpoint-facts.ts';
import type { FollowUpEnd } from './endpoint-result.ts';

/** Where the observation ends when nothing happened. */
export interface FollowUpCensoring {
  readonly type: FollowUpEnd;
  readonly fact: DatedFact;
}

/**
 * Last contact or cut-off, whichever is first (clinical specification 4.4 rule 5), never before the origin. With
 * `LAST_DISEASE_ASSESSMENT` the last day up to it on which the disease was assessed.
 */
export function censorFollowUp(
  definition: EndpointDefinition,
  facts: EndpointFacts,
  timeline: CourseTimeline,
  origin: DatedFact,
): FollowUpCensoring {
  if (definition.censorAt === 'LAST_DISEASE_ASSESSMENT') {
    return { type: 'LAST_DISEASE_ASSESSMENT', fact: lastAssessment(timeline, origin) };
  }
  const cutoffDay = dayNumber(facts.asOf) - timeline.infusionDay;
  const { lastContact } = facts.dates;
  const seen =
    lastContact === undefined ? origin : datedFact(lastContact, timeline.infusionDay, lastContact.evidence);
  if (seen.day >= cutoffDay) {
    const cutoff = { date: facts.asOf, dateImputed: false, spanDays: 0, day: cutoffDay };
    return { type: 'ADMIN_CUTOFF', fact: { ...cutoff, evidence: seen.evidence } };
  }
  return { type: 'LAST_CONTACT', fact: seen.day < origin.day ? origin : seen };
}

function lastAssessment(timeline: CourseTimeline, origin: DatedFact): DatedFact {
  let last = origin;
  for (const { assessed, day } of timeline.days) {
    if (assessed !== undefined && day > last.day) last = assessed;
  }
  for (const occasion of timeline.mrd) if (occasion.day > last.day) last = occasion;
  return last;
}
