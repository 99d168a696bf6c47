/** Native conditions, procedures and administrations (docs/native-input.md, "Shapes"). */
import type {
  BiologicallyDerivedProduct,
  Coding,
  Condition,
  Extension,
  MedicationAdministration,
  Procedure,
} from '@medplum/fhirtypes';
import type {
  Diagnosis,
  Hct,
  Lymphodepletion,
  Product,
  SecondMalignancy,
  Therapy,
} from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { extensionUrl, NATIVE } from './code-systems.ts';
import { infusionMoment } from './infusion-moment.ts';
import {
  CELL_SOURCE_CODES,
  CONDITIONING_CODES,
  DONOR_CODES,
  HCT_CODES,
  INTENT_CODES,
  MALIGNANCY_CODES,
  REASON_CODES,
} from './native-codes.ts';
import type { Planned, PlannedInfusion } from './patient-plan.ts';
import {
  codedExtension,
  coding,
  concept,
  HOSPITAL_A,
  metaOf,
  patientReference,
  quantity,
  type Target,
} from './resource-builders.ts';

const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';

/** A condition of the given codings; what dates it is the onset. */
export function condition(
  target: Target,
  codings: readonly Coding[],
  onset: string | undefined,
  verification: 'confirmed' | 'refuted' | 'provisional' | 'entered-in-error' = 'confirmed',
): Condition {
  return {
    resourceType: 'Condition',
    id: target.id,
    meta: metaOf(HOSPITAL_A),
    verificationStatus: concept(coding(VERIFICATION, verification)),
    code: concept(...codings),
    subject: patientReference(target.patientId),
    ...(onset === undefined ? {} : { onsetDateTime: onset }),
  };
}

/** A completed procedure; `more` adds what the code cannot say. */
export function procedure(
  target: Target,
  codings: readonly Coding[],
  performed: string,
  extension: readonly Extension[] = [],
): Procedure {
  return {
    resourceType: 'Procedure',
    id: target.id,
    meta: metaOf(HOSPITAL_A),
    ...(extension.length === 0 ? {} : { extension: [...extension] }),
    status: 'completed',
    code: concept(...codings),
    subject: patientReference(target.patientId),
    performedDateTime: performed,
  };
}

/** A completed administration, on one day or over a period. */
export function administration(
  target: Target,
  codings: readonly Coding[],
  start: string,
  end: PartialDate | undefined,
  extension: readonly Extension[] = [],
): MedicationAdministration {
  return {
    resourceType: 'MedicationAdministration',
    id: target.id,
    meta: metaOf(HOSPITAL_A),
    ...(extension.length === 0 ? {} : { extension: [...extension] }),
    status: 'completed',
    medicationCodeableConcept: concept(...codings),
    subject: patientReference(target.patientId),
    ...(end === undefined ? { effectiveDateTime: start } : { effectivePeriod: { start, end } }),
  };
}

export function diagnosisCondition(
  target: Target,
  fact: Planned<Diagnosis>,
  also: readonly Coding[] = [],
): Condition {
  if (fact.kind !== 'B_ALL')
    throw new RangeError(`The native dialect has no code for diagnosis ${fact.kind}`);
  const verification = fact.verification === 'REFUTED' ? 'refuted' : 'confirmed';
  return condition(target, [coding(NATIVE.condition, 'b-all'), ...also], fact.date, verification);
}

export function secondMalignancyCondition(target: Target, fact: Planned<SecondMalignancy>): Condition {
  const resource = condition(target, [coding(NATIVE.condition, 'second-malignancy')], fact.date);
  return { ...resource, ...malignancyClass(fact) };
}

/** The native class as an extension; nothing where the kind is not specified. */
export function malignancyClass({ kind }: Planned<SecondMalignancy>): Pick<Condition, 'extension'> {
  if (kind === 'UNSPECIFIED') return {};
  return {
    extension: [codedExtension('malignancy-class', coding(NATIVE.malignancyClass, MALIGNANCY_CODES[kind]))],
  };
}

/** The act, with what was infused; `product` is the id of the product's own resource, if there is one. */
export function infusionProcedure(
  target: Target,
  infusion: PlannedInfusion,
  productId: string | undefined,
): Procedure {
  return procedure(
    target,
    [coding(NATIVE.procedure, 'car-t-infusion')],
    infusionMoment(target.id, infusion.date),
    [...productExtension(productId), ...doseExtensions(infusion)],
  );
}

