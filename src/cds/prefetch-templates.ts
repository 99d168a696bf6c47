/** What the services need of a patient, in the subset of queries that CDS Hooks 2.0 recommends. */
export const PREFETCH = Object.freeze({
  patient: 'Patient/{{context.patientId}}',
  conditions: 'Condition?patient={{context.patientId}}',
  procedures: 'Procedure?patient={{context.patientId}}',
  observations: 'Observation?patient={{context.patientId}}',
  administrations: 'MedicationAdministration?patient={{context.patientId}}',
  statements: 'MedicationStatement?patient={{context.patientId}}',
});
export type PrefetchKey = keyof typeof PREFETCH;

export const PREFETCH_KEYS = Object.freeze(Object.keys(PREFETCH) as PrefetchKey[]);

/** Not every EHR has them; an answer without them says so. Without any of the others there is no answer. */
export const OPTIONAL_KEYS: ReadonlySet<PrefetchKey> = new Set(['statements']);

/** The query of a key for one patient, relative to the base of a FHIR server. */
export function queryOf(key: PrefetchKey, patientId: string): string {
  return PREFETCH[key].replace('{{context.patientId}}', encodeURIComponent(patientId));
}
