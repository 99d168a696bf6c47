import type { CohortRecord, Course } from '../../cohort/cohort-record.generated.ts';
import { productTargetsCd19 } from '../record/product-table.ts';

/**
 * The courses that endpoints and eligibility count, in order: those whose product targets CD19 or is not known.
 * Index infusion k is the k-th of them (clinical specification 4.4 rule 1).
 */
export function cd19Courses(record: CohortRecord): readonly Course[] {
  return record.courses
    .filter((course) => productTargetsCd19(course.product.code) !== false)
    .sort((a, b) => a.number - b.number);
}
