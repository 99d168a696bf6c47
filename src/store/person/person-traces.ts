/** Where a person is named in what is stored, in current versions and in those that were replaced. */
import type { Queryable } from '../database.ts';
import { indexed } from '../identifier-index.ts';
import { readByCursor } from '../read-by-cursor.ts';
import type { ResourceKey } from '../resource-store.ts';
import { AMBIGUOUS_SUBJECTS } from './person-closure.ts';

/** Types that are about the Patients whom they name, in whatever element. */
export const ABOUT_WHOM_THEY_NAME: readonly string[] = ['BiologicallyDerivedProduct', 'Person'];

export interface VersionContent extends ResourceKey {
  readonly version: number;
  readonly content: string;
}

/** Business identifiers by system and value; the system is empty where there is none. */
type Identifiers = readonly { readonly system: string; readonly value: string }[];

/** What is about one of the Patients, whom it names by id or by one of the identifiers, beside themselves. */
export function readSubjectKeys(
  tx: Queryable,
  patientIds: readonly string[],
  identifiers: Identifiers,
): Promise<readonly ResourceKey[]> {
  return tx.query<ResourceKey>(
    `select source_type as type, source_id as id from reference
      where target_type = 'Patient' and target_id = any ($3::text[])
        and (is_subject or source_type = any ($4::text[]))
     union
     select source_type, source_id from identifier_reference
      where ${NAMES_BY_IDENTIFIER} and is_subject`,
    [...systemsAndValues(identifiers), patientIds, ABOUT_WHOM_THEY_NAME],
  );
}

const NAMES_BY_IDENTIFIER = `(system, value) in (select * from unnest($1::text[], $2::text[])) and target_type in ('', 'Patient')`;

function systemsAndValues(identifiers: Identifiers): readonly (readonly string[])[] {
  return [identifiers.map(({ system }) => indexed(system)), identifiers.map(({ value }) => indexed(value))];
}

/** What may be about one of the Patients or about somebody else who carries the same identifier. */
export function readAmbiguousKeys(
  tx: Queryable,
  patientIds: readonly string[],
): Promise<readonly ResourceKey[]> {
  return tx.query<ResourceKey>(AMBIGUOUS_SUBJECTS, [patientIds]);
}

/**
 * Products among these and behind them. Only of these are those that nothing else refers to, Provenance apart, and that
 * come from no other Patient.
 */
export function readProducts(
  tx: Queryable,
  keys: readonly ResourceKey[],
  patientIds: readonly string[],
): Promise<readonly (ResourceKey & { readonly isOnlyOfThese: boolean })[]> {
  return tx.query(
    `with own (type, id) as (select * from unnest($1::text[], $2::text[])),
          product (type, id) as (
            select type, id from own where type = 'BiologicallyDerivedProduct'
            union
            select e.target_type, e.target_id
              from edge e join own on e.source_type = own.type and e.source_id = own.id
             where e.target_type = 'BiologicallyDerivedProduct')
     select p.type, p.id,
            not exists (
              select from edge o
               where o.target_type = p.type and o.target_id = p.id and o.source_type <> 'Provenance'
                 and (o.source_type, o.source_id) not in (select type, id from own))
            and not exists (
              select from edge d
               where d.source_type = p.type and d.source_id = p.id
                 and d.target_type = 'Patient' and d.target_id <> all ($3::text[])) as "isOnlyOfThese"
       from product p`,
    [...columnsOf(keys), patientIds],
  );
}

/** What refers to one of these, or by one of the identifiers to a Patient, itself not among them. */
export function readReferrers(
  tx: Queryable,
  keys: readonly ResourceKey[],
  identifiers: Identifiers,
): Promise<readonly ResourceKey[]> {
  return tx.query<ResourceKey>(
    `with own (type, id) as (select * from unnest($3::text[], $4::text[]))
     select type, id
       from (select r.source_type as type, r.source_id as id
               from reference r join own on r.target_type = own.type and r.target_id = own.id
             union
             select source_type, source_id from identifier_reference where ${NAMES_BY_IDENTIFIER}) as referring
      where (type, id) not in (select type, id from own)
      order by type, id`,
    [...systemsAndValues(identifiers), ...columnsOf(keys)],
  );
}

