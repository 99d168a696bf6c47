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
const PATHS: Readonly<Record<string, readonly string[]>> = {
  Encounter: ['period.end', 'period.start'],
  Observation: ['effectiveDateTime', 'effectivePeriod.end', 'effectivePeriod.start', 'effectiveInstant'],
  Procedure: ['performedDateTime', 'performedPeriod.end', 'performedPeriod.start'],
  MedicationAdministration: ['effectiveDateTime', 'effectivePeriod.end', 'effectivePeriod.start'],
};

const ELEMENTS = new Map(
  Object.entries(PATHS).map(([type, paths]) => [
    type,
    paths.map((path) => ({ path: `${type}.${path}`, names: path.split('.') })),
  ]),
);

/** Undefined for what did not take place, or carries no full date. */
export function contactDay(resource: Resource, timeZone: string | undefined): ContactDay | undefined {
  const elements = ELEMENTS.get(resource.resourceType);
  if (elements === undefined) return undefined;
  const occurrence = occurrenceOf(resource);
  if (occurrence !== 'OCCURRED' && occurrence !== 'PRELIMINARY') return undefined;
  for (const { path, names } of elements) {
    const date = readDate(elementAt(resource, names), timeZone)?.date;
    if (date !== undefined && date.length === 10) return { date, path };
  }
  return undefined;
}

function elementAt(resource: Resource, names: readonly string[]): unknown {
  let found: unknown = resource;
  for (const name of names) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}
