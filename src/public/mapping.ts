/** `cartograph-fhir/mapping`: from FHIR resources of one person to the canonical record. */
export {
  identityFindings,
  identityOf,
  type JoinedPatients,
  joinPatients,
  type PatientIdentity,
} from '../mapping/identity.ts';
export { loadMappings } from '../mapping/load-mappings.ts';
export { mapPerson, type SourcedResource } from '../mapping/map-person.ts';
export type { Mappings } from '../mapping/mappings.ts';
export { type CompiledView, compileView } from '../mapping/view/compile-view.ts';
