import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../../core/partial-date.ts';
import { deriveRecordDates, type RecordDates } from '../record/record-dates.ts';
import {
  deriveNoResponse,
  NO_RESPONSE_PARAMETERS,
  type NoResponse,
  type NoResponseParameters,
} from '../response/no-response.ts';
import type { MolecularRelapse, Relapse } from '../response/relapse.ts';
import type { Remission, Response } from '../response/response.ts';
import { deriveCourseTimeline, type TimelineParameters } from './course-timeline.ts';

/** What became of the leukaemia after one infusion. Every list is sorted by day and lies after the infusion day. */
export interface CourseOutcome {
  /** The course's own number in the record. */
  readonly course: number;
  /** Absent where the record knows the infusion to the year only: then nothing else can be told either. */
  readonly infusionDate?: PartialDate;
  readonly infusionDateImputed: boolean;
  /** Statuses as recorded, but for relapses at the level of MRD. */
  readonly responses: readonly Response[];
  /** The first CR or CRi, if no other anti-leukaemic therapy began before it (4.1); on any later day. */
  readonly firstRemission?: Remission;
  /** By the deadline of the parameters (4.4 rules 8 and 10). */
  readonly noResponse?: NoResponse;
  /** Morphologic and extramedullary, recorded or inferred (4.3); also those after a later infusion. */
  readonly relapses: readonly Relapse[];
  readonly molecularRelapses: readonly MolecularRelapse[];
}

/** `dates` are those of the record, where they are at hand. Throws RangeError when it has no course of that number. */
export function deriveCourseOutcome(
  record: CohortRecord,
  courseNumber: number,
  parameters: Partial<NoResponseParameters> & TimelineParameters = {},
  dates: RecordDates = deriveRecordDates(record),
): CourseOutcome {
  const course = record.courses.find(({ number }) => number === courseNumber);
  if (course === undefined) throw new RangeError(`Expected a course of the record, found ${courseNumber}`);
  const timeline = deriveCourseTimeline(record, course, dates, parameters);
  if (timeline === undefined) {
    return {
      course: courseNumber,
      infusionDateImputed: false,
      responses: [],
      relapses: [],
      molecularRelapses: [],
    };
  }
  const { firstRemission } = timeline;
  const noResponse = deriveNoResponse(timeline, {
    responseDeadlineDay: parameters.responseDeadlineDay ?? NO_RESPONSE_PARAMETERS.responseDeadlineDay,
    nrEarliestDay: parameters.nrEarliestDay ?? NO_RESPONSE_PARAMETERS.nrEarliestDay,
  });
  return {
    course: courseNumber,
    infusionDate: timeline.infusion.date,
    infusionDateImputed: timeline.infusion.dateImputed,
    responses: timeline.days.flatMap(({ statuses }) => statuses),
    ...(firstRemission === undefined ? {} : { firstRemission }),
    ...(noResponse === undefined ? {} : { noResponse }),
    relapses: timeline.relapses,
    molecularRelapses: timeline.molecularRelapses,
  };
}
