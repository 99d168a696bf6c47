import type { ClinicalSign, Laboratory, Source } from '../../cohort/cohort-record.generated.ts';
import { anyOf, type Tristate } from '../../core/tristate.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { laboratorySeries } from '../record/laboratory-series.ts';
import type { Moment, Placed } from '../record/moment.ts';

/** One criterion within a stretch of time. */
export interface Criterion {
  readonly id: string;
  readonly status: Tristate;
  /** Facts that met it; else those that were looked at. */
  readonly evidence: readonly Source[];
}

/**
 * MET if any fact meets it, NOT_MET if none does, UNKNOWN where there is none or some leave it open. `join` gathers
 * the evidence, for a scan that needs none.
 */
export function criterionOf<Fact extends { readonly sources: readonly Source[] }>(
  id: string,
  facts: readonly Fact[],
  judge: (fact: Fact) => Tristate,
  join = joinEvidence,
): Criterion {
  const states = facts.map(judge);
  const status = facts.length === 0 ? 'UNKNOWN' : anyOf(states);
  const deciding = facts.filter((_, index) => states[index] === status);
  return { id, status, evidence: join(deciding.map(({ sources }) => sources)) };
}

/** Laboratory values and signs of one course, read once for all criteria. */
export interface HyperinflammationFacts {
  readonly laboratory: (analyte: string) => readonly Placed<Laboratory>[];
  /** After the infusion only. */
  readonly signs: readonly Placed<ClinicalSign>[];
  /** The latest value of the days before the infusion. */
  readonly baseline: (analyte: string) => Laboratory | undefined;
}

export function hyperinflammationFacts(frame: CourseFrame, baselineDays: number): HyperinflammationFacts {
  const series = new Map<string, readonly Placed<Laboratory>[]>();
  const all = (analyte: string): readonly Placed<Laboratory>[] => {
    const known = series.get(analyte) ?? laboratorySeries(frame, analyte);
    series.set(analyte, known);
    return known;
  };
  const beforeCells = (placed: Moment) =>
    placed.day >= -baselineDays && placed.day <= 0 && (placed.day < 0 || !isInCourse(frame, placed));
  return {
    laboratory: (analyte) => all(analyte).filter((placed) => isInCourse(frame, placed)),
    signs: frame.placed.clinicalSigns().filter((placed) => isInCourse(frame, placed)),
    baseline: (analyte) =>
      (all(analyte).findLast(beforeCells) ?? all(analyte).find(({ day, timed }) => day === 0 && !timed))
        ?.fact,
  };
}
