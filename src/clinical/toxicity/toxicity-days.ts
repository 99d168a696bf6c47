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
  const date = dateOfDay(frame, day);
  let grade = -1;
  for (const point of points) grade = Math.max(grade, point.grade ?? -1);
  const telling = grade < 0 ? points : points.filter((point) => point.grade === grade);
  // A day on which nothing was found is shown by its last assessment.
  const shown = grade === 0 ? telling.slice(-1) : telling;
  const flags = distinctOf(telling, 'flags');
  const evidence = joinEvidence(shown.map((point) => point.evidence));
  if (grade < 0) {
    return { day, date, status: 'INDETERMINATE', missing: distinctOf(points, 'missing'), flags, evidence };
  }
  const open = grade >= 4 ? [] : points.filter(leavesOpen);
  const status = open.length === 0 ? 'EXACT' : 'AT_LEAST';
  return { day, date, status, grade, missing: distinctOf(open, 'missing'), flags, evidence };
}

function distinctOf(points: readonly GradedPoint[], key: 'flags' | 'missing'): readonly string[] {
  const texts = new Set<string>();
  for (const point of points) {
    for (const text of point[key]) texts.add(text);
  }
  return texts.size === 0 ? [] : [...texts].sort();
}
