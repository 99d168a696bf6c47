/** Writes a plan as a German hospital does: ICD-10-GM, OPS and ATC (inputs.md, "other shapes"). */
import type { Condition, Procedure, Resource } from '@medplum/fhirtypes';
import type {
  Diagnosis,
  DiseaseStatus,
  Hct,
  Lymphodepletion,
  SecondMalignancy,
  Therapy,
} from '../cohort/cohort-record.generated.ts';
import { agentByAtc, unlessImplied } from './agent-codings.ts';
import { ICD10_GM, NATIVE, OPS } from './code-systems.ts';
import { infusionMoment } from './infusion-moment.ts';
import {
  administration,
  carTProduct,
  condition,
  hctExtensions,
  infusionProcedure,
  malignancyClass,
  procedure,
  therapyAct,
} from './native-acts.ts';
import { buildNativeOnly } from './native-dialect.ts';
import {
  cytogeneticsObservation,
  diseaseStatusObservation,
  marrowBlastsObservation,
} from './native-observations.ts';
import type { PatientPlan, Planned, PlannedInfusion } from './patient-plan.ts';
import { createRandom, type Random } from './random.ts';
import { coding, type PlannedResource, type Target } from './resource-builders.ts';
import { bCellsByLoinc, infusionAdministration, isProductCoded } from './us-core-facts.ts';
import { writeEach } from './write-facts.ts';

export function buildIcd10GmResources(plan: PatientPlan): readonly PlannedResource[] {
  const random = createRandom(`${plan.seed}/icd10gm`);
  const firstInfusion = plan.infusions[0]?.date ?? '9999-12-31';
  return [
    ...writeEach(plan, 'diagnosis', plan.diagnoses, diagnosis),
    ...writeEach(plan, 'marker', plan.cytogenetics, cytogeneticsObservation),
    ...writeEach(plan, 'therapy', plan.therapies, (target, fact) =>
      therapy(target, fact, firstInfusion, random),
    ),
    ...writeEach(plan, 'hct', plan.hcts, (target, fact) => hct(target, fact, random)),
    ...plan.infusions.flatMap((infusion, index) => infusionResources(plan, infusion, index + 1, random)),
    ...writeEach(plan, 'status', plan.diseaseStatus, diseaseStatus),
    ...writeEach(plan, 'blasts', plan.marrowBlasts, marrowBlastsObservation),
    ...writeEach(plan, 'bcells', plan.bCells, (target, fact) => bCellsByLoinc(target, fact, random)),
    ...writeEach(plan, 'malignancy', plan.secondMalignancies, secondMalignancy),
    ...buildNativeOnly(plan),
  ];
}

function diagnosis(target: Target, fact: Planned<Diagnosis>): Condition {
  const verification = fact.verification === 'REFUTED' ? 'refuted' : 'confirmed';
  return condition(target, [coding(ICD10_GM, 'C91.00')], fact.date, verification);
}

/** C91.01 is remission; relapse has no code of its own. */
function diseaseStatus(target: Target, fact: Planned<DiseaseStatus>): Resource {
  const detailed = [fact.level, fact.sites, fact.cd19, fact.lineageSwitch].some(
    (detail) => detail !== undefined,
  );
  if (fact.status === 'REMISSION' && !detailed)
    return condition(target, [coding(ICD10_GM, 'C91.01')], fact.date);
  return diseaseStatusObservation(target, fact);
}

function therapy(target: Target, fact: Planned<Therapy>, firstInfusion: string, random: Random): Resource {
  if (fact.agent === undefined) return therapyAct(target, fact);
  const extension = unlessImplied(fact, firstInfusion);
  return administration(target, agentByAtc(fact.agent, random), fact.date, fact.endDate, extension);
}

const HCT_CODES = {
  ALLOGENEIC: ['8-805.40', '8-805.52', '5-411.25'],
  AUTOLOGOUS: ['8-805.00', '5-411.00'],
} as const;

function hct(target: Target, fact: Planned<Hct>, random: Random): Procedure {
  const code =
    fact.kind === 'UNKNOWN'
      ? coding(NATIVE.procedure, 'hct')
      : coding(OPS, random.pick<string>(HCT_CODES[fact.kind]));
  return procedure(target, [code], fact.date, hctExtensions(fact));
}

/** As administered, by ATC; what the drug's code cannot say is a native procedure. */
function infusionResources(
  plan: PatientPlan,
  infusion: PlannedInfusion,
  number: number,
  random: Random,
): readonly PlannedResource[] {
  const { patientId } = plan;
  const id = `${patientId}-infusion-${number}`;
  const coded = isProductCoded(infusion) && infusion.product.code !== 'UNKNOWN';
  const given = infusionAdministration(
    { patientId, id },
    infusion,
    infusionMoment(id, infusion.date),
    random,
  );
  const productId = `${id}-product`;
  const resources: readonly Resource[] =
    coded && given !== undefined
      ? [given]
      : [carTProduct(productId, infusion.product), infusionProcedure({ patientId, id }, infusion, productId)];
  const lymphodepletion = (target: Target, fact: Planned<Lymphodepletion>): Resource =>
    administration(target, agentByAtc(fact.agent, random), fact.date, fact.endDate);
  return resources
    .map((resource): PlannedResource => ({ resource, date: infusion.date }))
    .concat(writeEach(plan, `lymphodepletion-${number}`, infusion.lymphodepletion, lymphodepletion));
}

function secondMalignancy(target: Target, fact: Planned<SecondMalignancy>): Condition {
  const code = { T_CELL: 'C84.4', MYELOID: 'C92.00', SOLID: 'C73', OTHER: 'C96.9', UNSPECIFIED: 'C80.9' };
  return { ...condition(target, [coding(ICD10_GM, code[fact.kind])], fact.date), ...malignancyClass(fact) };
}
