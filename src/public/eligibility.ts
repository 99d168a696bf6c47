/** `cartograph-fhir/eligibility`: the HCT-consolidation assessment and its sentences. */
export { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
export { explainInOneLine } from '../eligibility/explain.ts';
export type { HctAssessment } from '../eligibility/hct-assessment.ts';
export type { HctParameters } from '../eligibility/hct-parameters.ts';
