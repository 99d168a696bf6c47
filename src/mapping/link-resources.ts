/**
 * Views see one resource at a time. What a resource refers to and a view needs (the drug of an administration, the
 * specimen of an observation, the product of an infusion) is therefore put beside what it contains, before the
 * view runs; so a view need not care whether it was contained, in the bundle or elsewhere.
 */
import type { CodeableConcept, Encounter, Location, Reference, Resource } from '@medplum/fhirtypes';

const LINKED = new Set(['Medication', 'Specimen', 'BiologicallyDerivedProduct', 'Location']);

/** What a place is stands beside the stay in it, so that a view finds place and period in one row. */
const PLACE_TYPE = 'https://cartograph.example.org/fhir/StructureDefinition/linked-location-type';

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
  if (resource.resourceType === 'Encounter') return linkPlaces(resource, index);
  const references = referencesOf(resource);
  if (references.length === 0) return resource;
  const found = references.flatMap(({ reference }) => {
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

function linkPlaces(encounter: Encounter, index: ReadonlyMap<string, Resource>): Encounter {
  const stays = encounter.location;
  if (!Array.isArray(stays)) return encounter;
  return {
    ...encounter,
    location: stays.map((stay) => {
      if (stay.status === 'planned' || stay.status === 'reserved') return stay;
      const types = placeTypes(placeOf(encounter, stay.location?.reference, index), index);
      if (types.length === 0) return stay;
      const linked = types.map((type) => ({ url: PLACE_TYPE, valueCodeableConcept: type }));
      return { ...stay, extension: [...(stay.extension ?? []), ...linked] };
    }),
  };
}

function placeOf(
  encounter: Encounter,
  reference: string | undefined,
  index: ReadonlyMap<string, Resource>,
): Location | undefined {
  const found =
    reference?.startsWith('#') === true
      ? encounter.contained?.find(({ id }) => id === reference.slice(1))
      : index.get(literalKey(reference) ?? '');
  return found?.resourceType === 'Location' ? found : undefined;
}

/** A bed is in a room of a ward, a ward in a house. */
const MAX_PLACES = 6;

/** What the place is and what it is part of: a bed of an intensive care unit is in intensive care. */
function placeTypes(
  place: Location | undefined,
  index: ReadonlyMap<string, Resource>,
  left = MAX_PLACES,
): readonly CodeableConcept[] {
  if (place === undefined || left === 0) return [];
  const own = [...(place.type ?? []), ...(place.physicalType === undefined ? [] : [place.physicalType])];
  const around = index.get(literalKey(place.partOf?.reference) ?? '');
  return around?.resourceType === 'Location' ? [...own, ...placeTypes(around, index, left - 1)] : own;
}

/** The kinds of place that a linked encounter was at. */
export function linkedLocationTypes(resource: Resource): readonly CodeableConcept[] {
  if (resource.resourceType !== 'Encounter') return [];
  return (resource.location ?? []).flatMap((stay) =>
    (stay.extension ?? []).flatMap(({ url, valueCodeableConcept }) =>
      url === PLACE_TYPE && valueCodeableConcept !== undefined ? [valueCodeableConcept] : [],
    ),
  );
}
