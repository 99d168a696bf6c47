/** Removal of versions that were replaced long ago, and since when every version is kept. */
import type { Database, Queryable } from './database.ts';

const BATCH = 2_000;

/**
 * Removes the contents of versions that another one, or a deletion, had replaced before `cutoff`. Whatever was current
 * at `cutoff` or later stays; so do deletions, which have no content and keep the numbers. Answers how many went.
 */
export async function removeOldVersions(
  database: Database,
  cutoff: Date,
  isStopping: () => boolean = () => false,
): Promise<number> {
  // Told before it is done: nobody then takes what is left for all that there was.
  await database.query(
    `insert into version_horizon (id, kept_since) values (1, $1)
     on conflict (id) do update set kept_since = greatest(version_horizon.kept_since, excluded.kept_since)`,
    [cutoff],
  );
  let removed = 0;
  while (!isStopping()) {
    const rows = await database.query(
      `delete from resource_history
        where ctid in (
          select h.ctid from resource_history h
           cross join lateral (
             select n.last_updated from (
               select version, last_updated from resource_history where type = h.type and id = h.id
               union all
               select version, last_updated from resource where type = h.type and id = h.id) n
              where n.version > h.version order by n.version limit 1) as next
           where h.content is not null and h.last_updated < $1 and next.last_updated < $1
           limit $2)
       returning 1`,
      [cutoff, BATCH],
    );
    removed += rows.length;
    if (rows.length < BATCH) break;
  }
  return removed;
}

/** Undefined where every version that ever was is kept. */
export async function readKeptSince(db: Queryable): Promise<Date | undefined> {
  const [row] = await db.query<{ readonly keptSince: Date }>(
    'select kept_since as "keptSince" from version_horizon',
  );
  return row?.keptSince;
}
