/** With which definitions the stored resources were indexed. */
import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';

/** True where everything that is stored was indexed with these; nothing stored counts as such. */
export async function isIndexedWith(db: Queryable, definitions: string): Promise<boolean> {
  const [row] = await db.query<{ readonly current: boolean }>(
    `select coalesce((select indexed_with = $1 from search_state), not exists (select from resource)) as current`,
    [definitions],
  );
  return row?.current === true;
}

export async function saveIndexedWith(db: Queryable, definitions: string): Promise<void> {
  await db.query(
    `insert into search_state (id, indexed_with) values (1, $1)
     on conflict (id) do update set indexed_with = excluded.indexed_with`,
    [definitions],
  );
}

export interface ResourcePlace extends ResourceKey {
  readonly seq: string;
}

/** Resources in a fixed order, behind this one. */
export function readPlaces(
  db: Queryable,
  after: ResourcePlace | undefined,
  limit: number,
): Promise<readonly ResourcePlace[]> {
  return db.query<ResourcePlace>(
    `select type, id, seq from resource where (type, seq) > ($1, $2::bigint) order by type, seq limit $3`,
    [after?.type ?? '', after?.seq ?? '0', limit],
  );
}
