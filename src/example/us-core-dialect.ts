/** Writes a plan as a US Core style system does, and as native what that style cannot say (inputs.md). */
import type { Resource } from '@medplum/fhirtypes';
import { infusionMoment } from './infusion-moment.ts';
import { carTProduct } from './native-acts.ts';
import { buildNativeOnly } from './native-dialect.ts';
import { cytogeneticsObservation, marrowBlastsObservation } from './native-observations.ts';
import type { PatientPlan, PlannedInfusion } from './patient-plan.ts';
import { createRandom, type Random } from './random.ts';
import type { PlannedResource, Target } from './resource-builders.ts';
import {
  bCellsByLoinc,
  diagnosisByCode,
  diseaseStatusByCode,
  hctByCode,
  infusionAdministration,
  infusionByCode,
  isProductCoded,
  lymphodepletionByCode,
  secondMalignancyByCode,
  therapyByCode,
} from './us-core-facts.ts';
import { writeEach } from './write-facts.ts';

export function buildUsCoreResources(plan: PatientPlan): readonly PlannedResource[] {
  const random = createRandom(`${plan.seed}/us-core`);
  const varied =
    <T>(write: (target: Target, fact: T, random: Random) => Resource) =>
    (target: Target, fact: T): Resource =>
      write(target, fact, random);
  const firstInfusion = plan.infusions[0]?.date ?? '9999-12-31';
  return [
    ...writeEach(plan, 'diagnosis', plan.diagnoses, varied(diagnosisByCode)),
    ...writeEach(plan, 'marker', plan.cytogenetics, cytogeneticsObservation),
    ...writeEach(plan, 'therapy', plan.therapies, (target, fact) =>
      therapyByCode(target, fact, firstInfusion),
    ),
    ...writeEach(plan, 'hct', plan.hcts, varied(hctByCode)),
    ...plan.infusions.flatMap((infusion, index) => infusionResources(plan, infusion, index + 1, random)),
    ...writeEach(plan, 'status', plan.diseaseStatus, diseaseStatusByCode),
    ...writeEach(plan, 'blasts', plan.marrowBlasts, marrowBlastsObservation),
    ...writeEach(plan, 'bcells', plan.bCells, varied(bCellsByLoinc)),
    ...writeEach(plan, 'malignancy', plan.secondMalignancies, secondMalignancyByCode),
    ...buildNativeOnly(plan),
  ];
}

/** One infusion in two shapes, as billed and as administered: the reader has to see that it is one. */
function infusionResources(
  plan: PatientPlan,
  infusion: PlannedInfusion,
  number: number,
  random: Random,
): readonly PlannedResource[] {
  const { patientId } = plan;
  const id = `${patientId}-infusion-${number}`;
  const productId = isProductCoded(infusion) ? undefined : `${id}-product`;
  const moment = infusionMoment(id, infusion.date);
  const administered = infusionAdministration({ patientId, id: `${id}-given` }, infusion, moment, random);
  // A bill knows the day; where nothing else says when, it has to carry the hour.
  const performed = administered === undefined ? moment : infusion.date;
  const billed = infusionByCode({ patientId, id }, infusion, performed, productId, random);
  return [
    ...(productId === undefined ? [] : [carTProduct(productId, infusion.product)]),
    billed,
    ...(administered === undefined ? [] : [administered]),
  ]
    .map((resource): PlannedResource => ({ resource, date: infusion.date }))
    .concat(writeEach(plan, `lymphodepletion-${number}`, infusion.lymphodepletion, lymphodepletionByCode));
}
