import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { GradeStatus } from '../toxicity/graded.ts';
import type { Crs } from './crs.ts';

export interface CurrentGrade {
  readonly grade: number;
  readonly status: Exclude<GradeStatus, 'INDETERMINATE'>;
  /** From the infusion. */
  readonly day: number;
  /** Whether it still describes the day of evaluation. */
  readonly isCurrent: boolean;
  readonly evidence: readonly Source[];
}

type Seen = Omit<CurrentGrade, 'isCurrent'> & { readonly rank: number };

/**
 * The latest grade of CRS. On one day what was adjudicated comes before what is computed, and a report in the same
 * system before a computed lower bound that it does not fall below. It is current for `describesDays` days; without a
 * day of evaluation the end of the record is the present. Undefined where nothing was graded.
 */
export function currentCrsGrade(
  frame: CourseFrame,
  { adjudications, days, reported, system }: Crs,
  describesDays: number,
): CurrentGrade | undefined {
  const seen: Seen[] = [];
  for (const { grade, day, evidence } of adjudications) {
    if (grade !== undefined) seen.push({ grade, day, evidence, status: 'EXACT', rank: 0 });
  }
  for (const { grade, day, status, evidence } of days) {
    if (grade === undefined || status === 'INDETERMINATE') continue;
    seen.push({ grade, day, status, evidence, rank: status === 'EXACT' ? 1 : 3 });
  }
  for (const { grade, day, attribution, evidence } of reportsIn(system, reported)) {
    if (grade === undefined || attribution === 'OTHER_CAUSE') continue;
    const least = seen.find((other) => other.day === day && other.status === 'AT_LEAST');
    const rank = least !== undefined && grade < least.grade ? 4 : 2;
    seen.push({ grade, day, evidence, status: 'EXACT', rank });
  }
  const [latest] = seen.sort((a, b) => b.day - a.day || a.rank - b.rank || b.grade - a.grade);
  if (latest === undefined) return undefined;
  const { rank: _, ...found } = latest;
  const today = frame.asOf === undefined ? latest.day : frame.dayOf(frame.asOf);
  return { ...found, isCurrent: today - latest.day <= describesDays };
}

function reportsIn(system: string, reported: Crs['reported']) {
  return reported.find((candidate) => candidate.system === system)?.grades ?? [];
}
