import type { Resource } from '@medplum/fhirtypes';
import { parseWritten } from '../fhir/written-decimals.ts';

/** The resource of a stored JSON text, which was checked when it came; its decimals are sent on as they were written. */
export function parseStored(content: string): Resource {
  return parseWritten(content) as Resource;
}
