/** `cartograph-fhir/clinical`: what a record says of the course after one infusion. */
export {
  type BCellAplasia,
  type BCellAplasiaParameters,
  bCellStatusAt,
  deriveBCellAplasia,
} from '../clinical/b-cells/b-cell-aplasia.ts';
export { type CourseOutcome, deriveCourseOutcome } from '../clinical/course/course-outcome.ts';
export { cd19Courses } from '../clinical/course/courses.ts';
export { type CourseResults, deriveCourseResults } from '../clinical/course-results.ts';
export { findProduct, PRODUCT_TABLE } from '../clinical/record/product-table.ts';
export { recordAsOf } from '../clinical/record/record-as-of.ts';
