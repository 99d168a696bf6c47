/**
 * Stores versions with all that they are found by, in one statement. Versions that are new on a table that grows are
 * the hot path: their statement reads no table, and so is prepared.
 */
import type { DateRow, QuantityRow, StringRow } from '../fhir/search/search-rows.ts';
import { Collision, prepared, type Queryable } from './database.ts';
import { indexed } from './identifier-index.ts';
import type { NewVersion, ResourceKey } from './resource-store.ts';
import { tokenHashes } from './search/token-hash.ts';

export interface ReferenceRow {
  readonly target: ResourceKey;
  /** It says whom the source is about. */
  readonly isSubject: boolean;
  /** Search parameters that it is a value of. */
  readonly parameters: readonly string[];
}

export interface IdentifierReferenceRow {
  /** Empty where the reference does not say. */
  readonly targetType: string;
  readonly system: string;
  readonly value: string;
  readonly isSubject: boolean;
}

/** What a resource is found by. */
export interface ResourceIndex {
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  readonly references: readonly ReferenceRow[];
  readonly identifierReferences: readonly IdentifierReferenceRow[];
  readonly tokens: Iterable<string>;
  readonly dates: readonly DateRow[];
  readonly quantities: readonly QuantityRow[];
  readonly strings: readonly StringRow[];
}

/** A version, and what it is found by. */
export interface IndexedVersion extends NewVersion, ResourceIndex {
  /** Nothing is stored under its key. */
  readonly isNew: boolean;
}

type Indexed = ResourceKey & ResourceIndex;

/**
 * Stores the versions and marks the patients. Of versions that are not new, the transaction has locked the current one
 * and archived it. Throws Collision where another transaction has stored one of the new meanwhile.
 */
export async function saveVersions(
  tx: Queryable,
  rows: readonly IndexedVersion[],
  stalePatients: readonly string[],
): Promise<void> {
  if (rows.length === 0) return;
  const sql = rows.every(({ isNew }) => isNew) ? SAVE_NEW : SAVE;
  const [result] = await tx.query<{ readonly stored: number }>(sql, [
    ...versionColumns(rows),
    ...indexColumns(rows),
    [...new Set(stalePatients)],
  ]);
  if (result?.stored !== rows.length) throw new Collision('Another transaction stored the same resource');
}

