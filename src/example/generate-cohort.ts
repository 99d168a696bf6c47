/** The synthetic cohort: the same number of patients and the same seed give the same bytes everywhere. */
import type { Bundle } from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import { CUTOFF, cohortRows } from './belgian-cohort.ts';
import { buildPatientBundles, type Dialect } from './build-bundles.ts';
import { drawPatient } from './draw-patient.ts';
import type { PatientPlan } from './patient-plan.ts';
import { createRandom } from './random.ts';
import { deriveTruth, type PatientTruth } from './truth.ts';

export interface CohortTruth {
  readonly shape: 'belgian';
  readonly seed: string;
  /** Data cut-off: the day as of which everything below is true. */
  readonly asOf: PartialDate;
  /** In the order of the patients' ids. */
  readonly patients: readonly PatientTruth[];
}

export interface PatientBundle {
  readonly patientId: string;
  readonly bundle: Bundle;
}

export interface CohortRequest {
  /** 1 to 9999. */
  readonly patients: number;
  readonly seed: string | number;
}

/** The plans without any FHIR, for callers that write one patient at a time. */
export function drawCohort({ patients, seed }: CohortRequest): {
  readonly plans: readonly PatientPlan[];
  readonly truth: CohortTruth;
} {
  if (!Number.isInteger(patients) || patients < 1 || patients > 9999) {
    throw new RangeError(`Expected 1 to 9999 patients, found ${patients}`);
  }
  const rows = createRandom(`${seed}/cohort`).shuffle(cohortRows(patients));
  const drawn = rows.map((row, index) => drawPatient(row, index + 1, String(seed)));
  return {
    plans: drawn.map(({ plan }) => plan),
    truth: {
      shape: 'belgian',
      seed: String(seed),
      asOf: CUTOFF,
      patients: drawn.map((patient) => deriveTruth(patient, CUTOFF)),
    },
  };
}

/** Every bundle of every patient, each patient's in the order in which they would be sent. */
export function generateCohort(request: CohortRequest & { readonly dialect: Dialect }): {
  readonly bundles: readonly PatientBundle[];
  readonly truth: CohortTruth;
} {
  const { plans, truth } = drawCohort(request);
  const bundles = plans.flatMap((plan) =>
    buildPatientBundles(plan, request.dialect).map((bundle) => ({ patientId: plan.patientId, bundle })),
  );
  return { bundles, truth };
}
