/**
 * Facts as US Core systems write them, by standard codes (inputs.md, second column). What a code cannot say is a
 * native extension on the same resource.
 */
import type {
  Coding,
  Condition,
  MedicationAdministration,
  Observation,
  Procedure,
  Quantity,
  Resource,
} from '@medplum/fhirtypes';
import type {
  BCells,
  Diagnosis,
  DiseaseStatus,
  Hct,
  Lymphodepletion,
  SecondMalignancy,
  Therapy,
} from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { agentByRxNorm, unlessImplied } from './agent-codings.ts';
import { ATC, CPT, ICD10_CM, ICD10_PCS, LOINC, NATIVE, SNOMED } from './code-systems.ts';
import {
  administration,
  condition,
  hctExtensions,
  malignancyClass,
  procedure,
  productExtension,
  therapyAct,
} from './native-acts.ts';
import { bCellsObservation, diseaseStatusObservation } from './native-observations.ts';
import type { Planned, PlannedInfusion } from './patient-plan.ts';
import type { Random } from './random.ts';
import { coding, concept, localDateTime, observation, quantity, type Target } from './resource-builders.ts';

export function diagnosisByCode(target: Target, fact: Planned<Diagnosis>, random: Random): Condition {
  const snomed = fact.kind === 'B_ALL' ? '277571004' : '91857003';
  const codings = [coding(SNOMED, snomed)];
  if (fact.kind === 'B_ALL' && random.chance(0.6)) codings.push(coding(ICD10_CM, 'C91.00'));
  const verification = fact.verification === 'REFUTED' ? 'refuted' : 'confirmed';
  return condition(target, random.shuffle(codings), fact.date, verification);
}

/** Some of these are still the day before in UTC, and the day written is what counts. */
const SAMPLING_HOURS = ['00:20', '07:45', '08:10', '11:30', '23:50'] as const;

/** C91.01 and C91.02 say remission and relapse and nothing more; every other status is native. */
export function diseaseStatusByCode(target: Target, fact: Planned<DiseaseStatus>): Condition | Observation {
  const detailed = [fact.level, fact.sites, fact.cd19, fact.lineageSwitch].some(
    (detail) => detail !== undefined,
  );
  if (!detailed && fact.status === 'REMISSION')
    return condition(target, [coding(ICD10_CM, 'C91.01')], fact.date);
  if (!detailed && fact.status === 'RELAPSE')
    return condition(target, [coding(ICD10_CM, 'C91.02')], fact.date);
  return diseaseStatusObservation(target, fact);
}

/** Laboratories report counts per microlitre, in thousands of these, or in 10^9 a litre. */
export function bCellsByLoinc(target: Target, fact: Planned<BCells>, random: Random): Observation {
  if (fact.measure === 'PERCENT_OF_LEUKOCYTES' || fact.specimen !== 'BLOOD') {
    return bCellsObservation(target, fact);
  }
  const percent = fact.measure === 'PERCENT_OF_LYMPHOCYTES';
  const value: Quantity = percent ? quantity(fact.value, '%') : countIn(fact.value, random);
  const effective =
    fact.date.length === 10 ? localDateTime(fact.date, random.pick(SAMPLING_HOURS)) : fact.date;
  return observation(target, concept(coding(LOINC, percent ? '8117-4' : '8116-6')), effective, {
    valueQuantity: fact.comparator === undefined ? value : { comparator: fact.comparator, ...value },
  });
}

function countIn(perMicrolitre: number, random: Random): Quantity {
  const unit = random.pick(['/uL', '10*3/uL', '10*9/L']);
  return quantity(unit === '/uL' ? perMicrolitre : perMicrolitre / 1000, unit);
}

const ATC_PRODUCTS: Readonly<Record<string, { readonly atc: string; readonly text: string }>> = {
  tisagenlecleucel: { atc: 'L01XL04', text: 'Kymriah' },
  'brexucabtagene-autoleucel': { atc: 'L01XL06', text: 'Tecartus' },
  'obecabtagene-autoleucel': { atc: 'L01XL12', text: 'Aucatzyl' },
};

/** True where standard codes name the product, and it carries no more than a name and a lot. */
export function isProductCoded({ product }: PlannedInfusion): boolean {
  const named =
    product.code === 'UNKNOWN' ? product.lot === undefined : ATC_PRODUCTS[product.code] !== undefined;
  return named && product.costimulation === undefined && product.cellSource === undefined;
}

