import type { CourseTimeline } from '../clinical/course/course-timeline.ts';
import { type DatedFact, datedFact } from '../clinical/record/fact-date.ts';
import type { TherapyRole } from '../clinical/record/therapy-events.ts';
import { deriveMrdPersistence } from '../clinical/response/mrd-persistence.ts';
import type { Cd19Class, Relapse } from '../clinical/response/relapse.ts';
import type { EndpointDefinition, RemissionSwitch } from './endpoint-definition.ts';
import type { CourseFacts, EndpointFacts } from './endpoint-facts.ts';
import { EVENT_TYPES, type EventType } from './endpoint-result.ts';

/** Something that may end the clock of one definition. */
export interface Candidate {
  readonly status: 'EVENT' | 'COMPETING' | 'CENSORED';
  readonly type: EventType;
  readonly fact: DatedFact;
  readonly cd19?: Cd19Class;
  readonly site?: string;
  readonly lineageSwitch?: boolean;
  readonly inferredFromDeath?: boolean;
}

interface Context {
  readonly definition: EndpointDefinition;
  readonly facts: EndpointFacts;
  readonly course: CourseFacts;
  readonly timeline: CourseTimeline;
  /** Day 0 of the clock. */
  readonly origin: DatedFact;
}

/** The first of each kind on or after the origin that counts for the definition, earliest first (rule 3). */
export function collectCandidates(context: Context): readonly Candidate[] {
  const relapse = context.timeline.relapses.find(({ day }) => day >= context.origin.day);
  const others = [
    ...relapseCandidates(context, relapse),
    ...molecularCandidates(context),
    ...deathCandidates(context, relapse),
    ...otherCandidates(context),
    ...therapyCandidates(context, relapse),
  ];
  return [...others, ...noResponseCandidates(context, others)].sort(compareCandidates);
}

/** By day; on one day censoring last, then by the order of types. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    a.fact.day - b.fact.day ||
    Number(a.status === 'CENSORED') - Number(b.status === 'CENSORED') ||
    EVENT_TYPES.indexOf(a.type) - EVENT_TYPES.indexOf(b.type)
  );
}

function relapseCandidates({ definition }: Context, relapse: Relapse | undefined): readonly Candidate[] {
  if (definition.relapse === 'IGNORE' || relapse === undefined) return [];
  const { cd19, site, lineageSwitch } = relapse;
  return [
    {
      status: relapseStatus(definition, cd19),
      type: 'RELAPSE',
      fact: relapse,
      cd19,
      ...(site === undefined ? {} : { site }),
      lineageSwitch,
    },
  ];
}

/** Of the antigen class that is asked for an event, of any other a competing one. */
function relapseStatus(definition: EndpointDefinition, cd19: Cd19Class): 'EVENT' | 'COMPETING' {
  if (definition.relapse === 'COMPETING') return 'COMPETING';
  return hasAntigen(definition, cd19) ? 'EVENT' : 'COMPETING';
}

function hasAntigen({ relapseAntigen }: EndpointDefinition, cd19: Cd19Class): boolean {
  return relapseAntigen === 'ANY' || (relapseAntigen === 'CD19_POS' ? cd19 === 'POS' : cd19 === 'NEG');
}

function noResponseCandidates(
  { definition, course, origin }: Context,
  others: readonly Candidate[],
): readonly Candidate[] {
  if (definition.noResponse === 'IGNORE') return [];
  const fact = course.noResponseBy(definition.responseDeadlineDay);
  if (fact === undefined || fact.day < origin.day) return [];
  if (definition.noResponse !== 'AT_ORIGIN') {
    const status = definition.noResponse === 'AT_ASSESSMENT' ? 'EVENT' : 'COMPETING';
    return [{ status, type: 'NO_RESPONSE', fact }];
  }
  // Dating it back must not overtake what was already decided when it was found: a death, or, where nothing was
  // assessed by the deadline, anything else.
  const isDecided = others.some(
    ({ type, fact: other }) => other.day < fact.day && (fact.late || type === 'DEATH'),
  );
  if (isDecided) return [{ status: 'EVENT', type: 'NO_RESPONSE', fact }];
  return [{ status: 'EVENT', type: 'NO_RESPONSE', fact: { ...origin, evidence: fact.evidence } }];
}

