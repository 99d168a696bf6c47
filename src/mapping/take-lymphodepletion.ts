/** Which drugs are the lymphodepletion of which course (clinical specification 1.5; inputs.md). */
import type { Course, FludarabineExposure, Lymphodepletion } from '../cohort/cohort-record.generated.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { daysBetween } from '../core/partial-date.ts';
import type { Fact, FactOf } from './fact.ts';
import { recordItem } from './record-list.ts';
import { recordSources } from './record-sources.ts';

/** Lymphodepletion falls on day -14 to -1 (clinical specification 1.5, element 80). */
const FIRST_DAY = -14;
const LYMPHODEPLETING = new Set(['fludarabine', 'cyclophosphamide']);

export interface TakenLymphodepletion<F extends Fact> {
  readonly courses: readonly Course[];
  /** Therapies that are no lymphodepletion. */
  readonly others: readonly F[];
  readonly findings: readonly Finding[];
}

/**
 * The lymphodepleting drugs of each course, and the therapies that are none. An order counts only where no
 * administration of its drug was sent for the course, flagged.
 */
export function takeLymphodepletion<F extends Fact>(
  courses: readonly Course[],
  therapies: readonly F[],
  orders: readonly Fact[] = [],
): TakenLymphodepletion<F> {
  const taken = new Map<number, Lymphodepletion[]>(courses.map(({ number }) => [number, []]));
  const others: F[] = [];
  for (const fact of therapies) {
    const course = courses.find((candidate) => isLymphodepletionOf(fact, candidate));
    if (course === undefined) others.push(fact);
    else taken.get(course.number)?.push(lymphodepletionOf(fact));
  }
  const findings: Finding[] = [];
  const given = new Map(
    [...taken].map(([number, drugs]) => [number, new Set(drugs.map(({ agent }) => agent))]),
  );
  for (const order of orders) {
    const course = courses.find((candidate) => isLymphodepletionOf(order, candidate));
    if (course === undefined || given.get(course.number)?.has(String(order.elements['agent'])) === true)
      continue;
    taken.get(course.number)?.push(lymphodepletionOf(flagged(order)));
    findings.push(...order.sources.map(({ reference, site }) => orderFinding(reference, site)));
  }
  return {
    courses: courses.map((course) => ({ ...course, lymphodepletion: taken.get(course.number) ?? [] })),
    others,
    findings,
  };
}

function flagged(order: Fact): Fact {
  return {
    ...order,
    sources: order.sources.map((source) => ({
      ...source,
      flags: [...new Set([...(source.flags ?? []), 'ORDER_ONLY' as const])].sort(),
    })),
  };
}

function orderFinding(reference: string, site: string): Finding {
  return {
    code: 'order-without-administration',
    severity: 'information',
    message: CATALOGUE['order-without-administration'].meaning,
    reference,
    site,
  };
}

function isLymphodepletionOf({ elements }: Fact, { infusion }: Course): boolean {
  const { agent, date, intent } = elements;
  if (typeof agent !== 'string' || typeof date !== 'string') return false;
  if (intent === undefined ? !LYMPHODEPLETING.has(agent) : intent !== 'LYMPHODEPLETION') return false;
  if (date.length !== 10 || infusion.date.length !== 10) return false;
  const day = daysBetween(infusion.date, date);
  return day >= FIRST_DAY && day <= -1;
}

function lymphodepletionOf(fact: Fact): Lymphodepletion {
  const { agent, date, endDate } = fact.elements;
  return {
    agent: String(agent),
    date: String(date),
    ...(endDate === undefined ? {} : { endDate: String(endDate) }),
    sources: recordSources([fact]),
  };
}

/** Each exposure to the course whose infusion lies nearest; a measured one before one by population kinetics. */
export function withExposures(
  courses: readonly Course[],
  exposures: readonly FactOf<'fludarabineExposure'>[],
): readonly Course[] {
  const ranked = exposures
    .map((fact) => recordItem(fact))
    .toSorted((a, b) => exposureRank(a).localeCompare(exposureRank(b), 'en'));
  return courses.map((course) => {
    const exposure = ranked.find((candidate) => nearestCourse(candidate, courses) === course.number);
    return exposure === undefined ? course : { ...course, fludarabineExposure: exposure };
  });
}

function exposureRank({ method, date, auc }: FludarabineExposure): string {
  const order = { MEASURED: 0, POPULATION_PK: 1 };
  return `${method === undefined ? 2 : order[method]} ${date ?? ''} ${auc}`;
}

function nearestCourse({ date }: FludarabineExposure, courses: readonly Course[]): number | undefined {
  if (date?.length !== 10) return courses.length === 1 ? courses[0]?.number : undefined;
  const distances = courses
    .filter(({ infusion }) => infusion.date.length === 10)
    .map(({ number, infusion }) => ({ number, days: Math.abs(daysBetween(date, infusion.date)) }));
  return distances.toSorted((a, b) => a.days - b.days || b.number - a.number)[0]?.number;
}
