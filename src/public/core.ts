/** `cartograph-fhir/core`: dates, three-valued logic, findings and the catalogue of codes. */
export { CartographError } from '../core/cartograph-error.ts';
export type { CatalogueEntry, Category } from '../core/catalogue/catalogue-entry.ts';
export { CATALOGUE, type Code } from '../core/catalogue.ts';
export type { Finding } from '../core/finding.ts';
export {
  addDays,
  addMonthsClamped,
  type DatePrecision,
  daysBetween,
  type ImputedDate,
  imputeDate,
  isPartialDate,
  type PartialDate,
  precisionOf,
} from '../core/partial-date.ts';
export { allOf, anyOf, fromBoolean, not, type Tristate } from '../core/tristate.ts';
