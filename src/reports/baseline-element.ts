import { recordAsOf } from '../clinical/record/record-as-of.ts';
import { type ElementPath, readElementPath } from './element-path.ts';
import type { CoursePatient } from './select-cohort.ts';

/** Read from the record as it stood on the day of the infusion: what came later cannot divide the cohort. */
export function readBaselineElement(member: CoursePatient, path: ElementPath): string | number | undefined {
  const { course, facts } = member;
  const infusion = course.timeline?.infusion.date;
  if (infusion === undefined) return undefined;
  const [first, ...rest] = path;
  const values =
    first === 'course'
      ? readElementPath(course.course, rest)
      : readElementPath(recordAsOf(facts.record, infusion), path);
  const distinct = [...new Set(values)];
  if (distinct.length === 1) return distinct[0];
  return distinct.length === 0 ? undefined : distinct.map(String).sort().join('+');
}
