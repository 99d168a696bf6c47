import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { deriveEndpointFacts } from '../endpoints/endpoint-facts.ts';

/** The response still counts on this day, and MRD of the same assessment lies this close to it (4.1, 4.4). */
const DEADLINE_DAY = 42;
const SAME_ASSESSMENT_DAYS = 7;

/**
 * `MRD_NEG_CR` of clinical specification 4.1 for the k-th course: CR or CRi by day 42, MRD-negative at the same
 * assessment. False without a response; undefined where no response was assessed, or no MRD in it.
 */
export function deriveMrdNegativeRemission(
  record: CohortRecord,
  indexCourse: number,
  asOf: PartialDate,
): boolean | undefined {
  const course = deriveEndpointFacts(record, asOf).course(indexCourse);
  const { timeline } = course ?? {};
  if (course === undefined || timeline === undefined) return undefined;
  const remission = timeline.remissions.find(({ day }) => day <= DEADLINE_DAY);
  if (remission === undefined) return course.noResponseBy(DEADLINE_DAY) === undefined ? undefined : false;
  const near = timeline.mrd.filter(({ day }) => Math.abs(day - remission.day) <= SAME_ASSESSMENT_DAYS);
  if (near.length === 0) return undefined;
  const nearest = near.toSorted(
    (a, b) => Math.abs(a.day - remission.day) - Math.abs(b.day - remission.day) || b.day - a.day,
  );
  return nearest[0]?.result === 'NEGATIVE';
}
