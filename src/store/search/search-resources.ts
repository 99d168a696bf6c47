/** Carries out searches: a page of matches in a stable order, their number, and what is included with them. */
import type { Include, SearchRequest, SortKey } from '../../fhir/search/search-request.ts';
import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';
import { conditionsOf } from './criterion-sql.ts';
import type { FoundResource, Search, SearchCursor } from './found-resource.ts';
import { SqlParameters } from './sql-parameters.ts';
import { walkByDate } from './walk-by-date.ts';

/** Above this many matches they are only counted when asked for. */
const MAX_COUNTED = 10_000;

/** Up to so many matches are gathered and sorted; more are met soon enough in the order of the table. */
const MAX_GATHERED = 2_000;

/**
 * Matches of any of the searches behind the cursor, at most `limit`; they are of different types and sorted alike. `total` is their number where it is known: PostgreSQL takes few matches
 * for more than they are, and would walk the whole table in search of a page of them.
 */
export async function findResources(
  db: Queryable,
  searches: readonly Search[],
  limit: number,
  after?: SearchCursor,
  total = Number.POSITIVE_INFINITY,
): Promise<readonly FoundResource[]> {
  const [only, ...more] = searches;
  if (only !== undefined && more.length === 0 && total > MAX_GATHERED) {
    const walked = await walkByDate(db, only, limit, after);
    // A page that is not full may go on with what has no date.
    if (walked?.length === limit) return walked;
  }
  const parameters = new SqlParameters();
  const branches = searches.map((search) => {
    const sorts = search.sort.map((key) => sortSql(key, search.type, parameters));
    const selected = sorts.map(({ sql }, index) => `, ${sql} as k${index}`).join('');
    const where = conditionsOf(search, parameters);
    return { sorts, sql: `select r.type, r.id, r.seq${selected} from resource r where ${where}` };
  });
  const keys = branches[0]?.sorts ?? [];
  const orderOf = (table: string): string =>
    [
      ...keys.map(({ descending }, index) => `${table}k${index}${descending ? ' desc' : ''}`),
      `${table}seq`,
    ].join();
  const behind = after === undefined ? 'true' : behindSql(keys, after, parameters);
  const shown = keys.map((_key, index) => `p.k${index}::text`).join();
  return db.query<FoundResource>(
    `with found as ${total > MAX_GATHERED ? 'not materialized' : 'materialized'} (
       ${branches.map(({ sql }) => sql).join(' union all ')})
     select p.type, p.id, p.seq, array[${shown}]::text[] as "sortValues", r.content::text as content
       from (select * from found
              where ${behind}
              order by ${orderOf('')} limit ${parameters.add(limit, 'bigint')}) as p
       join resource r on r.type = p.type and r.id = p.id
      order by ${orderOf('p.')}`,
    parameters.values,
  );
}

/** Searches that go into one statement: more save little and take long to plan. */
const SEARCHES_AT_ONCE = 50;

/** Ids of the matches of each search, at most `limit`, in no order. */
export async function findIdsOfEach(
  db: Queryable,
  searches: readonly Pick<SearchRequest, 'type' | 'criteria'>[],
  limit: number,
): Promise<readonly (readonly string[])[]> {
  if (searches.length === 0) return [];
  const parameters = new SqlParameters();
  const selects = searches.slice(0, SEARCHES_AT_ONCE).map((search, n) => {
    const where = conditionsOf(search, parameters);
    // Planned for all matches and read up to the limit: planned for a few of them, it would walk the table for a rare one.
    return `(with found as materialized (select r.id from resource r where ${where})
             select ${n} as n, id from found limit ${parameters.add(limit, 'bigint')})`;
  });
  const rows = await db.query<{ readonly n: number; readonly id: string }>(
    selects.join(' union all '),
    parameters.values,
  );
  const found = Map.groupBy(rows, ({ n }) => n);
  return [
    ...selects.map((_select, n) => (found.get(n) ?? []).map(({ id }) => id)),
    ...(await findIdsOfEach(db, searches.slice(SEARCHES_AT_ONCE), limit)),
  ];
}

/**
 * The number of matches of all the searches; undefined where there are many and nobody asked for it. Where nobody wants it, it is still
 * found out whether they are few, for `findResources`.
 */
