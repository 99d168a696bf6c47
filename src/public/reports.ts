/** `cartograph-fhir/reports`: cohorts of records, and the tables over them. */
export { buildCurveReport } from '../reports/curve-report.ts';
export { buildGradeReport } from '../reports/grade-report.ts';
export { buildHctWorklist } from '../reports/hct-worklist.ts';
export { buildPairedReport } from '../reports/paired-report.ts';
export { selectCohort } from '../reports/select-cohort.ts';
export { buildSwimmerReport } from '../reports/swimmer-report.ts';
