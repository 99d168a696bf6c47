import type { Queryable } from './database.ts';
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
       own (type, id) as (
         select 'Patient', id from unnest($1::text[]) as p (id)
         union
         select e.source_type, e.source_id from edge e
          where e.target_type = 'Patient' and e.target_id = any ($1::text[]) and e.is_subject),
       behind (type, id, step) as (
         select type, id, 0 from own
         union
         select e.target_type, e.target_id, b.step + 1
           from behind b
           join edge e on e.source_type = b.type and e.source_id = b.id
          where e.target_type = any ($2::text[]) and b.step < $3)
     select r.content::text as content, r.site, r.last_updated as "lastUpdated"
       from resource r
      where (r.type, r.id) in (select type, id from behind)
      order by r.type, r.id`,
    [patientIds, FOLLOWED_TYPES, MAX_STEPS],
  );
}
