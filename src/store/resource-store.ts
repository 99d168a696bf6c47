/** Current versions of resources. */
import { prepared, type Queryable } from './database.ts';

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

const READ = prepared(
  `select version, last_updated as "lastUpdated", content::text as content
     from resource where type = $1 and id = $2`,
);

export async function readResource(db: Queryable, key: ResourceKey): Promise<ReadResource | undefined> {
  const [row] = await db.query<ReadResource>(READ, [key.type, key.id]);
  return row;
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

/** FHIR JSON of these, by `Type/id`. */
export async function readContents(
  db: Queryable,
  keys: readonly ResourceKey[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<ResourceKey & { readonly content: string }>(
    `select type, id, content::text as content from resource
      where (type, id) in (select * from unnest($1::text[], $2::text[]))`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [keyOf(row), row.content]));
}
