import type { CodeableConcept, MedicationRequest, Resource } from '@medplum/fhirtypes';
import { translateConcept } from '../fhir/terminology/concept-map.ts';
import type { SiteMappings } from '../mapping/mappings.ts';
import type { OrderTopic, OrderTopics } from './card-context.ts';
import type { HookContext } from './hook-request.ts';

/** A draft whose code means one of these by the concept map is about the topic. */
interface Rule {
  readonly topic: OrderTopic;
  readonly map: string;
  readonly wanted: RegExp;
}

const PROCEDURES: readonly Rule[] = [
  { topic: 'HCT', map: 'procedure-kind', wanted: /hct/ },
  { topic: 'THERAPY', map: 'procedure-kind', wanted: /lymphocyte-infusion|radiotherapy/ },
  { topic: 'B_CELLS', map: 'observation-kind', wanted: /^b-cells/ },
];
const DRUGS: readonly Rule[] = [
  { topic: 'THERAPY', map: 'anti-leukaemic-agent', wanted: /./ },
  { topic: 'TOCILIZUMAB', map: 'supportive-agent', wanted: /^tocilizumab$/ },
  { topic: 'ANTICONVULSANT', map: 'supportive-agent', wanted: /^levetiracetam$/ },
];

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
  const about = (rules: readonly Rule[], concept: CodeableConcept | undefined) =>
    rules.filter(({ map, wanted }) => means(map, concept, wanted)).map(({ topic }) => topic);
  switch (resource.resourceType) {
    case 'ServiceRequest':
      return about(PROCEDURES, resource.code);
    case 'MedicationRequest':
      return about(DRUGS, medicationOf(resource));
    default:
      return [];
  }
}

/** The drug as a code, also of a Medication that the order contains. */
function medicationOf({
  medicationCodeableConcept,
  medicationReference,
  contained = [],
}: MedicationRequest): CodeableConcept | undefined {
  if (medicationCodeableConcept !== undefined) return medicationCodeableConcept;
  const id = medicationReference?.reference?.replace(/^#/, '');
  const medication = contained.find((inside) => inside.resourceType === 'Medication' && inside.id === id);
  return medication?.resourceType === 'Medication' ? medication.code : undefined;
}