export async function countResources(
  db: Queryable,
  searches: readonly Search[],
  total: SearchRequest['total'],
): Promise<number | undefined> {
  const parameters = new SqlParameters();
  const branches = searches.map(
    (search) => `select from resource r where ${conditionsOf(search, parameters)}`,
  );
  const most = total === 'none' ? MAX_GATHERED : total === undefined ? MAX_COUNTED : undefined;
  const limit = most === undefined ? '' : `limit ${most + 1}`;
  const [row] = await db.query<{ readonly n: string }>(
    `select count(*) as n from (${branches.join(' union all ')} ${limit}) as found`,
    parameters.values,
  );
  const found = Number(row?.n ?? 0);
  return most !== undefined && found > most ? undefined : found;
}

/** What one include adds to these resources, at most `limit`. */
export async function findIncluded(
  db: Queryable,
  { source, parameter, target, isReverse }: Include,
  from: readonly ResourceKey[],
  limit: number,
): Promise<readonly FoundResource[]> {
  const [near, far] = isReverse ? ['target', 'source'] : ['source', 'target'];
  const starts = isReverse || source === '*' ? from : from.filter(({ type }) => type === source);
  if (starts.length === 0) return [];
  const parameters = new SqlParameters();
  const types = parameters.add(
    starts.map(({ type }) => type),
    'text[]',
  );
  const ids = parameters.add(
    starts.map(({ id }) => id),
    'text[]',
  );
  const conditions = source === '*' ? [] : [`x.source_type = ${parameters.add(source, 'text')}`];
  if (target !== undefined) conditions.push(`x.target_type = ${parameters.add(target, 'text')}`);
  conditions.push(
    parameter === '*'
      ? 'x.parameters <> array[]::text[]'
      : `${parameters.add(parameter, 'text')} = any (x.parameters)`,
  );
  return db.query<FoundResource>(
    `select r.type, r.id, r.seq, r.content::text as content, array[]::text[] as "sortValues"
       from resource r
      where (r.type, r.id) in (
        select x.${far}_type, x.${far}_id
          from unnest(${types}, ${ids}) as k (type, id)
          join reference x on x.${near}_type = k.type and x.${near}_id = k.id
         where ${conditions.join(' and ')})
      order by r.type, r.seq limit ${parameters.add(limit, 'bigint')}`,
    parameters.values,
  );
}

interface SortSql {
  readonly sql: string;
  readonly sqlType: string;
  readonly descending: boolean;
}

/** What lacks the value comes last, in either direction. */
function sortSql(
  { parameter, type, descending }: SortKey,
  owner: string,
  parameters: SqlParameters,
): SortSql {
  if (type === 'id') return { sql: 'r.id collate "C"', sqlType: 'text', descending };
  if (type === 'updated') return { sql: 'r.last_updated', sqlType: 'timestamptz', descending };
  const [table, column, sqlType, first, last] =
    SORTED_BY[type === 'date' || type === 'string' ? type : 'quantity'];
  const scope = `x.type = ${parameters.add(owner, 'text')} and x.parameter = ${parameters.add(parameter, 'text')}`;
  const chosen = descending ? `max(x.${column})` : `min(x.${column})`;
  const absent = `'${descending ? first : last}'::${sqlType}`;
  const value = `(select ${chosen} from ${table} x where ${scope} and x.seq = r.seq)`;
  const collated = type === 'string' ? ' collate "C"' : '';
  return { sql: `coalesce(${value}, ${absent})${collated}`, sqlType, descending };
}

/** Table, column, its type, and what sorts before and behind every value. */
const SORTED_BY = {
  date: ['search_date', 'low', 'timestamptz', '-infinity', 'infinity'],
  string: ['search_string', 'value', 'text', '', '\u{10ffff}'],
  quantity: ['search_quantity', 'canonical_low', 'float8', '-Infinity', 'Infinity'],
} as const;

/** Rows that come after the cursor in the order of all keys, seq being the last. */
function behindSql(
  keys: readonly SortSql[],
  { values, seq }: SearchCursor,
  parameters: SqlParameters,
): string {
  const places = keys.map(({ sqlType }, index) => parameters.add(values[index] ?? '', sqlType));
  const alternatives = [...keys, undefined].map((key, index) => {
    const equal = places.slice(0, index).map((place, n) => `k${n} = ${place}`);
    const next =
      key === undefined
        ? `seq > ${parameters.add(seq, 'bigint')}`
        : `k${index} ${key.descending ? '<' : '>'} ${places[index]}`;
    return `(${[...equal, next].join(' and ')})`;
  });
  return `(${alternatives.join(' or ')})`;
}
