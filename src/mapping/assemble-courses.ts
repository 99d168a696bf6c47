/**
 * CAR-T courses from the infusions that resources state. Same day and compatible product (equal, or one of them
 * unspecified): one infusion, however often it was said. Split doses of one product within seven days, lots equal
 * or missing: one infusion, its fractions kept (inputs.md, CAR-T infusion).
 */
import type { Course, Infusion, Product } from '../cohort/cohort-record.generated.ts';
import type { Finding } from '../core/finding.ts';
import { daysBetween } from '../core/partial-date.ts';
import type { Fact } from './fact.ts';
import { recordSources } from './record-sources.ts';

/** Longest span of a split dose, from the first fraction (inputs.md). */
const SPLIT_DOSE_DAYS = 7;

const UNSPECIFIED = 'unknown';

interface OneDay {
  readonly date: string;
  readonly product: string;
  readonly facts: readonly Fact[];
}

/** Courses numbered by date from 1, without lymphodepletion. */
export function assembleCourses(facts: readonly Fact[]): readonly Course[] {
  return joinFractions(daysOf(facts)).map((fractions, index) => courseOf(fractions, index + 1));
}

function daysOf(facts: readonly Fact[]): readonly OneDay[] {
  return [...Map.groupBy(facts, ({ elements }) => String(elements['date']))]
    .flatMap(([date, group]) => byProduct(date, group))
    .sort((a, b) => compare(a.date, b.date) || compare(a.product, b.product));
}

/** What names no product belongs to the first product of its day, in the order of their codes. */
function byProduct(date: string, facts: readonly Fact[]): readonly OneDay[] {
  const groups = Map.groupBy(facts, ({ elements }) => String(elements['product'] ?? UNSPECIFIED));
  const unspecified = groups.get(UNSPECIFIED) ?? [];
  groups.delete(UNSPECIFIED);
  if (groups.size === 0) return [{ date, product: UNSPECIFIED, facts: unspecified }];
  const named = [...groups].sort(([a], [b]) => compare(a, b));
  return named.map(([product, group], index) => ({
    date,
    product,
    facts: index === 0 ? [...group, ...unspecified] : group,
  }));
}

function joinFractions(days: readonly OneDay[]): readonly (readonly OneDay[])[] {
  const infusions: OneDay[][] = [];
  for (const day of days) {
    const last = infusions.at(-1);
    if (last !== undefined && isFraction(last, day)) last.push(day);
    else infusions.push([day]);
  }
  return infusions;
}

function isFraction(infusion: readonly OneDay[], day: OneDay): boolean {
  const [first] = infusion;
  if (first === undefined || first.date.length !== 10 || day.date.length !== 10) return false;
  const span = daysBetween(first.date, day.date);
  if (span < 1 || span > SPLIT_DOSE_DAYS) return false;
  const products = new Set(
    [...infusion, day].map(({ product }) => product).filter((code) => code !== UNSPECIFIED),
  );
  const lots = new Set([...infusion, day].flatMap(({ facts }) => facts.flatMap(lotOf)));
  return products.size <= 1 && lots.size <= 1;
}

function lotOf(fact: Fact): readonly string[] {
  const lot = fact.elements['lot'];
  return typeof lot === 'string' ? [lot] : [];
}

function courseOf(days: readonly OneDay[], number: number): Course {
  return { number, infusion: infusionOf(days), product: productOf(days), lymphodepletion: [] };
}

function infusionOf(days: readonly OneDay[]): Infusion {
  const [first] = days;
  if (first === undefined) throw new RangeError('An infusion has at least one day');
  const start = { date: first.date, ...timeOf(first.facts) };
  if (days.length === 1) return { ...start, ...doseOf(first.facts), sources: recordSources(first.facts) };
  const fractions = days.map(({ date, facts }) => ({
    date,
    ...doseOf(facts),
    sources: recordSources(facts),
  }));
  return {
    ...start,
    ...total('dosePerKg', fractions),
    ...total('doseAbsolute', fractions),
    fractions,
    sources: recordSources(days.flatMap(({ facts }) => facts)),
  };
}

/** The earliest time that a source gives; a source may know the day alone. */
function timeOf(facts: readonly Fact[]): { readonly time?: string; readonly epochMinute?: number } {
  const [first] = facts
    .flatMap(({ elements: { time, epochMinute } }) =>
      typeof time === 'string' ? [{ time, ...(typeof epochMinute === 'number' ? { epochMinute } : {}) }] : [],
    )
    .sort((a, b) => (a.epochMinute ?? 0) - (b.epochMinute ?? 0) || compare(a.time, b.time));
  return first ?? {};
}

type DoseName = 'dosePerKg' | 'doseAbsolute';
type Dose = { readonly [name in DoseName]?: number };

/** Where two sources give different doses the larger stands, with a finding. */
function doseOf(facts: readonly Fact[]): Dose {
  return { ...largest('dosePerKg', facts), ...largest('doseAbsolute', facts) };
}

/** Infusions of one day whose sources give different doses of the same kind. */
export function doseConflicts(facts: readonly Fact[]): readonly Finding[] {
  const names: readonly DoseName[] = ['dosePerKg', 'doseAbsolute'];
  return daysOf(facts).flatMap(({ facts: group }) =>
    names.flatMap((name) => {
      const used = largest(name, group)[name];
      const smaller = group.filter(
        ({ elements }) => typeof elements[name] === 'number' && elements[name] !== used,
      );
      return smaller.flatMap(({ sources }) =>
        sources.map(({ reference, path, site }) => ({
          code: 'values-conflict' as const,
          severity: 'warning' as const,
          message: 'Another source gives a larger dose for this infusion; the larger is used.',
          reference,
          expression: path,
          site,
        })),
      );
    }),
  );
}

function largest(name: DoseName, facts: readonly Fact[]): Dose {
  const doses = facts.flatMap(({ elements }) => (typeof elements[name] === 'number' ? [elements[name]] : []));
  return doses.length === 0 ? {} : { [name]: Math.max(...doses) };
}

/** The whole dose is known only where every fraction's is. */
function total(name: DoseName, fractions: readonly Dose[]): Dose {
  const doses = fractions.flatMap((fraction) => (fraction[name] === undefined ? [] : [fraction[name]]));
  if (doses.length !== fractions.length) return {};
  return { [name]: Number(doses.reduce((sum, dose) => sum + dose, 0).toPrecision(12)) };
}

function productOf(days: readonly OneDay[]): Product {
  const facts = days.flatMap((day) => day.facts);
  const code = days.map(({ product }) => product).find((product) => product !== UNSPECIFIED);
  const domains = facts.flatMap(
    ({ elements }) => (elements['costimulation'] as readonly string[] | undefined) ?? [],
  );
  const [cellSource] = textsOf('cellSource', facts);
  const [lot] = textsOf('lot', facts);
  return {
    code: code ?? 'UNKNOWN',
    ...(domains.length === 0 ? {} : { costimulation: [...new Set(domains)].sort() }),
    ...(cellSource === undefined ? {} : { cellSource }),
    ...(lot === undefined ? {} : { lot }),
  } as Product;
}

function textsOf(name: string, facts: readonly Fact[]): readonly string[] {
  return facts.flatMap(({ elements }) => (typeof elements[name] === 'string' ? [elements[name]] : [])).sort();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
