import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';
import { AMBIGUOUS_SUBJECTS, personClosure } from './person-closure.ts';
import { FOLLOWED_TYPES, MAX_STEPS } from './stale-patients.ts';

export interface PersonResource {
  readonly content: string;
  readonly site: string;
  readonly lastUpdated: Date;
}

/**
 * All that belongs to a person: the Patients themselves, what is about one of them, by id or by identifier, and the
 * medications, products, specimens and places that lie behind these. Sorted by type and id.
 */
export function readPersonResources(
  db: Queryable,
  patientIds: readonly string[],
): Promise<readonly PersonResource[]> {
  return db.query<PersonResource>(
    `with recursive
       ${personClosure()}
     select r.content::text as content, r.site, r.last_updated as "lastUpdated"
       from resource r
      where (r.type, r.id) in (select type, id from behind)
      order by r.type, r.id`,
    [patientIds, FOLLOWED_TYPES, MAX_STEPS],
  );
}

/** What names one of these Patients, who are one person, by an identifier that somebody else carries too. */
export function readAmbiguousSubjects(
  db: Queryable,
  patientIds: readonly string[],
): Promise<readonly ResourceKey[]> {
  return db.query<ResourceKey>(AMBIGUOUS_SUBJECTS, [patientIds]);
}
