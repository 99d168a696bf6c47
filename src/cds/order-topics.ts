import type { CodeableConcept, Resource } from '@medplum/fhirtypes';
import { translateConcept } from '../fhir/concept-map.ts';
import type { SiteMappings } from '../mapping/mappings.ts';
import type { OrderTopic, OrderTopics } from './card-context.ts';
import type { HookContext } from './hook-request.ts';

/** What drafts are about, by the same concept maps that read facts. A draft is never a fact. */
export function readOrderTopics(
  { selections = [], draftOrders }: HookContext,
  mappings: SiteMappings,
): OrderTopics | undefined {
  if (draftOrders === undefined) return undefined;
  const drafts = (draftOrders.entry ?? []).flatMap(({ resource }) =>
    resource === undefined ? [] : [resource],
  );
  const topics = (resources: readonly Resource[]) =>
    new Set(resources.flatMap((resource) => topicsOf(resource, mappings)));
  const isSelected = ({ resourceType, id }: Resource) => selections.includes(`${resourceType}/${id}`);
  return { selected: topics(drafts.filter(isSelected)), drafted: topics(drafts) };
}

function topicsOf(resource: Resource, mappings: SiteMappings): readonly OrderTopic[] {
  const means = (map: string, concept: CodeableConcept | undefined, wanted: RegExp) =>
    concept !== undefined &&
    (translateConcept(concept, mappings.lookup(map))?.codes ?? []).some((code) => wanted.test(code));
  switch (resource.resourceType) {
    case 'ServiceRequest':
      return [
        ...(means('procedure-kind', resource.code, /hct/) ? (['HCT'] as const) : []),
        ...(means('procedure-kind', resource.code, /lymphocyte-infusion|radiotherapy/)
          ? (['THERAPY'] as const)
          : []),
        ...(means('observation-kind', resource.code, /^b-cells/) ? (['B_CELLS'] as const) : []),
      ];
    case 'MedicationRequest':
      return means('anti-leukaemic-agent', resource.medicationCodeableConcept, /./) ? ['THERAPY'] : [];
    default:
      return [];
  }
}
