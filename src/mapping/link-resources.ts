/**
 * Views see one resource at a time. What a resource refers to and a view needs (the drug of an administration, the
 * specimen of an observation, the product of an infusion) is therefore put beside what it contains, before the
 * view runs; so a view need not care whether it was contained, in the bundle or elsewhere.
 */
import type { Reference, Resource } from '@medplum/fhirtypes';

const LINKED = new Set(['Medication', 'Specimen', 'BiologicallyDerivedProduct']);

/** `Type/id` of a literal reference, relative or absolute, versioned or not; undefined for any other. */
export function literalKey(reference: string | undefined): string | undefined {
  const match = /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(
    reference ?? '',
  );
  return match?.[1];
}

/** The resources that can be linked, by `Type/id`. */
export function linkIndex(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const index = new Map<string, Resource>();
  for (const resource of resources) {
    if (LINKED.has(resource.resourceType)) index.set(`${resource.resourceType}/${resource.id}`, resource);
  }
  return index;
}

/** The resource with what it refers to among `contained`; unchanged where nothing of it is there. */
export function linkResource(resource: Resource, index: ReadonlyMap<string, Resource>): Resource {
  const found = referencesOf(resource).flatMap(({ reference }) => {
    const target = index.get(literalKey(reference) ?? '');
    return target === undefined ? [] : [target];
  });
  if (found.length === 0) return resource;
  const contained = 'contained' in resource ? (resource.contained ?? []) : [];
  return { ...resource, contained: [...contained, ...found] } as Resource;
}

function referencesOf(resource: Resource): readonly Reference[] {
  switch (resource.resourceType) {
    case 'MedicationAdministration':
    case 'MedicationStatement':
    case 'MedicationRequest':
      return resource.medicationReference === undefined ? [] : [resource.medicationReference];
    case 'Observation':
      return resource.specimen === undefined ? [] : [resource.specimen];
    case 'Procedure':
      return (resource.extension ?? []).flatMap((extension) =>
        extension.valueReference === undefined ? [] : [extension.valueReference],
      );
    default:
      return [];
  }
}
