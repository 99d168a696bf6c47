import type { CodeableConcept, ObservationComponent } from '@medplum/fhirtypes';
import { codeSystemUrl } from './guide-urls.ts';

const UCUM = 'http://unitsofmeasure.org';

/** Parts of the results of a course beside those of every result (`cartograph-result-component`). */
export type CourseComponentCode =
  | 'definition-version'
  | 'course'
  | 'origin-date'
  | 'flag'
  | 'missing-input'
  | 'parameter'
  | 'occurred'
  | 'grade-status'
  | 'grade-basis'
  | 'severe'
  | 'computed-grade'
  | 'reported-grade'
  | 'peak-day'
  | 'onset-date'
  | 'onset-day'
  | 'end-date'
  | 'end-day'
  | 'duration'
  | 'count'
  | 'criterion'
  | 'observed'
  | 'threshold'
  | 'published-effect'
  | 'status-at-as-of'
  | 'last-aplasia-day'
  | 'loss-date'
  | 'loss-day'
  | 'loss-within'
  | 'specimen'
  | 'cmax'
  | 'tmax'
  | 'tlast'
  | 'auc'
  | 'level-day-28'
  | 'event-date'
  | 'event-day'
  | 'antigen-class'
  | 'site'
  | 'checklist';

export function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system: codeSystemUrl(system), code }] };
}

/** Nothing where there is no value; `label` tells repeated parts apart, such as the system of a reported grade. */
export function part(
  code: CourseComponentCode,
  value: Partial<ObservationComponent> | undefined,
  label?: string,
): readonly ObservationComponent[] {
  if (value === undefined) return [];
  const named = concept('cartograph-result-component', code);
  return [{ code: label === undefined ? named : { ...named, text: label }, ...value }];
}

export function text(value: string | undefined): Partial<ObservationComponent> | undefined {
  return value === undefined ? undefined : { valueString: value };
}

export function integer(value: number | undefined): Partial<ObservationComponent> | undefined {
  return value === undefined ? undefined : { valueInteger: value };
}

/** In a unit of UCUM. */
export function quantity(value: number | undefined, code: string): Partial<ObservationComponent> | undefined {
  return value === undefined ? undefined : { valueQuantity: { value, unit: code, system: UCUM, code } };
}

export function day(value: number | undefined): Partial<ObservationComponent> | undefined {
  return quantity(value, 'd');
}

export function date(value: string | undefined): Partial<ObservationComponent> | undefined {
  return value === undefined ? undefined : { valueDateTime: value };
}

/** MET, NOT_MET or UNKNOWN, as a code of the guide. */
export function tristate(value: string | undefined): Partial<ObservationComponent> | undefined {
  return value === undefined
    ? undefined
    : { valueCodeableConcept: concept('cartograph-result-criterion', value) };
}
