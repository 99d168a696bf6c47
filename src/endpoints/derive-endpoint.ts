/**
 * The one time-to-event engine (clinical specification 4.4). Its rules:
 *
 * - The clock starts at the origin of the definition. Anything but death on the day of the index infusion belongs
 *   to the course before it; on any other origin's day it counts at day 0.
 * - The first fact by date decides. On one day: relapse, no response, MRD relapse or persistence, death, second
 *   malignancy, loss of B-cell aplasia, transplantation, reinfusion, new therapy; and an event or competing event
 *   before any censoring.
 * - Therapy counts as "in remission" while no relapse and no no-response is dated on or before its day.
 * - The cut-off is inclusive. What is dated later exists only as proof that the patient lived.
 * - Without any of these the patient is censored at the last contact, or at the cut-off if seen alive by then.
 * - A death without a day makes the result indeterminate, unless something that was found in the living patient
 *   decides before it, or the patient was alive at the cut-off: whatever is recorded of a day was done to a
 *   patient who lived on that day. The same holds for a reinfusion without a day where reinfusion counts.
 */
import type { DatedFact } from '../clinical/record/fact-date.ts';
import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { type Candidate, collectCandidates, deathOf, remissionEnd } from './candidates.ts';
import type { EndpointDefinition } from './endpoint-definition.ts';
import { ENDPOINT_DEFINITIONS } from './endpoint-definitions.ts';
import { type CourseFacts, deriveEndpointFacts, type EndpointFacts } from './endpoint-facts.ts';
import { deriveFlags } from './endpoint-flags.ts';
import type { EndpointFlag, EndpointResult, NextOutcome } from './endpoint-result.ts';
import { censorFollowUp, type FollowUpCensoring } from './follow-up.ts';

/** One patient's result for one definition. `asOf` is the data cut-off; a partial one means its last day. */
export function deriveEndpoint(
  definition: EndpointDefinition,
  record: CohortRecord,
  asOf: PartialDate,
): EndpointResult {
  return deriveFromFacts(definition, deriveEndpointFacts(record, asOf));
}

/** The results of many definitions, in their order; what they share is derived once. */
export function deriveEndpoints(
  record: CohortRecord,
  asOf: PartialDate,
  definitions: readonly EndpointDefinition[] = ENDPOINT_DEFINITIONS,
): readonly EndpointResult[] {
  const facts = deriveEndpointFacts(record, asOf);
  return definitions.map((definition) => deriveFromFacts(definition, facts));
}

/** One result from facts that are derived already. */
export function deriveFromFacts(definition: EndpointDefinition, facts: EndpointFacts): EndpointResult {
  const course = facts.course(definition.indexCourse);
  if (course === undefined) {
    const reason = facts.courseCount === 0 ? 'no CD19 CAR-T infusion' : `no course ${definition.indexCourse}`;
    return withoutResult(definition, facts, { status: 'NOT_APPLICABLE', reason });
  }
  const { timeline } = course;
  if (timeline === undefined) {
    return withoutResult(definition, facts, {
      status: 'INDETERMINATE',
      reason: 'infusion known to the year only',
      evidence: course.course.infusion.sources,
    });
  }
  const subject: Subject = { definition, facts, course, timeline };
  const origin = originOf(subject);
  if (typeof origin === 'string') {
    return withoutResult(definition, facts, {
      status: 'NOT_APPLICABLE',
      reason: origin,
      evidence: course.course.infusion.sources,
      flags: deriveFlags(subject, Number.POSITIVE_INFINITY, undefined),
    });
  }
  return decide(subject, origin);
}

interface Subject {
  readonly definition: EndpointDefinition;
  readonly facts: EndpointFacts;
  readonly course: CourseFacts;
  readonly timeline: NonNullable<CourseFacts['timeline']>;
}

/** Day 0 of the clock, or the reason why the patient is not of the population. */
function originOf({ definition, course, timeline }: Subject): DatedFact | string {
  const infusion: DatedFact = { ...timeline.infusion, day: 0, evidence: course.course.infusion.sources };
  if (definition.population === 'RELAPSED' && timeline.relapses.length === 0) return 'no relapse';
  switch (definition.originType) {
    case 'INDEX_INFUSION':
      return infusion;
    case 'FIRST_CR': {
      const { firstRemission } = timeline;
      if (firstRemission === undefined || firstRemission.day > definition.responseDeadlineDay) {
        return `no CR/CRi within day ${definition.responseDeadlineDay}`;
      }
      return { ...firstRemission, evidence: [...infusion.evidence, ...firstRemission.evidence] };
    }
    case 'APLASIA_ONSET': {
      const { onset } = course.aplasia();
      return onset === undefined
        ? 'no B-cell aplasia'
        : { ...onset, evidence: [...infusion.evidence, ...onset.evidence] };
    }
  }
}

