import { type CourseOutcome, deriveCourseOutcome } from '../clinical/course/course-outcome.ts';
import { dateFact } from '../clinical/record/fact-date.ts';
import { deriveRecordDates, type RecordDates } from '../clinical/record/record-dates.ts';
import type { CohortRecord, Course, Hct } from '../cohort/cohort-record.generated.ts';
import { dayNumber, daysBetween, earliestDay, latestDay, type PartialDate } from '../core/partial-date.ts';

/** What every criterion reads: the record as it was known on the day, and its latest CD19 course. */
export interface HctContext {
  /** Facts dated after `asOf` are not in it. */
  readonly record: CohortRecord;
  readonly asOf: PartialDate;
  readonly course: Course;
  readonly outcome: CourseOutcome;
  readonly dates: RecordDates;
  /** Full date; absent, as is `day`, where the record knows the infusion to the year only. */
  readonly infusionDate?: PartialDate;
  /** Of the evaluation, counted from the infusion. */
  readonly day?: number;
}

export function buildHctContext(record: CohortRecord, asOf: PartialDate, course: Course): HctContext {
  const outcome = deriveCourseOutcome(record, course.number);
  const { infusionDate } = outcome;
  const base = { record, asOf, course, outcome, dates: deriveRecordDates(record) };
  if (infusionDate === undefined) return base;
  return { ...base, infusionDate, day: daysBetween(infusionDate, asOf) };
}

/** A fact of the record, as far as its place in time goes. */
interface Placed {
  readonly date: PartialDate;
  readonly course?: number;
}

/** Days from the infusion to a fact, or undefined where the infusion's day is not known. */
export function dayOfFact({ infusionDate, dates }: HctContext, fact: Placed): number | undefined {
  if (infusionDate === undefined) return undefined;
  return daysBetween(infusionDate, dateFact(fact.date, fact.course, dates).date);
}

/**
 * Whether a transplantation came before the index infusion or after it; one on its day belongs to what went
 * before (clinical specification 4.7).
 */
export function placeHct(context: HctContext, hct: Hct): 'BEFORE' | 'AFTER' | 'UNKNOWN' {
  const day = dayOfFact(context, hct);
  if (day !== undefined) return day > 0 ? 'AFTER' : 'BEFORE';
  const { infusion, number } = context.course;
  if (latestDay(hct.date) < earliestDay(infusion.date)) return 'BEFORE';
  if (dayNumber(earliestDay(hct.date)) > dayNumber(latestDay(infusion.date))) return 'AFTER';
  if (hct.course === undefined) return 'UNKNOWN';
  return hct.course < number ? 'BEFORE' : 'AFTER';
}
