/** What resources refer to, by type and id or by identifier. */
import type { Queryable } from './database.ts';
import { indexed } from './identifier-index.ts';
import type { ResourceKey } from './resource-store.ts';

export interface ReferenceRow {
  readonly source: ResourceKey;
  readonly target: ResourceKey;
  /** It says whom the source is about. */
  readonly isSubject: boolean;
}

export interface IdentifierReferenceRow {
  readonly source: ResourceKey;
  /** Empty where the reference does not say. */
  readonly targetType: string;
  readonly system: string;
  readonly value: string;
  readonly isSubject: boolean;
}

/** Forgets identifiers and references of versions that are being replaced. */
export async function removeLinks(tx: Queryable, keys: readonly ResourceKey[]): Promise<void> {
  if (keys.length === 0) return;
  const parameters = [keys.map(({ type }) => type), keys.map(({ id }) => id)];
  const these = 'in (select * from unnest($1::text[], $2::text[]))';
  await tx.query(
    `with identifiers as (delete from identifier where (type, id) ${these}),
          logical as (delete from identifier_reference where (source_type, source_id) ${these})
     delete from reference where (source_type, source_id) ${these}`,
    parameters,
  );
}

export async function insertReferences(tx: Queryable, rows: readonly ReferenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into reference (source_type, source_id, target_type, target_id, is_subject)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[]) on conflict do nothing`,
    [
      rows.map(({ source }) => source.type),
      rows.map(({ source }) => source.id),
      rows.map(({ target }) => target.type),
      rows.map(({ target }) => target.id),
      rows.map(({ isSubject }) => isSubject),
    ],
  );
}

export async function insertIdentifierReferences(
  tx: Queryable,
  rows: readonly IdentifierReferenceRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into identifier_reference (source_type, source_id, target_type, system, value, is_subject)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[])
     on conflict do nothing`,
    [
      rows.map(({ source }) => source.type),
      rows.map(({ source }) => source.id),
      rows.map(({ targetType }) => targetType),
      rows.map(({ system }) => indexed(system)),
      rows.map(({ value }) => indexed(value)),
      rows.map(({ isSubject }) => isSubject),
    ],
  );
}