function decide(subject: Subject, origin: DatedFact): EndpointResult {
  const { definition, facts, timeline } = subject;
  const death = deathOf(facts, timeline);
  if (death !== undefined && death.day < origin.day) {
    return withoutResult(definition, facts, {
      status: 'INDETERMINATE',
      reason: 'death dated before the origin',
      origin: origin.date,
      evidence: [...origin.evidence, ...death.evidence],
    });
  }
  const candidates = collectCandidates({ ...subject, origin });
  const censoring = censorFollowUp(definition, facts, timeline, origin);
  const [first] = candidates;
  const doubt = whyIndeterminate(subject, first, censoring);
  if (doubt !== undefined) {
    return withoutResult(definition, facts, {
      status: 'INDETERMINATE',
      origin: origin.date,
      ...doubt,
      evidence: [...origin.evidence, ...doubt.evidence],
    });
  }
  return first === undefined
    ? censoredResult(subject, origin, censoring)
    : decidedResult(subject, origin, first, candidates[1] ?? censoring);
}

/** What cannot be placed in time although it may have come first. */
function whyIndeterminate(
  { definition, facts, course, timeline }: Subject,
  first: Candidate | undefined,
  censoring: FollowUpCensoring,
): Pick<EndpointResult, 'reason' | 'evidence'> | undefined {
  const death = facts.dates.deathRecorded;
  if (first === undefined && death !== undefined && death.on === undefined) {
    const reason = death.written === undefined ? 'death without a date' : 'death known to the year only';
    return { reason, evidence: death.evidence };
  }
  const undated = course.undatedReinfusion;
  if (undated === undefined || definition.reinfusionInRemission === 'IGNORE') return undefined;
  const lastDay = first?.fact.day ?? censoring.fact.day;
  const remissionIsOver = remissionEnd({ definition, course }, timeline.relapses[0]) <= undated.fromDay;
  if (lastDay < undated.fromDay || remissionIsOver) return undefined;
  return { reason: 'reinfusion known to the year only', evidence: undated.evidence };
}

function decidedResult(
  subject: Subject,
  origin: DatedFact,
  candidate: Candidate,
  next: Candidate | FollowUpCensoring,
): EndpointResult {
  const { definition, facts } = subject;
  const { fact, cd19, site } = candidate;
  return {
    ...timed(definition, facts, origin, fact, deriveFlags(subject, fact.day, candidate)),
    status: candidate.status,
    type: candidate.type,
    ...(cd19 === undefined ? {} : { cd19 }),
    ...(site === undefined ? {} : { site }),
    next: nextOutcome(next, origin, definition),
  };
}

function censoredResult(subject: Subject, origin: DatedFact, censoring: FollowUpCensoring): EndpointResult {
  const { definition, facts } = subject;
  const flags = [...deriveFlags(subject, censoring.fact.day, undefined)];
  if (censoring.type === 'LAST_CONTACT' && facts.selfDischarged) flags.push('informativeCensoringSuspected');
  return {
    ...timed(definition, facts, origin, censoring.fact, flags),
    status: 'CENSORED',
    type: censoring.type,
  };
}

function nextOutcome(
  next: Candidate | FollowUpCensoring,
  origin: DatedFact,
  definition: EndpointDefinition,
): NextOutcome {
  return {
    status: 'status' in next ? next.status : 'CENSORED',
    type: next.type,
    date: next.fact.date,
    days: durationOf(definition, next.fact.day - origin.day),
  };
}

function timed(
  definition: EndpointDefinition,
  facts: EndpointFacts,
  origin: DatedFact,
  fact: DatedFact,
  flags: readonly EndpointFlag[],
): Omit<EndpointResult, 'status'> {
  const days = durationOf(definition, fact.day - origin.day);
  const spanDays = fact.day === origin.day ? origin.spanDays : origin.spanDays + fact.spanDays;
  const imputed = origin.dateImputed || fact.dateImputed;
  return {
    endpoint: definition.id,
    version: definition.version,
    origin: origin.date,
    date: fact.date,
    days,
    months: Math.round((days / definition.monthDays) * 100) / 100,
    flags: [
      ...(imputed ? (['DATE_IMPUTED'] as const) : []),
      ...(isRecordedOnly(fact) ? (['DATE_FROM_RECORDED'] as const) : []),
      ...flags,
    ],
    ...(imputed ? { spanDays } : {}),
    evidence: [...new Set([...origin.evidence, ...fact.evidence])],
    asOf: facts.asOf,
  };
}

/** Every source of the deciding fact gives the day of recording for want of a clinical date. */
function isRecordedOnly({ evidence }: DatedFact): boolean {
  return evidence.length > 0 && evidence.every(({ flags }) => flags?.includes('DATE_FROM_RECORDED') === true);
}

function durationOf({ zeroTime }: EndpointDefinition, days: number): number {
  if (days !== 0 || zeroTime === 'KEEP_0') return days;
  return zeroTime === 'HALF_DAY' ? 0.5 : 1;
}

function withoutResult(
  definition: EndpointDefinition,
  facts: EndpointFacts,
  result: Pick<EndpointResult, 'status' | 'reason' | 'origin'> &
    Partial<Pick<EndpointResult, 'evidence' | 'flags'>>,
): EndpointResult {
  return {
    endpoint: definition.id,
    version: definition.version,
    flags: [],
    evidence: [],
    ...result,
    asOf: facts.asOf,
  };
}