export function productExtension(productId: string | undefined): Extension[] {
  if (productId === undefined) return [];
  const reference = `BiologicallyDerivedProduct/${productId}`;
  return [{ url: extensionUrl('car-t-product'), valueReference: { reference } }];
}

function doseExtensions({ dosePerKg, doseAbsolute }: PlannedInfusion): Extension[] {
  const url = extensionUrl('car-t-dose');
  return [
    ...(dosePerKg === undefined ? [] : [{ url, valueQuantity: quantity(dosePerKg, '10*6/kg') }]),
    ...(doseAbsolute === undefined ? [] : [{ url, valueQuantity: quantity(doseAbsolute, '10*6') }]),
  ];
}

export function carTProduct(id: string, product: Product): BiologicallyDerivedProduct {
  const extension: Extension[] = (product.costimulation ?? []).map((domain) =>
    codedExtension('costimulatory-domain', coding(NATIVE.costimulation, domain)),
  );
  if (product.cellSource !== undefined) {
    extension.push(
      codedExtension('cell-source', coding(NATIVE.cellSource, CELL_SOURCE_CODES[product.cellSource])),
    );
  }
  return {
    resourceType: 'BiologicallyDerivedProduct',
    id,
    meta: metaOf(HOSPITAL_A),
    ...(extension.length === 0 ? {} : { extension }),
    ...(product.lot === undefined
      ? {}
      : { identifier: [{ system: 'urn:cartograph:example:lot', value: product.lot }] }),
    productCategory: 'cells',
    productCode: concept(coding(NATIVE.product, product.code === 'UNKNOWN' ? 'unknown' : product.code)),
  };
}

export function lymphodepletionAdministration(
  target: Target,
  fact: Planned<Lymphodepletion>,
): MedicationAdministration {
  return administration(target, [coding(NATIVE.agent, fact.agent)], fact.date, fact.endDate, [
    codedExtension('therapy-intent', coding(NATIVE.therapyIntent, INTENT_CODES.LYMPHODEPLETION)),
  ]);
}

export function hctProcedure(target: Target, fact: Planned<Hct>): Procedure {
  return procedure(target, [coding(NATIVE.procedure, HCT_CODES[fact.kind])], fact.date, hctExtensions(fact));
}

/** Donor and conditioning, which no code of a transplantation says. */
export function hctExtensions(fact: Planned<Hct>): Extension[] {
  const extension: Extension[] = [];
  if (fact.donor !== undefined) {
    extension.push(codedExtension('hct-donor', coding(NATIVE.hctDonor, DONOR_CODES[fact.donor])));
  }
  if (fact.conditioning !== undefined) {
    extension.push(
      codedExtension('hct-conditioning', coding(NATIVE.conditioning, CONDITIONING_CODES[fact.conditioning])),
    );
  }
  if (fact.conditioningStart !== undefined) {
    extension.push({ url: extensionUrl('hct-conditioning-start'), valueDate: fact.conditioningStart });
  }
  return extension;
}

/** A drug as an administration; donor lymphocytes and radiotherapy as a procedure. */
export function therapyAct(target: Target, fact: Planned<Therapy>): MedicationAdministration | Procedure {
  const extension = therapyExtensions(fact);
  if (fact.kind === 'DLI') {
    return procedure(target, [coding(NATIVE.procedure, 'donor-lymphocyte-infusion')], fact.date, extension);
  }
  if (fact.kind === 'RADIOTHERAPY') {
    return procedure(target, [coding(NATIVE.procedure, 'radiotherapy')], fact.date, extension);
  }
  if (fact.agent === undefined) throw new RangeError(`A planned therapy of kind ${fact.kind} needs an agent`);
  return administration(target, [coding(NATIVE.agent, fact.agent)], fact.date, fact.endDate, extension);
}

/** Intent and reason, where they are planned. */
export function therapyExtensions({ intent, reason }: Planned<Therapy>): Extension[] {
  return [
    ...(intent === undefined
      ? []
      : [codedExtension('therapy-intent', coding(NATIVE.therapyIntent, INTENT_CODES[intent]))]),
    ...(reason === undefined
      ? []
      : [codedExtension('therapy-reason', coding(NATIVE.therapyReason, REASON_CODES[reason]))]),
  ];
}
