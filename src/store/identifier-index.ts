/** Which resources carry a business identifier. */
import { createHash } from 'node:crypto';
import type { Queryable } from './database.ts';
import type { ResourceKey } from './resource-store.ts';

export interface IdentifierKey {
  readonly type: string;
  readonly system: string;
  readonly value: string;
}

/** One identifier of one resource. */
interface IdentifierRow extends ResourceKey, IdentifierKey {}

const MAX_INDEXED = 256;

/** Text as the indexes hold it: what is too long for an index entry is represented by its digest. */
export function indexed(text: string): string {
  return text.length <= MAX_INDEXED ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Name under which an identifier is locked and looked up. */
export function identifierName({ type, system, value }: IdentifierKey): string {
  return `${type} ${indexed(system)}|${indexed(value)}`;
}

/** Ids of the resources that carry each identifier, sorted, by `identifierName`. */
export async function findByIdentifiers(
  tx: Queryable,
  keys: readonly IdentifierKey[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<IdentifierRow>(
    `select type, system, value, id from identifier
      where (type, system, value) in (select * from unnest($1::text[], $2::text[], $3::text[]))
      order by id`,
    [
      keys.map(({ type }) => type),
      keys.map(({ system }) => indexed(system)),
      keys.map(({ value }) => indexed(value)),
    ],
  );
  const groups = Map.groupBy(rows, identifierName);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ id }) => id)]));
}
