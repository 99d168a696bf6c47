import type { Tristate } from '../../core/tristate.ts';
import type { CourseTimeline } from '../course/course-timeline.ts';

/**
 * Whether a remission seen on one day lasted for so many days: seen again at least so long after it, or until a
 * transplantation, with no disease between. UNKNOWN where nobody looked again.
 */
export function remissionLasts(timeline: CourseTimeline, fromDay: number, lastsDays: number): Tristate {
  if (lastsDays === 0) return 'MET';
  const untilDay = fromDay + lastsDays;
  const lost = timeline.days.find(({ day, disease }) => disease !== undefined && day > fromDay)?.day;
  const hct = timeline.therapies.find(({ role, day }) => role === 'HCT' && day > fromDay)?.day;
  const end = Math.min(hct ?? Number.POSITIVE_INFINITY, untilDay);
  if (lost !== undefined && lost <= end) return 'NOT_MET';
  if (hct !== undefined && hct <= untilDay) return 'MET';
  return timeline.remissions.some(({ day }) => day >= untilDay && (lost === undefined || day < lost))
    ? 'MET'
    : 'UNKNOWN';
}
