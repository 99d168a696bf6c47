/** `cartograph-fhir/clinical`: what a record says of the course after one infusion. */
export {
  type BCellAplasia,
  type BCellAplasiaParameters,
  bCellStatusAt,
  deriveBCellAplasia,
} from '../clinical/b-cell-aplasia.ts';
export { type CourseOutcome, deriveCourseOutcome } from '../clinical/course-outcome.ts';
export { type CourseResults, deriveCourseResults } from '../clinical/course-results.ts';
export { cd19Courses } from '../clinical/courses.ts';
export { findProduct, PRODUCT_TABLE } from '../clinical/product-table.ts';
export { recordAsOf } from '../clinical/record-as-of.ts';
