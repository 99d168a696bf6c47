/** The few shapes that every resource of a dialect is made of. */
import type {
  CodeableConcept,
  Coding,
  Extension,
  Meta,
  Observation,
  Patient,
  Quantity,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import { extensionUrl, UCUM } from './code-systems.ts';

/** Where a resource belongs: the patient's id and the id that the resource shall have. */
export interface Target {
  readonly patientId: string;
  readonly id: string;
}

/** A resource with the clinical day that decides in which bundle it is sent. */
export interface PlannedResource {
  readonly resource: Resource;
  readonly date: PartialDate;
  /** Sent with a later bundle than its own day would say, in this state. */
  readonly sentOn?: PartialDate;
}

export const HOSPITAL_A = 'https://hospital-a.example.org';
export const HOSPITAL_B = 'https://hospital-b.example.org';

/** Synthetic data are tagged as test data; the source is the hospital's record system. */
export function metaOf(hospital: string): Meta {
  return {
    source: `${hospital}/ehr`,
    tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }],
  };
}

export function patientReference(patientId: string): Reference<Patient> {
  return { reference: `Patient/${patientId}` };
}

export function coding(system: string, code: string): Coding {
  return { system, code };
}

export function concept(...codings: readonly Coding[]): CodeableConcept {
  return { coding: [...codings] };
}

export function quantity(value: number, unit: string): Quantity {
  return { value, unit, system: UCUM, code: unit };
}

/** One of our own extensions with a coded value. */
export function codedExtension(name: string, code: Coding): Extension {
  return { url: extensionUrl(name), valueCodeableConcept: concept(code) };
}

/** A final observation of hospital A; `more` adds the value and whatever else belongs to it. */
export function observation(
  target: Target,
  code: CodeableConcept,
  effective: string | undefined,
  more: Partial<Observation>,
): Observation {
  return {
    resourceType: 'Observation',
    id: target.id,
    meta: metaOf(HOSPITAL_A),
    status: 'final',
    code,
    subject: patientReference(target.patientId),
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    ...more,
  };
}

/** A local time of day in Belgium, as a hospital writes it; summer time is taken as April to October. */
export function localDateTime(date: PartialDate, time: string): string {
  const month = Number(date.slice(5, 7));
  return `${date}T${time}:00${month >= 4 && month <= 10 ? '+02:00' : '+01:00'}`;
}