/** Current versions of Bundles that hold one of these words; nothing else of what they hold is indexed. */
export function readBundlesWith(
  tx: Queryable,
  words: readonly string[],
): AsyncGenerator<readonly VersionContent[], void, undefined> {
  return readByCursor<VersionContent>(
    tx,
    'bundles_with',
    `select type, id, version, content::text as content from resource r
      where type = 'Bundle' and ${HOLDS_ONE}`,
    [patternsOf(words)],
    PAGE,
  );
}

/** Versions that were replaced, or deleted after, and are of one of the keys or hold one of the words. */
export function readPastVersionsWith(
  tx: Queryable,
  words: readonly string[],
  keys: readonly ResourceKey[],
): AsyncGenerator<readonly VersionContent[], void, undefined> {
  return readByCursor<VersionContent>(
    tx,
    'past_versions_with',
    `select type, id, version, content::text as content from resource_history r
      where content is not null
        and ((type, id) in (select * from unnest($2::text[], $3::text[])) or ${HOLDS_ONE})`,
    [patternsOf(words), ...columnsOf(keys)],
    PAGE,
  );
}

/** Of whole resources. */
const PAGE = 200;

/** One text against all patterns: it may have to be unpacked, and that takes longer than to compare. */
const HOLDS_ONE = 'r.content::text like any ($1::text[])';

/** The same, less the number of the version, which is ours and equals many a short identifier. */
const MENTIONS_ONE = `replace(r.content::text, '"versionId":"' || r.version || '"', '') like any ($1::text[])`;

function patternsOf(words: readonly string[]): readonly string[] {
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

/** The last content of Patients that were deleted: of this one, or of those that hold one of these words. */
export function readDeletedPatients(
  tx: Queryable,
  words: readonly string[],
  id: string,
): Promise<readonly VersionContent[]> {
  return tx.query<VersionContent>(
    `select type, id, version, content::text as content
       from (select distinct on (h.id) h.* from resource_history h
              where h.type = 'Patient' and h.content is not null
                and not exists (select from resource c where c.type = 'Patient' and c.id = h.id)
              order by h.id, h.version desc) as r
      where id = $2 or ${HOLDS_ONE}`,
    [patternsOf(words), id],
  );
}

/** What holds one of these words in a version that is kept. */
export function readMentioning(tx: Queryable, words: readonly string[]): Promise<readonly ResourceKey[]> {
  return tx.query<ResourceKey>(
    `select type, id from resource r where ${MENTIONS_ONE}
     union
     select type, id from resource_history r where content is not null and ${MENTIONS_ONE}
     order by type, id`,
    [patternsOf(words)],
  );
}

/** Every version of these Patients that is kept. */
export function readPatientVersions(
  tx: Queryable,
  patientIds: readonly string[],
): Promise<readonly { readonly content: string }[]> {
  return tx.query<{ readonly content: string }>(
    `select content::text as content from resource where type = 'Patient' and id = any ($1::text[])
     union all
     select content::text from resource_history
      where type = 'Patient' and id = any ($1::text[]) and content is not null`,
    [patientIds],
  );
}

export async function removeVersions(
  tx: Queryable,
  versions: readonly Omit<VersionContent, 'content'>[],
): Promise<void> {
  if (versions.length === 0) return;
  await tx.query(
    `delete from resource_history
      where (type, id, version) in (select * from unnest($1::text[], $2::text[], $3::integer[]))`,
    [...columnsOf(versions), versions.map(({ version }) => version)],
  );
}

/** Puts another content in the place of that of replaced versions; their numbers stay. */
export async function rewriteVersions(tx: Queryable, versions: readonly VersionContent[]): Promise<void> {
  if (versions.length === 0) return;
  await tx.query(
    `update resource_history h set content = v.content::json
       from unnest($1::text[], $2::text[], $3::integer[], $4::text[]) as v (type, id, version, content)
      where h.type = v.type and h.id = v.id and h.version = v.version`,
    [...columnsOf(versions), versions.map(({ version }) => version), versions.map(({ content }) => content)],
  );
}

function columnsOf(keys: readonly ResourceKey[]): readonly (readonly string[])[] {
  return [keys.map(({ type }) => type), keys.map(({ id }) => id)];
}
