import type { Criterion } from './criterion.ts';
import { PATIENT_COMPARTMENT } from './patient-compartment.generated.ts';

/** Canonical of R4's definition. */
export const PATIENT_COMPARTMENT_URL = 'http://hl7.org/fhir/CompartmentDefinition/patient';

/** What makes a resource of the type one of the patient's; undefined where none of the type is anybody's. */
export function inPatientCompartment(type: string, patientId: string): Criterion | undefined {
  const names = Object.hasOwn(PATIENT_COMPARTMENT, type) ? PATIENT_COMPARTMENT[type] : undefined;
  if (names === undefined) return undefined;
  const of = names.split(' ').map(
    (parameter): Criterion => ({
      kind: 'references',
      parameter,
      tests: [{ type: 'Patient', id: patientId }],
      types: [],
    }),
  );
  // The patient is the middle of the compartment.
  return { kind: 'any', of: type === 'Patient' ? [{ kind: 'ids', ids: [patientId] }, ...of] : of };
}
