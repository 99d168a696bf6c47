import { type BCellMoment, deriveBCellAplasia } from '../clinical/b-cells/b-cell-aplasia.ts';
import { type CourseTimeline, deriveCourseTimeline } from '../clinical/course/course-timeline.ts';
import { cd19Courses } from '../clinical/course/courses.ts';
import { type DatedFact, datedFact, dateFact } from '../clinical/record/fact-date.ts';
import { recordAsOf } from '../clinical/record/record-as-of.ts';
import { deriveRecordDates, type RecordDates } from '../clinical/record/record-dates.ts';
import {
  deriveNoResponse,
  NO_RESPONSE_PARAMETERS,
  type NoResponse,
} from '../clinical/response/no-response.ts';
import type { CohortRecord, Course, PartialDate, Source } from '../cohort/cohort-record.generated.ts';
import { dayNumber, daysBetween, earliestDay, latestDay } from '../core/partial-date.ts';

/** Onset and first detected loss of B-cell aplasia, by the default definition and parameters: a service's own do not change an endpoint. */
interface AplasiaFacts {
  readonly onset?: DatedFact;
  readonly loss?: DatedFact;
}

/** What one index infusion's endpoints are decided from. Days count from the infusion. */
export interface CourseFacts {
  readonly course: Course;
  /** Absent where the infusion is known to the year only. */
  readonly timeline?: CourseTimeline;
  readonly secondMalignancy?: DatedFact;
  /** A later infusion known to the year only, from the first day that it may fall on. */
  readonly undatedReinfusion?: { readonly fromDay: number; readonly evidence: readonly Source[] };
  readonly noResponseBy: (deadlineDay: number) => NoResponse | undefined;
  readonly aplasia: () => AplasiaFacts;
}

/** One patient's facts as of a day, derived once for all definitions. */
export interface EndpointFacts {
  readonly asOf: PartialDate;
  readonly record: CohortRecord;
  readonly dates: RecordDates;
  /** The last recorded vital status says that the patient left at own request. */
  readonly selfDischarged: boolean;
  readonly courseCount: number;
  /** The k-th infusion against CD19, from 1. */
  readonly course: (k: number) => CourseFacts | undefined;
}

/** A partial `asOf` means its last day. */
export function deriveEndpointFacts(record: CohortRecord, asOf: PartialDate): EndpointFacts {
  const cut = latestDay(asOf);
  const seen = recordAsOf(record, cut);
  const dates = deriveRecordDates(seen);
  const courses = cd19Courses(seen);
  const derived = new Map<number, CourseFacts>();
  return {
    asOf: cut,
    record: seen,
    dates,
    selfDischarged: isSelfDischarged(seen, dates),
    courseCount: courses.length,
    course: (k) => {
      const course = courses[k - 1];
      if (course === undefined) return undefined;
      const facts = derived.get(k) ?? deriveCourseFacts(seen, course, courses, dates);
      derived.set(k, facts);
      return facts;
    },
  };
}

function deriveCourseFacts(
  record: CohortRecord,
  course: Course,
  courses: readonly Course[],
  dates: RecordDates,
): CourseFacts {
  const timeline = deriveCourseTimeline(record, course, dates);
  const noResponses = new Map<number, NoResponse | undefined>();
  let aplasia: AplasiaFacts | undefined;
  const secondMalignancy = timeline && firstSecondMalignancy(record, timeline, dates);
  const undated = courses.find(
    ({ number, infusion }) => number > course.number && infusion.date.length === 4,
  );
  return {
    course,
    ...(timeline === undefined ? {} : { timeline }),
    ...(secondMalignancy === undefined ? {} : { secondMalignancy }),
    ...(undated === undefined || timeline === undefined
      ? {}
      : {
          undatedReinfusion: {
            fromDay: dayNumber(earliestDay(undated.infusion.date)) - timeline.infusionDay,
            evidence: undated.infusion.sources,
          },
        }),
    noResponseBy: (deadlineDay) => {
      if (timeline === undefined) return undefined;
      if (!noResponses.has(deadlineDay)) {
        const parameters = { ...NO_RESPONSE_PARAMETERS, responseDeadlineDay: deadlineDay };
        noResponses.set(deadlineDay, deriveNoResponse(timeline, parameters));
      }
      return noResponses.get(deadlineDay);
    },
    aplasia: () => {
      aplasia ??= timeline === undefined ? {} : deriveAplasia(record, course.number, timeline);
      return aplasia;
    },
  };
}

function firstSecondMalignancy(
  record: CohortRecord,
  timeline: CourseTimeline,
  dates: RecordDates,
): DatedFact | undefined {
  let first: DatedFact | undefined;
  for (const { date, sources } of record.followUp.secondMalignancies) {
    const fact = datedFact(dateFact(date, undefined, dates), timeline.infusionDay, sources);
    if (fact.day > 0 && (first === undefined || fact.day < first.day)) first = fact;
  }
  return first;
}

function deriveAplasia(record: CohortRecord, course: number, timeline: CourseTimeline): AplasiaFacts {
  const { onset, loss, samples } = deriveBCellAplasia(record, course);
  const fact = ({ date, sources }: BCellMoment): DatedFact => {
    const written = samples.find((sample) => sample.date === date)?.items.map((item) => item.date) ?? [];
    // One value of the day that is dated in full settles the day.
    const [partial] = written.every((day) => day !== date) ? written : [];
    const spanDays = partial === undefined ? 0 : daysBetween(earliestDay(partial), latestDay(partial));
    return datedFact({ date, dateImputed: spanDays > 0, spanDays }, timeline.infusionDay, sources);
  };
  return {
    ...(onset === undefined ? {} : { onset: fact(onset) }),
    ...(loss === undefined ? {} : { loss: fact(loss.firstDetected) }),
  };
}

function isSelfDischarged(record: CohortRecord, dates: RecordDates): boolean {
  let latest = '';
  let left = false;
  for (const { date, status } of record.followUp.vitalStatus) {
    const day = dateFact(date, undefined, dates).date;
    if (day < latest) continue;
    left = status === 'SELF_DISCHARGED' || (day === latest && left);
    latest = day;
  }
  return left;
}
