import type { Queryable } from './database.ts';
import type { ResourceKey } from './resource-store.ts';

/**
 * Removes the contents of all versions of these, whose index is gone already. What stays is a deletion with the next
 * number: a later version does not repeat the number of one that is gone.
 */
export async function leaveTombstones(tx: Queryable, keys: readonly ResourceKey[], now: Date): Promise<void> {
  await tx.query(
    `with keys (type, id) as (select * from unnest($1::text[], $2::text[])),
          gone as (
            delete from resource r using keys k where r.type = k.type and r.id = k.id
            returning r.type, r.id, r.version, r.site),
          old as (
            delete from resource_history h using keys k where h.type = k.type and h.id = k.id
            returning h.type, h.id, h.version, h.site),
          last as (
            select type, id, max(version) as version, min(site) as site
              from (select * from gone union all select * from old) as v group by type, id)
     insert into resource_history (type, id, version, site, last_updated, content)
     select type, id, version + 1, site, $3, null from last`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id), now],
  );
}
