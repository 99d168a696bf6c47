/** `cartograph-fhir/cohort`: the canonical record and its check. */
export type * from '../cohort/cohort-record.generated.ts';
export { validateRecord } from '../cohort/validate-record.ts';
