import {
  type CourseResults,
  type CourseResultsOptions,
  deriveCourseResults,
} from '../clinical/course-results.ts';
import { recordAsOf } from '../clinical/record/record-as-of.ts';
import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';

/** A course whose infusion is known to the year only: no day can be counted from it. */
export interface CourseNotEvaluable {
  readonly course: number;
  readonly infusionDate: PartialDate;
  readonly status: 'NOT_EVALUABLE';
}

/**
 * The results of every course that had begun by `asOf`, in order of their numbers. Throws RangeError on an override
 * that a parameter does not allow.
 */
export function deriveResultsOfCourses(
  record: CohortRecord,
  options: CourseResultsOptions = {},
): readonly (CourseResults | CourseNotEvaluable)[] {
  const { courses } = options.asOf === undefined ? record : recordAsOf(record, options.asOf);
  return courses
    .toSorted((a, b) => a.number - b.number)
    .map(
      ({ number, infusion }) =>
        deriveCourseResults(record, number, options) ?? {
          course: number,
          infusionDate: infusion.date,
          status: 'NOT_EVALUABLE',
        },
    );
}

/** Whether a course was evaluable at all. */
export function isEvaluable(results: CourseResults | CourseNotEvaluable): results is CourseResults {
  return !('status' in results);
}
