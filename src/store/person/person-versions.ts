/** What was stored at an instant, from the versions that were current then. */
import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';
import { personClosure } from './person-closure.ts';
import type { PersonResource } from './person-resources.ts';
import { FOLLOWED_TYPES, MAX_STEPS } from './stale-patients.ts';

export interface PastVersion extends PersonResource, ResourceKey {}

/** The versions of these keys that were current then; one without content says that the resource was deleted. */
function currentThen(keys: string, instant: string): string {
  return `select type, id, site, last_updated as "lastUpdated", content::text as content
    from (
      select distinct on (v.type, v.id) v.*
        from (
          select type, id, version, site, last_updated, content from resource
          union all
          select type, id, version, site, last_updated, content from resource_history) v
       where (v.type, v.id) in (${keys}) and v.last_updated <= ${instant}
       order by v.type, v.id, v.version desc) then_current
   where content is not null
   order by type, id`;
}

/** What named one of the Patients in a version that was replaced. */
const NAMED_BEFORE = `
         union
         select h.type, h.id from resource_history h
          where coalesce(h.content #>> '{subject,reference}', h.content #>> '{patient,reference}')
                = any (select 'Patient/' || id from unnest($1::text[]) as p (id))`;

/**
 * The versions, current at `instant`, of everything that belongs to these Patients now or named one of them in a
 * version that was replaced. What belonged to somebody else at `instant` is among them: the caller looks.
 */
export function readVersionsOfPatients(
  db: Queryable,
  patientIds: readonly string[],
  instant: Date,
): Promise<readonly PastVersion[]> {
  return db.query<PastVersion>(
    `with recursive
       ${personClosure(NAMED_BEFORE)}
     ${currentThen('select type, id from behind', '$4')}`,
    [patientIds, FOLLOWED_TYPES, MAX_STEPS, instant],
  );
}

/** The versions of these resources that were current at `instant`. */
export async function readVersionsAt(
  db: Queryable,
  keys: readonly ResourceKey[],
  instant: Date,
): Promise<readonly PastVersion[]> {
  if (keys.length === 0) return [];
  return db.query<PastVersion>(currentThen('select * from unnest($1::text[], $2::text[])', '$3'), [
    keys.map(({ type }) => type),
    keys.map(({ id }) => id),
    instant,
  ]);
}
