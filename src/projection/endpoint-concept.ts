import type { CodeableConcept } from '@medplum/fhirtypes';
import { endpointDefinition } from '../endpoints/endpoint-definitions.ts';
import { codeSystemUrl } from './guide-urls.ts';

/** A definition by its id: as a code of the guide, or as text where a site added it. */
export function endpointConcept(id: string): CodeableConcept {
  if (endpointDefinition(id) === undefined) return { text: id };
  return { coding: [{ system: codeSystemUrl('cartograph-result-endpoint'), code: id }] };
}
