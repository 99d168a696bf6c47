/** What an export reads, page by page, within one snapshot. */

import { SUBJECT_ELEMENTS } from '../../fhir/references.ts';
import type { Criterion } from '../../fhir/search/criterion.ts';
import type { Queryable } from '../database.ts';
import { personSurroundings } from '../person/person-surroundings.ts';
import { FOLLOWED_TYPES, MAX_STEPS } from '../person/stale-patients.ts';
import { readByCursor } from '../read-by-cursor.ts';
import { criterionSql } from '../search/criterion-sql.ts';
import { SqlParameters } from '../search/sql-parameters.ts';

/** Everybody's Patients, or these. */
export type ExportPatients = 'all' | readonly string[];

/**
 * Makes the temporary table `exported`: the Patients that are stored, what is about them, what lies behind that, what
 * that refers to in one step (who performed it, where), and the Provenance of any of it.
 */
export async function markExported(tx: Queryable, patients: ExportPatients): Promise<void> {
  const ids =
    patients === 'all'
      ? await tx.query<{ readonly id: string }>(`select id from resource where type = 'Patient'`)
      : patients.map((id) => ({ id }));
  await tx.query(
    'create temporary table exported (type text, id text, primary key (type, id)) on commit drop',
  );
  await tx.query(
    `insert into exported
     with recursive
       ${personSurroundings()}
     select type, id from beside
     union
     select e.source_type, e.source_id
       from beside n join edge e on e.target_type = n.type and e.target_id = n.id
      where e.source_type = 'Provenance'`,
    [ids.map(({ id }) => id), FOLLOWED_TYPES, MAX_STEPS],
  );
  await tx.query('analyze exported');
}

/** Those of the ids of which there is a Patient. */
export async function storedPatients(db: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await db.query<{ readonly id: string }>(
    `select id from resource where type = 'Patient' and id = any ($1::text[])`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Types of which there is something, in alphabetical order. */
export async function listStoredTypes(tx: Queryable): Promise<readonly string[]> {
  // One look into the index for each type, not one for each resource.
  const rows = await tx.query<{ readonly type: string }>(
    `with recursive t (type) as (
       (select type from resource order by type limit 1)
       union all
       select (select r.type from resource r where r.type > t.type order by r.type limit 1)
         from t where t.type is not null)
     select type from t where type is not null order by type`,
  );
  return rows.map(({ type }) => type);
}

export interface ExportQuery {
  readonly type: string;
  /** ISO instant: only what was stored after it. */
  readonly since: string | undefined;
  /** Only what is in the table that `markExported` made. */
  readonly isMarked: boolean;
  /** Each a whole search, of which one must hold; empty for no condition. */
  readonly filters: readonly (readonly Criterion[])[];
}

export interface ExportedResource {
  readonly id: string;
  readonly seq: string;
  readonly content: string;
}

const PAGE = 1_000;
/** Compressed bytes after which a page ends, so that large resources make no large page. */
const PAGE_BYTES = 1_000_000;

/** The next resources behind this place; none at the end. */
export function readExportPage(
  tx: Queryable,
  { type, since, isMarked, filters }: ExportQuery,
  afterSeq: string,
): Promise<readonly ExportedResource[]> {
  const parameters = new SqlParameters();
  const conditions = [
    `r.type = ${parameters.add(type, 'text')}`,
    `r.seq > ${parameters.add(afterSeq, 'bigint')}`,
    ...(since === undefined ? [] : [`r.last_updated > ${parameters.add(since, 'timestamptz')}`]),
    ...(isMarked ? ['exists (select from exported x where x.type = r.type and x.id = r.id)'] : []),
  ];
  const searches = filters.map((criteria) =>
    ['true', ...criteria.map((one) => criterionSql(one, type, 'r', parameters))].join(' and '),
  );
  if (searches.length > 0) conditions.push(`(${searches.map((one) => `(${one})`).join(' or ')})`);
  return tx.query<ExportedResource>(
    `select id, seq, content::text as content
       from (select r.id, r.seq, r.content,
                    sum(pg_column_size(r.content)) over (order by r.seq) - pg_column_size(r.content) as before
               from (select * from resource r where ${conditions.join(' and ')} order by r.seq limit ${PAGE}) as r) as p
      where before < ${PAGE_BYTES}
      order by seq`,
    parameters.values,
  );
}

export interface DeletedResource {
  readonly type: string;
  readonly id: string;
}

/**
 * Resources that were deleted after the instant and are not there now, page by page. Of Patients, or of what was about
 * one of these in a version that is kept, where `patients` is not undefined; of an erased person, and of what was
 * deleted before the version horizon, nothing tells any more what was about whom.
 */
export function readDeleted(
  tx: Queryable,
  since: string,
  types: readonly string[] | undefined,
  patients: ExportPatients | undefined,
): AsyncGenerator<readonly DeletedResource[], void, undefined> {
  return readByCursor<DeletedResource>(
    tx,
    'deleted',
    `select h.type, h.id
       from (select distinct type, id from resource_history
              where content is null and last_updated > $1::timestamptz
                and ($2::text[] is null or type = any ($2::text[]))) as h
      where not exists (select from resource r where r.type = h.type and r.id = h.id)
        and (not $3::boolean
             or (h.type = 'Patient' and ($4::text[] is null or h.id = any ($4::text[])))
             or exists (${WAS_ABOUT_ONE}))
      order by h.type, h.id`,
    [
      since,
      types ?? null,
      patients !== undefined,
      patients === undefined || patients === 'all' ? null : patients,
      [...SUBJECT_ELEMENTS],
    ],
  );
}

/** A version of \`h\` whose subject, in one of the elements of $5, is a Patient, of $4 where that is not null. */
const WAS_ABOUT_ONE = `
  select from resource_history o
   cross join lateral json_each(o.content) as e (name, value)
   cross join lateral json_array_elements(
     case json_typeof(e.value) when 'array' then e.value else json_build_array(e.value) end) as s (subject)
   cross join lateral (
     select substring(subject ->> 'reference' from '(?:^|/)Patient/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$') as id
     union all
     select i.id from identifier i
      where i.type = 'Patient' and i.value = subject #>> '{identifier,value}'
        and i.system = coalesce(subject #>> '{identifier,system}', '')) as p
   where o.type = h.type and o.id = h.id and e.name = any ($5::text[]) and json_typeof(subject) = 'object'
     and p.id is not null and ($4::text[] is null or p.id = any ($4::text[]))`;
