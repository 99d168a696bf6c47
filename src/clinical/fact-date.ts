import { dayNumber, imputeDate, type PartialDate } from '../core/partial-date.ts';

/** The one calendar day that stands for a date of a record. */
export interface FactDate {
  /** A full date. */
  readonly date: PartialDate;
  /** The record knew the date to the month or year only. */
  readonly dateImputed: boolean;
  /** Days by which the true date may differ; 0 for a full date. */
  readonly spanDays: number;
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

const NOTHING_KNOWN: KnownDates = { infusions: new Map() };

/**
 * The day that stands for a fact's date: itself when full; else day 15 of the month or 1 July, not before the
 * infusion of the course it was filed under, and not after the next infusion, the death or the last contact.
 */
export function dateFact(date: PartialDate, course?: number, known: KnownDates = NOTHING_KNOWN): FactDate {
  if (date.length === 10) return { date, dateImputed: false, spanDays: 0 };
  const { date: day, imputed, spanDays } = imputeDate(date, boundsOf(course, known));
  return { date: day, dateImputed: imputed, spanDays };
}

function boundsOf(course: number | undefined, known: KnownDates) {
  const infusion = course === undefined ? undefined : known.infusions.get(course)?.date;
  const next = course === undefined ? undefined : known.infusions.get(course + 1)?.date;
  let notAfter = next;
  for (const limit of [known.death?.date, known.latestFullContact]) {
    if (limit !== undefined && (notAfter === undefined || limit < notAfter)) notAfter = limit;
  }
  return {
    ...(infusion === undefined ? {} : { notBefore: infusion }),
    ...(notAfter === undefined ? {} : { notAfter }),
  };
}

/** Day of a fact counted from day 0 (clinical specification 0.2). */
export function dayFrom(origin: PartialDate, fact: FactDate): number {
  return dayNumber(fact.date) - dayNumber(origin);
}
