import { isSingleValued } from '../../fhir/search/single-valued.ts';
import type { Queryable } from '../database.ts';
import { conditionsOf } from './criterion-sql.ts';
import type { FoundResource, Search, SearchCursor } from './found-resource.ts';
import { SqlParameters } from './sql-parameters.ts';

/**
 * Matches behind the cursor that have a date, at most `limit`, where a search of many is sorted by that one date: they are
 * met in the order of its index, so that nothing is sorted but the page. Undefined where it is sorted otherwise. What comes
 * last is not among them: what has no date and, the latest first, what has one without a beginning.
 */
export async function walkByDate(
  db: Queryable,
  search: Search,
  limit: number,
  after: SearchCursor | undefined,
): Promise<readonly FoundResource[] | undefined> {
  const [key, ...more] = search.sort;
  if (key?.type !== 'date' || more.length > 0 || !isSingleValued(search.type, key.parameter)) {
    return undefined;
  }
  const parameters = new SqlParameters();
  const conditions = [
    `x.type = ${parameters.add(search.type, 'text')}`,
    `x.parameter = ${parameters.add(key.parameter, 'text')}`,
    conditionsOf(search, parameters),
  ];
  if (key.descending) conditions.push(`x.low > '-infinity'`);
  if (after !== undefined) {
    const value = parameters.add(after.values[0] ?? '', 'timestamptz');
    const beyond = key.descending ? '<' : '>';
    const isLater = `r.seq > ${parameters.add(after.seq, 'bigint')}`;
    conditions.push(`x.low ${beyond}= ${value} and (x.low ${beyond} ${value} or ${isLater})`);
  }
  return db.query<FoundResource>(
    `select r.type, r.id, r.seq, array[x.low::text] as "sortValues", r.content::text as content
       from search_date x join resource r on r.seq = x.seq
      where ${conditions.join(' and ')}
      order by x.low ${key.descending ? 'desc' : 'asc'}, r.seq
      limit ${parameters.add(limit, 'bigint')}`,
    parameters.values,
  );
}
