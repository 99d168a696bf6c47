/** Current versions of resources and their history. */
import type { Queryable } from './database.ts';

export interface ResourceKey {
  readonly type: string;
  readonly id: string;
}

/** `Type/id`. */
export function keyOf({ type, id }: ResourceKey): string {
  return `${type}/${id}`;
}

export interface StoredVersion extends ResourceKey {
  readonly version: number;
  readonly site: string;
  readonly digest: string;
  readonly lastUpdated: Date;
}

export interface NewVersion extends StoredVersion {
  /** FHIR JSON with meta.versionId and meta.lastUpdated. */
  readonly content: string;
}

export interface ReadResource {
  readonly version: number;
  readonly lastUpdated: Date;
  readonly content: string;
}

export async function readResource(db: Queryable, key: ResourceKey): Promise<ReadResource | undefined> {
  const rows = await db.query<ReadResource>(
    `select version, last_updated as "lastUpdated", content::text as content
       from resource where type = $1 and id = $2`,
    [key.type, key.id],
  );
  return rows[0];
}

/** What is stored of these, by `Type/id`. */
export function readVersions(
  tx: Queryable,
  keys: readonly ResourceKey[],
): Promise<ReadonlyMap<string, StoredVersion>> {
  return selectVersions(tx, keys, '');
}

/** The same, locked until the transaction ends. Rows are locked in order. */
export function lockVersions(
  tx: Queryable,
  keys: readonly ResourceKey[],
): Promise<ReadonlyMap<string, StoredVersion>> {
  return selectVersions(tx, keys, 'for update');
}

async function selectVersions(
  tx: Queryable,
  keys: readonly ResourceKey[],
  locking: '' | 'for update',
): Promise<ReadonlyMap<string, StoredVersion>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<StoredVersion>(
    `select r.type, r.id, r.version, r.site, r.digest, r.last_updated as "lastUpdated"
       from resource r
      where (r.type, r.id) in (select * from unnest($1::text[], $2::text[]))
      order by r.type, r.id ${locking}`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** Stores first versions; answers the `Type/id` of those that another transaction stored meanwhile. */
export async function insertResources(
  tx: Queryable,
  rows: readonly NewVersion[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const stored = await tx.query<ResourceKey>(
    `insert into resource (type, id, version, site, digest, last_updated, content)
     select type, id, version, site, digest, last_updated, content::json
       from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
         as r (type, id, version, site, digest, last_updated, content)
      order by type, id
     on conflict (type, id) do nothing
     returning type, id`,
    columnsOf(rows),
  );
  const taken = new Set(rows.map(keyOf));
  for (const row of stored) taken.delete(keyOf(row));
  return taken;
}

/** Replaces current versions, which the transaction has locked, and keeps the replaced ones as history. */
export async function replaceResources(tx: Queryable, rows: readonly NewVersion[]): Promise<void> {
  if (rows.length === 0) return;
  const [types, ids] = columnsOf(rows);
  await tx.query(
    `insert into resource_history (type, id, version, site, last_updated, content)
     select type, id, version, site, last_updated, content from resource
      where (type, id) in (select * from unnest($1::text[], $2::text[]))`,
    [types, ids],
  );
  await tx.query(
    `update resource r
        set version = n.version, site = n.site, digest = n.digest, last_updated = n.last_updated,
            content = n.content::json
       from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
         as n (type, id, version, site, digest, last_updated, content)
      where r.type = n.type and r.id = n.id`,
    columnsOf(rows),
  );
}

function columnsOf(rows: readonly NewVersion[]): readonly (readonly unknown[])[] {
  return [
    rows.map(({ type }) => type),
    rows.map(({ id }) => id),
    rows.map(({ version }) => version),
    rows.map(({ site }) => site),
    rows.map(({ digest }) => digest),
    rows.map(({ lastUpdated }) => lastUpdated),
    rows.map(({ content }) => content),
  ];
}