/** Makes what is already stored found by these rows; the old ones must be gone. */
export async function saveIndex(tx: Queryable, rows: readonly Indexed[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(REINDEX, [
    rows.map(({ type }) => type),
    rows.map(({ id }) => id),
    rows.map(({ type, tokens }) => tokenHashes(type, tokens)),
    ...indexColumns(rows),
    [],
  ]);
}

function versionColumns(rows: readonly IndexedVersion[]): readonly (readonly unknown[])[] {
  return [
    rows.map(({ type }) => type),
    rows.map(({ id }) => id),
    rows.map(({ version }) => version),
    rows.map(({ site }) => site),
    rows.map(({ digest }) => digest),
    rows.map(({ lastUpdated }) => lastUpdated),
    rows.map(({ content }) => content),
    rows.map(({ type, tokens }) => tokenHashes(type, tokens)),
  ];
}

/** For each index one array a column, the first of them the position of the version, from 1. */
function indexColumns(rows: readonly Indexed[]): readonly (readonly unknown[])[] {
  return [
    ...columns(
      rows,
      (row) => row.identifiers.map(({ system, value }) => [indexed(system), indexed(value)]),
      2,
    ),
    ...columns(
      rows,
      (row) =>
        row.references.map(({ target, isSubject, parameters }) => [
          target.type,
          target.id,
          isSubject,
          parameters.join(' '),
        ]),
      4,
    ),
    ...columns(
      rows,
      (row) =>
        row.identifierReferences.map(({ targetType, system, value, isSubject }) => [
          targetType,
          indexed(system),
          indexed(value),
          isSubject,
        ]),
      4,
    ),
    ...columns(rows, (row) => row.dates.map(({ parameter, low, high }) => [parameter, low, high]), 3),
    ...columns(rows, (row) => row.quantities.map((one) => quantityColumns(row.type, one)), 10),
    ...columns(rows, (row) => row.strings.map(({ parameter, text }) => [parameter, text]), 2),
  ];
}

function quantityColumns(type: string, row: QuantityRow): readonly unknown[] {
  const { parameter, dimension, canonicalLow, canonicalHigh, system, code, unit, low, high, concepts } = row;
  return [
    parameter,
    indexed(dimension),
    canonicalLow,
    canonicalHigh,
    indexed(system),
    indexed(code),
    indexed(unit),
    low,
    high,
    tokenHashes(type, concepts),
  ];
}

function columns(
  rows: readonly Indexed[],
  list: (row: Indexed) => readonly (readonly unknown[])[],
  width: number,
): readonly (readonly unknown[])[] {
  const result: unknown[][] = Array.from({ length: width + 1 }, () => []);
  for (const [index, row] of rows.entries()) {
    for (const values of list(row)) {
      result[0]?.push(index + 1);
      for (const [column, value] of values.entries()) result[column + 1]?.push(value);
    }
  }
  return result;
}

/** Numbered parameters, from `from`, of these types of array. */
function unnest(from: number, types: readonly string[]): string {
  return `unnest(${types.map((type, index) => `$${from + index}::${type}[]`).join(', ')})`;
}

/** The indexes, from parameter `p` on; `placed` says which version stands at which position. */
function indexes(p: number): string {
  return `
   identifiers as (
     insert into identifier (type, system, value, id)
     select p.type, x.system, x.value, p.id
       from ${unnest(p, ['integer', 'text', 'text'])} as x (n, system, value) join placed p using (n)
     on conflict do nothing),
   refs as (
     insert into reference (source_type, source_id, target_type, target_id, is_subject, parameters)
     select p.type, p.id, x.type, x.id, x.is_subject, string_to_array(x.parameters, ' ')
       from ${unnest(p + 3, ['integer', 'text', 'text', 'boolean', 'text'])} as x (n, type, id, is_subject, parameters)
       join placed p using (n)
     on conflict do nothing),
   logical as (
     insert into identifier_reference (source_type, source_id, target_type, system, value, is_subject)
     select p.type, p.id, x.type, x.system, x.value, x.is_subject
       from ${unnest(p + 8, ['integer', 'text', 'text', 'text', 'boolean'])} as x (n, type, system, value, is_subject)
       join placed p using (n)
     on conflict do nothing),
   dates as (
     insert into search_date (type, parameter, low, high, seq, is_long)
     select p.type, x.parameter, x.low, x.high, p.seq,
            case when isfinite(x.low) and isfinite(x.high) then x.high - x.low >= interval '1 day' else true end
       from ${unnest(p + 13, ['integer', 'text', 'timestamptz', 'timestamptz'])} as x (n, parameter, low, high)
       join placed p using (n)
     on conflict do nothing),
   quantities as (
     insert into search_quantity (type, parameter, dimension, canonical_low, canonical_high, seq, system, code, unit,
                                  low, high, concepts)
     select p.type, x.parameter, x.dimension, x.canonical_low, x.canonical_high, p.seq, x.system, x.code, x.unit,
            x.low, x.high, x.concepts::bigint[]
       from ${unnest(p + 17, ['integer', 'text', 'text', 'float8', 'float8', 'text', 'text', 'text', 'float8', 'float8', 'text'])}
         as x (n, parameter, dimension, canonical_low, canonical_high, system, code, unit, low, high, concepts)
       join placed p using (n)
     on conflict do nothing),
   strings as (
     insert into search_string (type, parameter, value, seq)
     select p.type, x.parameter, x.value, p.seq
       from ${unnest(p + 28, ['integer', 'text', 'text'])} as x (n, parameter, value) join placed p using (n)
     on conflict do nothing),
   stale as (
     insert into stale_patient (patient_id) select * from unnest($${p + 31}::text[]))
  select count(*)::integer as stored from placed`;
}

const INPUT = `
  with input as (
     select type, id, version, site, digest, last_updated, content::json as content, tokens::bigint[] as tokens, n::integer as n
       from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
       with ordinality as r (type, id, version, site, digest, last_updated, content, tokens, n))`;

const SAVE_NEW = prepared(`${INPUT},
   written as (
     insert into resource (type, id, version, site, digest, last_updated, content, tokens)
     select type, id, version, site, digest, last_updated, content, tokens from input order by type, id
     on conflict (type, id) do nothing
     returning type, id, seq),
   placed as materialized (select i.n, w.type, w.id, w.seq from input i join written w using (type, id)),
   ${indexes(9)}`);

/** What is not there yet is inserted, what is there is replaced: the transaction holds its lock. */
const SAVE = `${INPUT},
   changed as (
     update resource r
        set version = i.version, site = i.site, digest = i.digest, last_updated = i.last_updated,
            content = i.content, tokens = i.tokens
       from input i where r.type = i.type and r.id = i.id and i.version > r.version
     returning r.type, r.id, r.seq),
   created as (
     insert into resource (type, id, version, site, digest, last_updated, content, tokens)
     select type, id, version, site, digest, last_updated, content, tokens
       from input where (type, id) not in (select type, id from changed) order by type, id
     on conflict (type, id) do nothing
     returning type, id, seq),
   placed as materialized (
     select i.n, w.type, w.id, w.seq
       from input i join (select * from changed union all select * from created) as w using (type, id)),
   ${indexes(9)}`;

const REINDEX = `
  with input as (
     select type, id, tokens::bigint[] as tokens, n::integer as n
       from unnest($1::text[], $2::text[], $3::text[]) with ordinality as r (type, id, tokens, n)),
   changed as (
     update resource r set tokens = i.tokens from input i
      where r.type = i.type and r.id = i.id
     returning r.type, r.id, r.seq),
   placed as materialized (select i.n, c.type, c.id, c.seq from input i join changed c using (type, id)),
   ${indexes(4)}`;
