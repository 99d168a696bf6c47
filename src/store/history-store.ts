/** Versions that later ones have replaced, and deletions: those are versions without content. */
import { R4_RESOURCE_TYPES } from '../fhir/r4-elements.generated.ts';
import type { Queryable } from './database.ts';
import { keyOf, type ResourceKey } from './resource-store.ts';

export interface ReadVersion extends ResourceKey {
  readonly version: number;
  readonly lastUpdated: Date;
  /** Null for a deletion. */
  readonly content: string | null;
}

const COLUMNS = `type, id, version, last_updated as "lastUpdated", content::text as content`;

/** That version, current or not; undefined where there never was one. */
export async function readVersion(
  db: Queryable,
  { type, id }: ResourceKey,
  version: number,
): Promise<ReadVersion | undefined> {
  const [row] = await db.query<ReadVersion>(
    `select ${COLUMNS} from resource where type = $1 and id = $2 and version = $3
     union all
     select ${COLUMNS} from resource_history where type = $1 and id = $2 and version = $3`,
    [type, id, version],
  );
  return row;
}

/** Number of the last version of each that is no longer there, by `Type/id`. */
export async function lastVersions(
  tx: Queryable,
  keys: readonly ResourceKey[],
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<ResourceKey & { readonly version: number }>(
    `select k.type, k.id, h.version
       from unnest($1::text[], $2::text[]) as k (type, id)
      cross join lateral (
        select version from resource_history h
         where h.type = k.type and h.id = k.id order by version desc limit 1) as h`,
    [keys.map(({ type }) => type), keys.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [keyOf(row), row.version]));
}

/** Where a page of a history begins: behind this version. */
export interface HistoryCursor {
  /** ISO instant, to the microsecond. */
  readonly lastUpdated: string;
  readonly type: string;
  readonly id: string;
  readonly version: number;
}

export interface HistoryRequest {
  /** Undefined for every type. */
  readonly type?: string;
  readonly id?: string;
  /** Only versions stored at this instant or later. */
  readonly since?: string;
  readonly after?: HistoryCursor;
  readonly count: number;
}

export interface HistoryVersion extends ReadVersion {
  readonly cursor: string;
}

/** Versions, the newest first. Each type is read by its own index, and only what is shown is taken of them. */
export function readHistory(db: Queryable, request: HistoryRequest): Promise<readonly HistoryVersion[]> {
  const { type, id, since, after, count } = request;
  const parameters: unknown[] = [type === undefined ? R4_RESOURCE_TYPES : [type], count];
  const conditions = ['type = t.name'];
  const add = (condition: (place: string) => string, value: unknown): void => {
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  if (id !== undefined) add((place) => `id = ${place}`, id);
  if (since !== undefined) add((place) => `last_updated >= ${place}::timestamptz`, since);
  if (after !== undefined) {
    parameters.push(after.lastUpdated, after.type, after.id, after.version);
    const n = parameters.length;
    conditions.push(
      `last_updated <= $${n - 3}::timestamptz`,
      `(last_updated, type, id, version) < ($${n - 3}::timestamptz, $${n - 2}, $${n - 1}, $${n}::integer)`,
    );
  }
  const where = conditions.join(' and ');
  const order = 'order by last_updated desc, type desc, id desc, version desc limit $2';
  const columns = 'type, id, version, last_updated, content';
  return db.query<HistoryVersion>(
    `select ${COLUMNS}, to_char(last_updated at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as cursor
       from unnest($1::text[]) as t (name)
      cross join lateral ((select ${columns} from resource where ${where} ${order})
                          union all
                          (select ${columns} from resource_history where ${where} ${order})) as versions
      ${order}`,
    parameters,
  );
}

/** How many versions the history of a resource or of a type has. */
export async function countHistory(
  db: Queryable,
  { type, id, since }: Pick<HistoryRequest, 'id' | 'since'> & { readonly type: string },
): Promise<number> {
  const [row] = await db.query<{ readonly n: string }>(
    `select (select count(*) from resource where type = $1 and id = coalesce($2, id) and last_updated >= coalesce($3::timestamptz, '-infinity'))
          + (select count(*) from resource_history where type = $1 and id = coalesce($2, id) and last_updated >= coalesce($3::timestamptz, '-infinity')) as n`,
    [type, id ?? null, since ?? null],
  );
  return Number(row?.n ?? 0);
}
