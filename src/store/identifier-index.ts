/** Which resources carry a business identifier. */
import { createHash } from 'node:crypto';
import type { Queryable } from './database.ts';
import type { ResourceKey } from './resource-store.ts';

export interface IdentifierKey {
  readonly type: string;
  /** Empty for none; undefined for whatever there is. */
  readonly system: string | undefined;
  readonly value: string;
}

/** One identifier of one resource, by the name of the key that asks for it. */
interface IdentifierRow extends ResourceKey, IdentifierKey {}

const MAX_INDEXED = 256;

/** Text as the indexes hold it: what is too long for an index entry is represented by its digest. */
export function indexed(text: string): string {
  return text.length <= MAX_INDEXED ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Name under which an identifier is locked and looked up. */
export function identifierName({ type, system, value }: IdentifierKey): string {
  return system === undefined ? `${type} *${indexed(value)}` : `${type} ${indexed(system)}|${indexed(value)}`;
}

/** Ids of the resources that carry each identifier, sorted, by `identifierName`. */
export async function findByIdentifiers(
  tx: Queryable,
  keys: readonly IdentifierKey[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const exact = keys.flatMap(({ type, system, value }) =>
    system === undefined ? [] : [[type, indexed(system), indexed(value)] as const],
  );
  const open = keys.flatMap(({ type, system, value }) =>
    system === undefined ? [[type, indexed(value)] as const] : [],
  );
  const rows = [...(await findExact(tx, exact)), ...(await findOpen(tx, open))];
  const groups = Map.groupBy(rows, identifierName);
  return new Map([...groups].map(([name, group]) => [name, [...new Set(group.map(({ id }) => id))]]));
}

async function findExact(
  tx: Queryable,
  keys: readonly (readonly [type: string, system: string, value: string])[],
): Promise<readonly IdentifierRow[]> {
  if (keys.length === 0) return [];
  return tx.query<IdentifierRow>(
    `select type, system, value, id from identifier
      where (type, system, value) in (select * from unnest($1::text[], $2::text[], $3::text[]))
      order by id`,
    [0, 1, 2].map((column) => keys.map((key) => key[column])),
  );
}

/** Of whatever system, which the rows do not tell. */
async function findOpen(
  tx: Queryable,
  keys: readonly (readonly [type: string, value: string])[],
): Promise<readonly IdentifierRow[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<Omit<IdentifierRow, 'system'>>(
    `select type, value, id from identifier
      where (type, value) in (select * from unnest($1::text[], $2::text[]))
      order by id`,
    [0, 1].map((column) => keys.map((key) => key[column])),
  );
  return rows.map((row) => ({ ...row, system: undefined }));
}