/** The infusion as billed: the code that was valid on that day; `productId` where the code cannot name it. */
export function infusionByCode(
  target: Target,
  infusion: PlannedInfusion,
  performed: string,
  productId: string | undefined,
  random: Random,
): Procedure {
  return procedure(target, infusionCodes(infusion, random), performed, productExtension(productId));
}

function infusionCodes({ date, product }: PlannedInfusion, random: Random): readonly Coding[] {
  const cpt = coding(CPT, date < '2025-01-01' ? '0540T' : '38228');
  if (date < '2021-10-01') return random.chance(0.5) ? [cpt] : [coding(ICD10_PCS, 'XW033C3')];
  const letter = { tisagenlecleucel: 'J', 'brexucabtagene-autoleucel': 'M' }[product.code] ?? 'C';
  const pcs = coding(ICD10_PCS, `${random.chance(0.5) ? 'XW033' : 'XW043'}${letter}7`);
  return random.pick([[cpt], [pcs], [cpt, pcs]]);
}

/**
 * The same infusion as administered: by ATC code or by trade name alone, its medication said in place or contained.
 * Undefined where no code names the product, unless a dose has to be said.
 */
export function infusionAdministration(
  target: Target,
  infusion: PlannedInfusion,
  moment: string,
  random: Random,
): MedicationAdministration | undefined {
  const named = ATC_PRODUCTS[infusion.product.code];
  const dose = doseOf(infusion, random);
  if (named === undefined && dose === undefined) return undefined;
  const code =
    named === undefined
      ? concept(
          coding(NATIVE.product, infusion.product.code === 'UNKNOWN' ? 'unknown' : infusion.product.code),
        )
      : random.chance(0.25)
        ? { text: named.text }
        : { ...concept(coding(ATC, named.atc)), text: named.text };
  const { medicationCodeableConcept: _, ...act } = administration(target, [], moment, undefined);
  const batch = infusion.product.lot === undefined ? {} : { batch: { lotNumber: infusion.product.lot } };
  return {
    ...act,
    ...(infusion.product.lot !== undefined || random.chance(0.5)
      ? {
          contained: [{ resourceType: 'Medication', id: 'product', code, ...batch }],
          medicationReference: { reference: '#product' },
        }
      : { medicationCodeableConcept: code }),
    ...(dose === undefined ? {} : { dosage: { dose } }),
  };
}

function doseOf({ dosePerKg, doseAbsolute }: PlannedInfusion, random: Random): Quantity | undefined {
  if (dosePerKg !== undefined) return quantity(dosePerKg, '10*6/kg');
  if (doseAbsolute === undefined) return undefined;
  return random.chance(0.5) ? quantity(doseAbsolute, '10*6') : quantity(doseAbsolute * 1_000_000, '{cells}');
}

/** The intent follows from the days before an infusion; nobody codes it. */
export function lymphodepletionByCode(target: Target, fact: Planned<Lymphodepletion>): Resource {
  return administration(target, agentByRxNorm(fact.agent), fact.date, fact.endDate);
}

export function therapyByCode(target: Target, fact: Planned<Therapy>, firstInfusion: PartialDate): Resource {
  if (fact.agent === undefined) return therapyAct(target, fact);
  const extension = unlessImplied(fact, firstInfusion);
  return administration(target, agentByRxNorm(fact.agent), fact.date, fact.endDate, extension);
}

export function hctByCode(target: Target, fact: Planned<Hct>, random: Random): Procedure {
  return procedure(target, [random.pick(HCT_CODINGS[fact.kind])], fact.date, hctExtensions(fact));
}

const HCT_CODINGS: Readonly<Record<Hct['kind'], readonly [Coding, ...Coding[]]>> = {
  ALLOGENEIC: [coding(CPT, '38240'), coding(SNOMED, '50223000')],
  AUTOLOGOUS: [coding(CPT, '38241'), coding(SNOMED, '53088000')],
  UNKNOWN: [coding(SNOMED, '234336002')],
};

/** An ICD-10-CM code says the organ; the class is native. */
export function secondMalignancyByCode(target: Target, fact: Planned<SecondMalignancy>): Condition {
  const code = { T_CELL: 'C84.40', MYELOID: 'C92.00', SOLID: 'C73', OTHER: 'C96.9', UNSPECIFIED: 'C80.1' };
  return { ...condition(target, [coding(ICD10_CM, code[fact.kind])], fact.date), ...malignancyClass(fact) };
}
