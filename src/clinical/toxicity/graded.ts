/** How sure a grade is: exact, at least this because an input is missing, or not to be told. */
export type GradeStatus = 'EXACT' | 'AT_LEAST' | 'INDETERMINATE';

/** A grade from what was known at one time. */
export interface Graded {
  readonly status: GradeStatus;
  /** 0 to 5; absent when indeterminate. */
  readonly grade?: number;
  /** Inputs that were not known and could have changed the grade. */
  readonly missing: readonly string[];
  readonly flags: readonly string[];
}

/** Nothing short of death is worse than this. */
const WORST_BEFORE_DEATH = 4;

/** A missing input that could not raise the grade is not missed. */
export function gradedAs(grade: number, missing: readonly string[], flags: readonly string[] = []): Graded {
  if (missing.length === 0 || grade >= WORST_BEFORE_DEATH)
    return { status: 'EXACT', grade, missing: [], flags };
  return { status: 'AT_LEAST', grade, missing, flags };
}

export function indeterminate(missing: readonly string[], flags: readonly string[] = []): Graded {
  return { status: 'INDETERMINATE', missing, flags };
}

/** Set on a moment that cannot be graded but shows nothing to grade either, such as room air without temperature. */
export const NOTHING_SEEN = 'NOTHING_SEEN';

/** Whether a moment could hide a higher grade than the others show. */
export function leavesOpen({ status, flags }: Graded): boolean {
  return status !== 'EXACT' && !flags.includes(NOTHING_SEEN);
}
