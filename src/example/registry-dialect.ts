/**
 * Writes a plan as a registry extract does: procedures as billed (HCPCS, CPT), drugs as statements, nothing contained.
 * A registry asks for the hour of the infusion and for nothing else to the hour.
 */
import type { MedicationStatement, Procedure, Resource } from '@medplum/fhirtypes';
import type { Lymphodepletion, Therapy } from '../cohort/cohort-record.generated.ts';
import { agentByRxNorm, unlessImplied } from './agent-codings.ts';
import { CPT, HCPCS, ICD10_CM, NATIVE } from './code-systems.ts';
import { infusionMoment } from './infusion-moment.ts';
import {
  administration,
  carTProduct,
  diagnosisCondition,
  infusionProcedure,
  therapyAct,
} from './native-acts.ts';
import { buildNativeOnly } from './native-dialect.ts';
import {
  bCellsObservation,
  cytogeneticsObservation,
  diseaseStatusObservation,
  marrowBlastsObservation,
} from './native-observations.ts';
import type { PatientPlan, Planned, PlannedInfusion } from './patient-plan.ts';
import { createRandom } from './random.ts';
import { coding, concept, type PlannedResource, type Target } from './resource-builders.ts';
import { hctByCode, isProductCoded, secondMalignancyByCode } from './us-core-facts.ts';
import { writeEach } from './write-facts.ts';

export function buildRegistryResources(plan: PatientPlan): readonly PlannedResource[] {
  const random = createRandom(`${plan.seed}/registry`);
  const firstInfusion = plan.infusions[0]?.date ?? '9999-12-31';
  return [
    ...writeEach(plan, 'diagnosis', plan.diagnoses, (target, fact) =>
      diagnosisCondition(target, fact, [coding(ICD10_CM, 'C91.00')]),
    ),
    ...writeEach(plan, 'marker', plan.cytogenetics, cytogeneticsObservation),
    ...writeEach(plan, 'therapy', plan.therapies, (target, fact) =>
      therapyStatement(target, fact, firstInfusion),
    ),
    ...writeEach(plan, 'hct', plan.hcts, (target, fact) => hctByCode(target, fact, random)),
    ...plan.infusions.flatMap((infusion, index) => infusionResources(plan, infusion, index + 1)),
    ...writeEach(plan, 'status', plan.diseaseStatus, diseaseStatusObservation),
    ...writeEach(plan, 'blasts', plan.marrowBlasts, marrowBlastsObservation),
    ...writeEach(plan, 'bcells', plan.bCells, bCellsObservation),
    ...writeEach(plan, 'malignancy', plan.secondMalignancies, secondMalignancyByCode),
    ...buildNativeOnly(plan),
  ];
}

function therapyStatement(target: Target, fact: Planned<Therapy>, firstInfusion: string): Resource {
  if (fact.agent === undefined) return therapyAct(target, fact);
  const { resourceType: _, ...act } = administration(
    target,
    agentByRxNorm(fact.agent),
    fact.date,
    fact.endDate,
    unlessImplied(fact, firstInfusion),
  );
  return { ...act, resourceType: 'MedicationStatement', status: 'completed' } as MedicationStatement;
}

const BILLED: Readonly<Record<string, string>> = {
  tisagenlecleucel: 'Q2042',
  'brexucabtagene-autoleucel': 'Q2053',
};

/** What a bill can name is coded as billed; the dose and everything else is native. */
function infusionResources(
  plan: PatientPlan,
  infusion: PlannedInfusion,
  number: number,
): readonly PlannedResource[] {
  const { patientId } = plan;
  const id = `${patientId}-infusion-${number}`;
  const productId = `${id}-product`;
  const named = isProductCoded(infusion) && infusion.product.lot === undefined;
  const billed = named ? BILLED[infusion.product.code] : undefined;
  const act = infusionProcedure({ patientId, id }, infusion, billed === undefined ? productId : undefined);
  const procedure: Procedure = {
    ...act,
    performedDateTime: infusionMoment(id, infusion.date),
    code: concept(
      ...(billed === undefined
        ? [coding(NATIVE.procedure, 'car-t-infusion')]
        : [coding(HCPCS, billed), coding(CPT, infusion.date < '2025-01-01' ? '0540T' : '38228')]),
    ),
  };
  const resources: readonly Resource[] =
    billed === undefined ? [carTProduct(productId, infusion.product), procedure] : [procedure];
  const lymphodepletion = (target: Target, fact: Planned<Lymphodepletion>): Resource =>
    administration(target, agentByRxNorm(fact.agent), fact.date, fact.endDate);
  return resources
    .map((resource): PlannedResource => ({ resource, date: infusion.date }))
    .concat(writeEach(plan, `lymphodepletion-${number}`, infusion.lymphodepletion, lymphodepletion));
}
