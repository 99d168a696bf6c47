import type { CohortRecord, Course, PartialDate } from '../../cohort/cohort-record.generated.ts';
import { dateOfDayNumber, dayNumber } from '../../core/partial-date.ts';
import type { FactDate } from '../record/fact-date.ts';
import type { Moment, TimedFact, Timing } from '../record/moment.ts';
import { type PlacedFacts, placeFacts } from '../record/placed-facts.ts';
import { recordAsOf } from '../record/record-as-of.ts';
import { deriveRecordDates, type RecordDates } from '../record/record-dates.ts';

const DAY_MINUTES = 1440;

/** One course as the toxicity, laboratory and kinetics rules see it: everything counted from its infusion. */
export interface CourseFrame extends Timing {
  /** As of the day of evaluation: later facts do not exist. */
  readonly record: CohortRecord;
  readonly asOf?: PartialDate;
  readonly course: Course;
  readonly dates: RecordDates;
  readonly infusion: FactDate;
  /** Minute of the infusion on the frame's own axis; absent where only the day is known. */
  readonly infusionAt?: number;
  /** Last day of the course: the day before the next infusion; Infinity for the last course. */
  readonly lastDay: number;
  /** The long lists of the record, of all courses. */
  readonly placed: PlacedFacts;
  /** Day of a full date from the infusion. */
  readonly dayOf: (date: PartialDate) => number;
  /** The full date of a day from the infusion. */
  readonly dateOf: (day: number) => PartialDate;
}

/**
 * The frame of one course. Undefined where the record knows its infusion to the year only: then no day can be
 * counted. Throws RangeError when the record has no course of that number.
 */
export function frameCourse(
  record: CohortRecord,
  courseNumber: number,
  asOf?: PartialDate,
): CourseFrame | undefined {
  const seen = asOf === undefined ? record : recordAsOf(record, asOf);
  const course = seen.courses.find(({ number }) => number === courseNumber);
  if (course === undefined) throw new RangeError(`Expected a course of the record, found ${courseNumber}`);
  const dates = deriveRecordDates(seen);
  const infusion = dates.infusions.get(courseNumber);
  if (infusion === undefined) return undefined;
  const infusionDay = dayNumber(infusion.date);
  const next = [...dates.infusions]
    .filter(([number]) => number > courseNumber)
    .map(([, { date }]) => dayNumber(date) - infusionDay);
  const place = placing(infusionDay, seen);
  const infusionMoment = place.momentOf(course.infusion);
  return {
    record: seen,
    ...(asOf === undefined ? {} : { asOf }),
    course,
    dates,
    infusion,
    ...(infusionMoment?.timed === true ? { infusionAt: infusionMoment.at } : {}),
    lastDay: Math.min(Number.POSITIVE_INFINITY, ...next.map((day) => day - 1)),
    placed: placeFacts(place, seen.observations),
    ...place,
  };
}

/** The full date of a day of the frame. */
export function dateOfDay(frame: CourseFrame, day: number): PartialDate {
  return frame.dateOf(day);
}

/**
 * Whether something happened in the course after its cells were given: on day 0 after the infusion where both
 * times are known, up to the day before the next infusion.
 */
export function isInCourse(frame: CourseFrame, { day, at, timed }: Moment): boolean {
  if (day < 0 || day > frame.lastDay) return false;
  return day > 0 || !timed || frame.infusionAt === undefined || at >= frame.infusionAt;
}

/**
 * All times go on one axis: minutes since the beginning of day 0 by the clock that was in force at the earliest
 * timed fact. A clock change afterwards moves no duration.
 */
function placing(
  infusionDay: number,
  record: CohortRecord,
): Pick<CourseFrame, 'dayOf' | 'dateOf' | 'momentOf'> {
  const days = new Map<PartialDate, number>();
  const dayOf = (date: PartialDate): number => {
    const known = days.get(date);
    if (known !== undefined) return known;
    const day = dayNumber(date) - infusionDay;
    days.set(date, day);
    return day;
  };
  const dates = new Map<number, PartialDate>();
  const dateOf = (day: number): PartialDate => {
    const known = dates.get(day);
    if (known !== undefined) return known;
    const date = dateOfDayNumber(infusionDay + day);
    dates.set(day, date);
    return date;
  };
  const clock = clockOffset(record);
  const momentOf = ({ date, time, epochMinute }: TimedFact): Moment | undefined => {
    if (date.length !== 10) return undefined;
    const day = dayOf(date);
    if (epochMinute !== undefined) {
      return { day, at: epochMinute + clock - infusionDay * DAY_MINUTES, timed: true };
    }
    const minute = minuteOfDay(time);
    if (minute !== undefined) return { day, at: day * DAY_MINUTES + minute, timed: true };
    return { day, at: (day + 1) * DAY_MINUTES - 1, timed: false };
  };
  return { dayOf, dateOf, momentOf };
}

/** Minutes by which local time was ahead of UTC at the earliest fact that tells both. */
function clockOffset(record: CohortRecord): number {
  const { observations: seen } = record;
  let earliest: { readonly minute: number; readonly offset: number } | undefined;
  const lists: readonly (readonly TimedFact[] | undefined)[] = [
    record.courses.map(({ infusion }) => infusion),
    seen.vitalSigns,
    seen.oxygenSupport,
    seen.clinicalSigns,
    seen.neuroAssessments,
    seen.supportiveDrugs,
    seen.laboratory,
    seen.transgene,
    seen.toxicityGrades,
  ];
  for (const list of lists) {
    for (const { date, time, epochMinute } of list ?? []) {
      if (epochMinute === undefined || date.length !== 10) continue;
      if (earliest !== undefined && epochMinute >= earliest.minute) continue;
      const minute = minuteOfDay(time);
      if (minute === undefined) continue;
      earliest = { minute: epochMinute, offset: dayNumber(date) * DAY_MINUTES + minute - epochMinute };
    }
  }
  return earliest?.offset ?? 0;
}

function minuteOfDay(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const hours = Number(time.slice(0, 2));
  const minutes = Number(time.slice(3, 5));
  return Number.isNaN(hours) || Number.isNaN(minutes) ? undefined : hours * 60 + minutes;
}
