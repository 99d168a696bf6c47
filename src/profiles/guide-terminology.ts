import type { CodeSystemResource } from '../fhir/terminology/terminology-code-system.ts';
import type { TerminologySource, ValueSetResource } from '../fhir/terminology/terminology-value-set.ts';
import { heldSource } from './definition-store.ts';
import { loadPackage } from './load-package.ts';
import { OWN_GUIDE } from './load-profiles.ts';

/** Value sets and code systems of this project's guide alone. */
export async function loadGuideTerminology(): Promise<TerminologySource> {
  const held = heldSource(await loadPackage(OWN_GUIDE));
  return {
    codeSystem: (url) => held.find('CodeSystem', url) as CodeSystemResource | undefined,
    valueSet: (url) => held.find('ValueSet', url) as ValueSetResource | undefined,
  };
}
