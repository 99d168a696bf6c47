/** Makes room for other versions: the current ones become history, and nothing is found by them any more. */
import type { Queryable } from './database.ts';
import type { ResourceKey } from './resource-store.ts';

const UNLINK = `
   old as (select r.* from resource r join keys k on r.type = k.type and r.id = k.id),
   identifiers as (delete from identifier x using keys k where x.type = k.type and x.id = k.id),
   refs as (delete from reference x using keys k where x.source_type = k.type and x.source_id = k.id),
   logical as (delete from identifier_reference x using keys k where x.source_type = k.type and x.source_id = k.id),
   dates as (delete from search_date x using old o where x.seq = o.seq),
   quantities as (delete from search_quantity x using old o where x.seq = o.seq),
   strings as (delete from search_string x using old o where x.seq = o.seq)`;

const KEYS = 'with keys (type, id) as (select * from unnest($1::text[], $2::text[]))';

/** Of what the transaction has locked, and will store another version of. */
export async function archiveVersions(tx: Queryable, keys: readonly ResourceKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `${KEYS}, ${UNLINK}
     insert into resource_history (type, id, version, site, last_updated, content)
     select type, id, version, site, last_updated, content from old`,
    columnsOf(keys),
  );
}

/** Of what the transaction has locked; afterwards the resources are gone, and their history ends with a deletion. */
export async function deleteResources(tx: Queryable, keys: readonly ResourceKey[], now: Date): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `${KEYS}, ${UNLINK},
     gone as (delete from resource r using keys k where r.type = k.type and r.id = k.id)
     insert into resource_history (type, id, version, site, last_updated, content)
     select type, id, version, site, last_updated, content from old
     union all
     select type, id, version + 1, site, $3, null from old`,
    [...columnsOf(keys), now],
  );
}

/** Nothing is found by these until they are indexed anew. */
export async function removeIndex(tx: Queryable, keys: readonly ResourceKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(`${KEYS}, ${UNLINK} select 1`, columnsOf(keys));
}

function columnsOf(keys: readonly ResourceKey[]): readonly (readonly string[])[] {
  return [keys.map(({ type }) => type), keys.map(({ id }) => id)];
}
