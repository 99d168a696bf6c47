import type { PartialDate } from '../../cohort/cohort-record.generated.ts';
import { type CourseFrame, dateOfDay } from '../course/course-frame.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { type GradeStatus, leavesOpen } from './graded.ts';
import type { GradedPoint } from './graded-point.ts';

/** The worst of one calendar day. */
export interface GradedDay {
  readonly day: number;
  readonly date: PartialDate;
  readonly status: GradeStatus;
  /** Absent where no moment of the day could be graded. */
  readonly grade?: number;
  readonly missing: readonly string[];
  readonly flags: readonly string[];
  readonly evidence: GradedPoint['evidence'];
}

/**
 * The daily grade is the highest of the assessments of that local date (clinical specification 2). It is exact
 * only where every one of them is, or where none of the others could exceed it.
 */
export function deriveGradedDays(frame: CourseFrame, points: readonly GradedPoint[]): readonly GradedDay[] {
  const days = Map.groupBy(points, ({ day }) => day);
  return [...days].map(([day, ofDay]) => judgeDay(frame, day, ofDay)).sort((a, b) => a.day - b.day);
}

function judgeDay(frame: CourseFrame, day: number, points: readonly GradedPoint[]): GradedDay {
  const base = { day, date: dateOfDay(frame, day) };
  const graded = points.filter((point) => point.grade !== undefined);
  const grade = graded.reduce((worst, point) => Math.max(worst, point.grade ?? 0), -1);
  const worst = graded.filter((point) => point.grade === grade);
  const telling = grade < 0 ? points : worst;
  const flags = [...new Set(telling.flatMap((point) => point.flags))].sort();
  // A day on which nothing was found is shown by its last assessment.
  const shown = grade === 0 ? telling.slice(-1) : telling;
  const evidence = joinEvidence(shown.map((point) => point.evidence));
  const open = points.filter(leavesOpen);
  const missing = [...new Set((grade < 0 ? points : open).flatMap((point) => point.missing))].sort();
  if (grade < 0) return { ...base, status: 'INDETERMINATE', missing, flags, evidence };
  if (open.length === 0 || grade >= 4)
    return { ...base, status: 'EXACT', grade, missing: [], flags, evidence };
  return { ...base, status: 'AT_LEAST', grade, missing, flags, evidence };
}
