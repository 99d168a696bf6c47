/** The records of FHIR bundles, the way of the command line: no server, no database. */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { assemblePersons } from '../../src/cli/assemble-persons.ts';
import { type JsonObject, listHeldResources } from '../../src/cli/bundle-resources.ts';
import { ResourceShelf } from '../../src/cli/resource-shelf.ts';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { mapPerson } from '../../src/mapping/map-person.ts';
import type { Mappings } from '../../src/mapping/mappings.ts';

/** In the order of the persons' ids; `receivedOn` is the day of reading. */
export function recordsOfBundles(
  bundles: readonly Bundle[],
  mappings: Mappings,
  receivedOn = '2026-01-01',
): readonly CohortRecord[] {
  return [...personsOf(bundles)].map(({ resources, findings }) => {
    const sourced = resources.map((resource) => ({
      resource,
      site: mappings.siteOf(resource, 'default'),
      receivedOn,
    }));
    return mapPerson(sourced, mappings, findings);
  });
}

/** The resources of each person, in the order of the persons' ids. */
export function resourcesOfBundles(bundles: readonly Bundle[]): readonly (readonly Resource[])[] {
  return [...personsOf(bundles)].map(({ resources }) => resources);
}

function personsOf(bundles: readonly Bundle[]): ReturnType<typeof assemblePersons>['persons'] {
  const shelf = new ResourceShelf();
  for (const bundle of bundles) {
    for (const held of listHeldResources(bundle as unknown as JsonObject)) {
      if (held.kind !== 'resource')
        throw new Error(`A bundle holds ${held.kind} where a resource was expected`);
      const resource = held.resource as unknown as Resource & { readonly id: string };
      shelf.add({ resource, rank: held.rank, origin: { file: 'test' } });
    }
  }
  return assemblePersons(shelf).persons;
}
