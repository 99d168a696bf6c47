/** The `entry` of a Bundle, or none: FHIR's JSON has no empty arrays (R4 json.html, JSON Representation). */
import type { BundleEntry } from '@medplum/fhirtypes';

export function bundleEntries(entries: readonly BundleEntry[]): { readonly entry?: BundleEntry[] } {
  return entries.length === 0 ? {} : { entry: [...entries] };
}
