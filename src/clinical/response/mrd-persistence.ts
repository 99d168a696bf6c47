import type { CourseTimeline } from '../course/course-timeline.ts';
import type { DatedFact } from '../record/fact-date.ts';

/**
 * Persistent MRD: in remission by the deadline, MRD found and on no day up to it absent (clinical specification 4.2,
 * 4.4). Dated at the last MRD on or before the deadline (4.7), or at the remission where that was stated after it.
 */
export function deriveMrdPersistence(
  { firstRemission, mrd }: Pick<CourseTimeline, 'firstRemission' | 'mrd'>,
  deadlineDay: number,
): DatedFact | undefined {
  if (firstRemission === undefined || firstRemission.day > deadlineDay) return undefined;
  const upToDeadline = mrd.filter(({ day }) => day <= deadlineDay);
  if (upToDeadline.some(({ result }) => result === 'NEGATIVE')) return undefined;
  const last = upToDeadline.at(-1);
  if (last === undefined) return undefined;
  if (last.day >= firstRemission.day) return last;
  return { ...firstRemission, evidence: [...firstRemission.evidence, ...last.evidence] };
}
