/** The Patient of a plan, as its own hospital and as another one keep it. */
import type { Patient } from '@medplum/fhirtypes';
import { otherPatientId } from './noise.ts';
import type { PatientPlan } from './patient-plan.ts';
import { HOSPITAL_A, HOSPITAL_B, metaOf } from './resource-builders.ts';

/** System of the identifier that both hospitals know, such as a national number. */
const PERSON_SYSTEM = 'urn:cartograph:example:person';

/**
 * The same in every bundle of a patient, so that the order of arrival never takes a death back. The name is
 * made of the id: nobody is meant.
 */
export function buildPatient(plan: PatientPlan): Patient {
  const { patientId, birthDate, sex, death } = plan;
  return {
    resourceType: 'Patient',
    id: patientId,
    meta: metaOf(HOSPITAL_A),
    identifier: [
      { system: `${HOSPITAL_A}/mrn`, value: `A-${patientId}` },
      { system: PERSON_SYSTEM, value: patientId },
    ],
    name: [{ family: nameOf(patientId) }],
    ...(sex === undefined ? {} : { gender: sex === 'FEMALE' ? 'female' : 'male' }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(death === undefined
      ? {}
      : death.date === undefined
        ? { deceasedBoolean: true }
        : { deceasedDateTime: death.date }),
  };
}

/** The other hospital knows the person by the shared number and by one of its own, and has not heard of a death. */
export function buildOtherPatient(plan: PatientPlan): Patient {
  const { deceasedBoolean: _, deceasedDateTime: __, ...patient } = buildPatient(plan);
  return {
    ...patient,
    id: otherPatientId(plan.patientId),
    meta: metaOf(HOSPITAL_B),
    identifier: [
      { system: `${HOSPITAL_B}/mrn`, value: `B-${plan.patientId}` },
      { system: PERSON_SYSTEM, value: plan.patientId },
    ],
  };
}

function nameOf(patientId: string): string {
  return patientId.charAt(0).toUpperCase() + patientId.slice(1);
}