function molecularCandidates({ definition, timeline, origin }: Context): readonly Candidate[] {
  const candidates: Candidate[] = [];
  if (definition.mrdRelapse === 'EVENT') {
    const fact = timeline.molecularRelapses.find(({ day }) => day >= origin.day);
    if (fact !== undefined) {
      const status = hasAntigen(definition, fact.cd19) ? 'EVENT' : 'COMPETING';
      candidates.push({ status, type: 'MRD_RELAPSE', fact, cd19: fact.cd19 });
    }
  }
  if (definition.mrdPersistence === 'AT_ASSESSMENT') {
    const fact = deriveMrdPersistence(timeline, definition.responseDeadlineDay);
    if (fact !== undefined && fact.day >= origin.day) {
      candidates.push({ status: 'EVENT', type: 'MRD_PERSISTENCE', fact });
    }
  }
  return candidates;
}

function deathCandidates(context: Context, relapse: Relapse | undefined): readonly Candidate[] {
  const { definition, facts, timeline } = context;
  const fact = deathOf(facts, timeline);
  if (fact === undefined) return [];
  const fromLeukemia = facts.dates.deathRecorded?.fromLeukemia === true;
  const failure = context.course.noResponseBy(definition.responseDeadlineDay);
  const isRecorded = [relapse, failure].some(
    (recorded) => recorded !== undefined && recorded.day <= fact.day,
  );
  const asRelapse = definition.deathFromLeukemia === 'AS_RELAPSE' && definition.relapse !== 'IGNORE';
  if (fromLeukemia && !isRecorded && asRelapse) {
    const status = relapseStatus(definition, 'UNKNOWN');
    return [{ status, type: 'RELAPSE', fact, cd19: 'UNKNOWN', inferredFromDeath: true }];
  }
  if (definition.death !== 'COMPETING_UNLESS_LEUKEMIA') {
    return [{ status: definition.death, type: 'DEATH', fact }];
  }
  return [{ status: fromLeukemia ? 'EVENT' : 'COMPETING', type: 'DEATH', fact }];
}

/** The death as counted from the index infusion; undefined while alive and where its day is not known. */
export function deathOf(facts: EndpointFacts, timeline: CourseTimeline): DatedFact | undefined {
  const death = facts.dates.deathRecorded;
  if (death?.on === undefined) return undefined;
  return datedFact(death.on, timeline.infusionDay, death.evidence);
}

function otherCandidates({ definition, course, origin }: Context): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const malignancy = course.secondMalignancy;
  if (definition.secondMalignancy !== 'IGNORE' && malignancy !== undefined && malignancy.day >= origin.day) {
    const status = definition.secondMalignancy === 'EVENT' ? 'EVENT' : 'CENSORED';
    candidates.push({ status, type: 'SECOND_MALIGNANCY', fact: malignancy });
  }
  const loss = definition.bcaLoss === 'EVENT' ? course.aplasia().loss : undefined;
  if (loss !== undefined && loss.day >= origin.day) {
    candidates.push({ status: 'EVENT', type: 'BCA_LOSS', fact: loss });
  }
  return candidates;
}

const THERAPIES: readonly {
  readonly role: TherapyRole;
  readonly type: EventType;
  readonly rule: (definition: EndpointDefinition) => RemissionSwitch;
}[] = [
  { role: 'HCT', type: 'HCT', rule: (definition) => definition.hctInRemission },
  { role: 'REINFUSION', type: 'REINFUSION', rule: (definition) => definition.reinfusionInRemission },
  { role: 'NEW_THERAPY', type: 'NEW_THERAPY', rule: (definition) => definition.newTherapyInRemission },
  { role: 'MAINTENANCE', type: 'NEW_THERAPY', rule: (definition) => definition.maintenanceInRemission },
];

/** Only therapy that starts before any day of relapse or no response counts here (rule 2). */
function therapyCandidates(context: Context, relapse: Relapse | undefined): readonly Candidate[] {
  const { definition, timeline, origin } = context;
  const end = remissionEnd(context, relapse);
  const candidates: Candidate[] = [];
  for (const { role, type, rule } of THERAPIES) {
    const setting = rule(definition);
    if (setting === 'IGNORE') continue;
    const fact = timeline.therapies.find(
      (therapy) => therapy.role === role && therapy.day >= origin.day && therapy.day < end,
    );
    if (fact !== undefined) {
      candidates.push({ status: setting === 'CENSOR' ? 'CENSORED' : setting, type, fact });
    }
  }
  return candidates;
}

/** First day on which the index infusion's remission, or the hope of one, is over. */
export function remissionEnd(
  { definition, course }: Pick<Context, 'definition' | 'course'>,
  relapse: Relapse | undefined,
): number {
  const noResponse = course.noResponseBy(definition.responseDeadlineDay);
  return Math.min(relapse?.day ?? Number.POSITIVE_INFINITY, noResponse?.day ?? Number.POSITIVE_INFINITY);
}
