/** The day on which a resource proves that the patient was seen (inputs.md, last contact). */
import type { Resource } from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import { occurrenceOf } from './occurrence.ts';
import { readDate } from './read-date.ts';

export interface ContactDay {
  readonly date: PartialDate;
  /** FHIRPath of the element that carries it. */
  readonly path: string;
}

/** Elements that carry the day, the last one of a period before its start. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  Encounter: ['period.end', 'period.start'],
  Observation: ['effectiveDateTime', 'effectivePeriod.end', 'effectivePeriod.start', 'effectiveInstant'],
  Procedure: ['performedDateTime', 'performedPeriod.end', 'performedPeriod.start'],
  MedicationAdministration: ['effectiveDateTime', 'effectivePeriod.end', 'effectivePeriod.start'],
};

/** Undefined for what did not take place, or carries no full date. */
export function contactDay(resource: Resource, timeZone: string | undefined): ContactDay | undefined {
  const elements = ELEMENTS[resource.resourceType];
  if (elements === undefined) return undefined;
  const occurrence = occurrenceOf(resource);
  if (occurrence !== 'OCCURRED' && occurrence !== 'PRELIMINARY') return undefined;
  for (const element of elements) {
    const date = readDate(elementAt(resource, element), timeZone)?.date;
    if (date !== undefined && date.length === 10)
      return { date, path: `${resource.resourceType}.${element}` };
  }
  return undefined;
}

function elementAt(resource: Resource, path: string): unknown {
  let found: unknown = resource;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}
