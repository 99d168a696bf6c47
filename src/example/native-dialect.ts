/** Writes a plan in the shapes of our own profiles (docs/native-input.md). */

import {
  carTProduct,
  diagnosisCondition,
  hctProcedure,
  infusionProcedure,
  lymphodepletionAdministration,
  secondMalignancyCondition,
  therapyAct,
} from './native-acts.ts';
import {
  assertionObservation,
  bCellsObservation,
  causeOfDeathObservation,
  cytogeneticsObservation,
  diseaseStatusObservation,
  marrowBlastsObservation,
  mrdObservation,
  vitalStatusObservation,
} from './native-observations.ts';
import type { PatientPlan } from './patient-plan.ts';
import type { PlannedResource } from './resource-builders.ts';
import { writeEach } from './write-facts.ts';

export function buildNativeResources(plan: PatientPlan): readonly PlannedResource[] {
  return [
    ...writeEach(plan, 'diagnosis', plan.diagnoses, diagnosisCondition),
    ...writeEach(plan, 'marker', plan.cytogenetics, cytogeneticsObservation),
    ...writeEach(plan, 'therapy', plan.therapies, therapyAct),
    ...writeEach(plan, 'hct', plan.hcts, hctProcedure),
    ...infusions(plan),
    ...writeEach(plan, 'status', plan.diseaseStatus, diseaseStatusObservation),
    ...writeEach(plan, 'blasts', plan.marrowBlasts, marrowBlastsObservation),
    ...writeEach(plan, 'bcells', plan.bCells, bCellsObservation),
    ...writeEach(plan, 'malignancy', plan.secondMalignancies, secondMalignancyCondition),
    ...buildNativeOnly(plan),
  ];
}

/** The facts for which no other dialect has a shape (inputs.md, "native only"). */
export function buildNativeOnly(plan: PatientPlan): readonly PlannedResource[] {
  return [
    ...writeEach(plan, 'mrd', plan.mrd, mrdObservation),
    ...writeEach(plan, 'assertion', plan.assertions, assertionObservation),
    ...writeEach(plan, 'contact', plan.vitalStatus, vitalStatusObservation),
    ...causeOfDeath(plan),
  ];
}

function infusions(plan: PatientPlan): readonly PlannedResource[] {
  return plan.infusions.flatMap((infusion, index) => {
    const id = `${plan.patientId}-infusion-${index + 1}`;
    const productId = `${id}-product`;
    return [
      { resource: carTProduct(productId, infusion.product), date: infusion.date },
      {
        resource: infusionProcedure({ patientId: plan.patientId, id }, infusion, productId),
        date: infusion.date,
      },
      ...writeEach(
        plan,
        `lymphodepletion-${index + 1}`,
        infusion.lymphodepletion,
        lymphodepletionAdministration,
      ),
    ];
  });
}

function causeOfDeath(plan: PatientPlan): readonly PlannedResource[] {
  const { patientId, death } = plan;
  if (death?.date === undefined) return [];
  const resource = causeOfDeathObservation({ patientId, id: `${patientId}-death` }, death);
  return resource === undefined ? [] : [{ resource, date: death.date }];
}
