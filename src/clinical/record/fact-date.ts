import type { Source } from '../../cohort/cohort-record.generated.ts';
import {
  addDays,
  dayNumber,
  earliestDay,
  imputeDate,
  latestDay,
  type PartialDate,
} from '../../core/partial-date.ts';

/** The one calendar day that stands for a date of a record. */
export interface FactDate {
  /** A full date. */
  readonly date: PartialDate;
  /** The record knew the date to the month or year only. */
  readonly dateImputed: boolean;
  /** Days by which the true date may differ; 0 for a full date. */
  readonly spanDays: number;
}

/** A fact of a course on one full calendar day, with the sources that carry it. */
export interface DatedFact extends FactDate {
  /** Whole days after the course's infusion. */
  readonly day: number;
  readonly evidence: readonly Source[];
}

/** What a record knows that can narrow a partial date (clinical specification 0.2). */
export interface KnownDates {
  /** Day of each course's infusion by its number; absent where only its year is known. */
  readonly infusions: ReadonlyMap<number, FactDate>;
  /** Absent while alive, and where the day cannot be told. */
  readonly death?: FactDate;
  /** The latest day known in full on which the patient was seen. */
  readonly latestFullContact?: PartialDate;
}

/**
 * The day that stands for a fact's date: itself when full; else day 15 of the month or 1 July, moved to lie
 * after the infusion of the course that the fact was filed under, and not after the next infusion, the death
 * or the last contact (clinical specification 0.2).
 */
export function dateFact(date: PartialDate, course: number | undefined, bounds: KnownDates): FactDate {
  if (date.length === 10) return { date, dateImputed: false, spanDays: 0 };
  const { date: day, imputed, spanDays } = imputeDate(date, limitsOf(date, course, bounds));
  return { date: day, dateImputed: imputed, spanDays };
}

/** The same fact as seen from a course's infusion; `infusionDay` counts from 1970-01-01. */
export function datedFact(fact: FactDate, infusionDay: number, evidence: readonly Source[]): DatedFact {
  return {
    date: fact.date,
    dateImputed: fact.dateImputed,
    spanDays: fact.spanDays,
    day: dayNumber(fact.date) - infusionDay,
    evidence,
  };
}

/** The sources of facts that were read as one, in an order that does not depend on theirs. */
export function joinEvidence(lists: readonly (readonly Source[])[]): readonly Source[] {
  if (lists.length === 1 && lists[0] !== undefined) return lists[0];
  const distinct = new Set<Source>();
  for (const list of lists) {
    for (const source of list) distinct.add(source);
  }
  return distinct.size < 2 ? [...distinct] : [...distinct].sort(compareSources);
}

/** The order of the keys; where one reference does not begin the other, it alone decides, and no key is written. */
function compareSources(a: Source, b: Source): number {
  const isLess = a.reference < b.reference;
  const begins = isLess ? b.reference.startsWith(a.reference) : a.reference.startsWith(b.reference);
  if (begins) return compareText(sortKey(a), sortKey(b));
  return isLess ? -1 : 1;
}

function sortKey(source: Source): string {
  return `${source.reference}|${source.path}|${source.site}|${source.versionId ?? ''}`;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Dates of the record that the fact lies between; one outside of the fact's own month or year contradicts it. */
function limitsOf(
  date: PartialDate,
  course: number | undefined,
  bounds: KnownDates,
): { readonly notBefore?: PartialDate; readonly notAfter?: PartialDate } {
  const infusion = course === undefined ? undefined : bounds.infusions.get(course);
  // Day 0 itself belongs to the course before (clinical specification 4.7).
  const after = infusion === undefined ? [] : [addDays(infusion.date, 1)];
  const before = [
    course === undefined ? undefined : bounds.infusions.get(course + 1)?.date,
    bounds.death?.date,
    bounds.latestFullContact,
  ];
  return limitsWithin(date, after, before);
}

/** The narrowest of these limits, of those that lie within a partial date's own month or year. */
export function limitsWithin(
  date: PartialDate,
  notBefore: readonly (PartialDate | undefined)[],
  notAfter: readonly (PartialDate | undefined)[],
): { readonly notBefore?: PartialDate; readonly notAfter?: PartialDate } {
  const first = earliestDay(date);
  const last = latestDay(date);
  const within = (day: PartialDate | undefined): day is PartialDate =>
    day !== undefined && day >= first && day <= last;
  const lower = notBefore.filter(within).sort().at(-1);
  const upper = notAfter.filter(within).sort().at(0);
  return {
    ...(lower === undefined ? {} : { notBefore: lower }),
    ...(upper === undefined ? {} : { notAfter: upper }),
  };
}
