/**
 * A panel that nothing here knows (a blood count, a set of vital signs) may carry its values as components instead of
 * members. Each of them is then an observation of its own: its code and value, the rest of the panel.
 */
import type { Observation, Resource } from '@medplum/fhirtypes';

export interface PanelPart {
  readonly resource: Observation;
  /** FHIRPath in the panel of an element of the part. */
  pathOf(path: string): string;
}

const NO_PARTS: readonly PanelPart[] = [];
/** What a component has of its own; all else is the panel's. */
const OWN = /^Observation\.(?=code\b|value|dataAbsentReason\b|interpretation\b|referenceRange\b)/;

export function panelParts(resource: Resource): readonly PanelPart[] {
  if (resource.resourceType !== 'Observation' || !Array.isArray(resource.component)) return NO_PARTS;
  const rest = Object.entries(resource).filter(([name]) => !OWN.test(`Observation.${name}`));
  const { component, ...panel } = Object.fromEntries(rest) as unknown as Observation;
  return (component ?? []).map((part, index) => ({
    resource: { ...panel, ...part },
    pathOf: (path) => path.replace(OWN, `Observation.component[${index}].`),
  }));
}
