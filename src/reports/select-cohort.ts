import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { daysBetween } from '../core/partial-date.ts';
import { deriveFromFacts } from '../endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { type CourseFacts, deriveEndpointFacts, type EndpointFacts } from '../endpoints/endpoint-facts.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';

/** One patient with an index course. */
export interface CoursePatient {
  readonly facts: EndpointFacts;
  readonly course: CourseFacts;
}

/** One patient whose clock can be read. */
export interface CohortMember extends CoursePatient {
  /** Id of the record. */
  readonly patient: string;
  /** Day of the infusion from which days of facts count, seen from the origin: 0 or less. */
  readonly infusionFromOrigin: number;
  readonly result: EndpointResult & {
    readonly status: 'EVENT' | 'COMPETING' | 'CENSORED';
    readonly days: number;
    readonly type: NonNullable<EndpointResult['type']>;
  };
}

/** How many were left after a step, and why the others were not. */
export interface AttritionStep {
  readonly step: 'RECORDS' | 'INDEX_COURSE' | 'POPULATION' | 'DETERMINATE';
  readonly n: number;
  readonly excluded: readonly { readonly reason: string; readonly n: number }[];
}

export interface Cohort {
  readonly definition: EndpointDefinition;
  readonly asOf: PartialDate;
  /** In the order of their ids. */
  readonly members: readonly CohortMember[];
  readonly attrition: readonly AttritionStep[];
}

/**
 * Everybody with a result for the definition. Records of one person must be given once; their order does not
 * matter. Who has none is counted by the step and reason: nobody is dropped in silence.
 */
export function selectCohort(
  records: readonly CohortRecord[],
  definition: EndpointDefinition,
  asOf: PartialDate,
): Cohort {
  const derived = records
    .toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))
    .map((record) => derive(record, definition, asOf));
  const infused = derived.filter(({ course }) => course !== undefined);
  const inPopulation = infused.filter(({ result }) => result.status !== 'NOT_APPLICABLE');
  const members = inPopulation.flatMap(memberOf);
  const isMember = new Set(members.map(({ patient }) => patient));
  return {
    definition,
    asOf,
    members,
    attrition: [
      { step: 'RECORDS', n: derived.length, excluded: [] },
      stepOf('INDEX_COURSE', derived, infused),
      stepOf('POPULATION', infused, inPopulation),
      stepOf(
        'DETERMINATE',
        inPopulation,
        inPopulation.filter(({ patient }) => isMember.has(patient)),
      ),
    ],
  };
}

interface Derived {
  readonly patient: string;
  readonly facts: EndpointFacts;
  readonly course: CourseFacts | undefined;
  readonly result: EndpointResult;
}

function derive(record: CohortRecord, definition: EndpointDefinition, asOf: PartialDate): Derived {
  const facts = deriveEndpointFacts(record, asOf);
  return {
    patient: record.id,
    facts,
    course: facts.course(definition.indexCourse),
    result: deriveFromFacts(definition, facts),
  };
}

function memberOf({ patient, facts, course, result }: Derived): readonly CohortMember[] {
  const { status, days, type, origin } = result;
  const infusion = course?.timeline?.infusion.date;
  if (course === undefined || infusion === undefined || origin === undefined) return [];
  if (status === 'NOT_APPLICABLE' || status === 'INDETERMINATE') return [];
  if (days === undefined || type === undefined) return [];
  return [
    {
      patient,
      facts,
      course,
      infusionFromOrigin: daysBetween(origin, infusion),
      result: { ...result, status, days, type },
    },
  ];
}

function stepOf(
  step: AttritionStep['step'],
  before: readonly Derived[],
  after: readonly Derived[],
): AttritionStep {
  const kept = new Set(after);
  const counts = new Map<string, number>();
  for (const one of before) {
    if (kept.has(one)) continue;
    const reason = one.result.reason ?? 'no time can be told';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const excluded = [...counts].map(([reason, n]) => ({ reason, n }));
  return {
    step,
    n: after.length,
    excluded: excluded.sort((a, b) => b.n - a.n || (a.reason < b.reason ? -1 : 1)),
  };
}
