/** Criteria of a search as conditions of SQL. Every value is a parameter; names come from our own tables. */
import { combineDates } from '../../fhir/search/combine-dates.ts';
import type { Criterion, DateTest } from '../../fhir/search/criterion.ts';
import type { SearchRequest } from '../../fhir/search/search-request.ts';
import { compareSql } from './compare-sql.ts';
import { dateSql } from './date-sql.ts';
import { quantitySql } from './quantity-sql.ts';
import type { SqlParameters } from './sql-parameters.ts';
import { tokenHashes } from './token-hash.ts';

/** The condition on the row `r` of table resource that a search is of. */
export function conditionsOf(
  { type, criteria }: Pick<SearchRequest, 'type' | 'criteria'>,
  parameters: SqlParameters,
): string {
  const own = `${START}.type = ${parameters.add(type, 'text')}`;
  const asked = combineDates(type, criteria).map((one) => criterionSql(one, type, START, parameters));
  return [own, ...asked].join(' and ');
}

/** Name of the row that a search looks at. */
const START = 'r';

/** The condition on the row `alias` of table resource, which is of that type. */
export function criterionSql(
  criterion: Criterion,
  type: string,
  alias: string,
  parameters: SqlParameters,
): string {
  switch (criterion.kind) {
    case 'all':
      return joined(
        criterion.of.map((one) => criterionSql(one, type, alias, parameters)),
        'and',
      );
    case 'any':
      return anySql(criterion.of, type, alias, parameters);
    case 'not':
      return `not ${criterionSql(criterion.of, type, alias, parameters)}`;
    case 'words':
      return `${alias}.tokens && ${parameters.add(tokenHashes(type, criterion.words), 'bigint[]')}`;
    case 'ids':
      return `${alias}.id = any (${parameters.add(criterion.ids, 'text[]')})`;
    case 'updated':
      return joined(
        criterion.tests.map((test) => updatedSql(test, alias, parameters)),
        'or',
      );
    case 'dates':
      return inIndex(
        'search_date',
        type,
        criterion.parameter,
        alias,
        parameters,
        criterion.alternatives
          .map((tests) =>
            joined(
              tests.map((test) => dateSql(test, parameters)),
              'or',
            ),
          )
          .join(' and '),
      );
    case 'quantities': {
      const beside =
        criterion.concepts.length === 0
          ? ''
          : ` and x.concepts && ${parameters.add(tokenHashes(type, criterion.concepts), 'bigint[]')}`;
      const tests = criterion.tests.map((test) => `(${quantitySql(test, parameters)}${beside})`);
      return inIndex('search_quantity', type, criterion.parameter, alias, parameters, joined(tests, 'or'));
    }
    case 'strings':
      return inIndex(
        'search_string',
        type,
        criterion.parameter,
        alias,
        parameters,
        stringSql(criterion.texts, criterion.within, parameters),
      );
    case 'references':
      return referenceSql(criterion, type, alias, parameters);
    default:
      return linkSql(criterion, type, alias, parameters);
  }
}

/**
 * Alternatives that look into other tables are looked for one by one: where they stand in an `or`, PostgreSQL walks the
 * whole type and asks each of every resource.
 */
function anySql(of: readonly Criterion[], type: string, alias: string, parameters: SqlParameters): string {
  const near = of.filter(isOwn);
  const far = of.filter((one) => !isOwn(one));
  const alternative = (criteria: readonly Criterion[], row: string): string =>
    joined(
      criteria.map((one) => criterionSql(one, type, row, parameters)),
      'or',
    );
  if (far.length === 0 || of.length === 1) return alternative(of, alias);
  const groups = [...(near.length === 0 ? [] : [near]), ...far.map((one) => [one])];
  const found = groups.map((criteria) => {
    const row = parameters.alias();
    const ofType = `${row}.type = ${parameters.add(type, 'text')}`;
    return `select ${row}.seq from resource ${row} where ${ofType} and ${alternative(criteria, row)}`;
  });
  return `${alias}.seq in (${found.join(' union all ')})`;
}

/** Whether the row of the resource itself tells. */
function isOwn(criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.of.every(isOwn);
    case 'not':
      return isOwn(criterion.of);
    default:
      return criterion.kind === 'words' || criterion.kind === 'ids' || criterion.kind === 'updated';
  }
}

function inIndex(
  table: string,
  type: string,
  parameter: string,
  alias: string,
  parameters: SqlParameters,
  test: string,
): string {
  const scope = `x.type = ${parameters.add(type, 'text')} and x.parameter = ${parameters.add(parameter, 'text')}`;
  return `${alias}.seq in (select x.seq from ${table} x where ${scope} and ${test})`;
}

function joined(conditions: readonly string[], word: 'and' | 'or'): string {
  if (conditions.length === 0) return word === 'and' ? 'true' : 'false';
  return `(${conditions.join(` ${word} `)})`;
}

/** An instant of the server is stored to the millisecond. */
function updatedSql({ prefix, low, high }: DateTest, alias: string, parameters: SqlParameters): string {
  const column = `${alias}.last_updated`;
  const from = parameters.whenUsed(low, 'timestamptz');
  return compareSql(
    prefix,
    { low: column, high: column },
    { from, to: parameters.whenUsed(high, 'timestamptz') },
  );
}

/** Texts that begin with one of these, or hold one. A single pattern is given by itself, for it can use the index. */
function stringSql(texts: readonly string[], within: boolean, parameters: SqlParameters): string {
  const patterns = texts.map((text) => `${within ? '%' : ''}${text.replace(/[\\%_]/g, '\\$&')}%`);
  const [only] = patterns;
  return patterns.length === 1
    ? `x.value like ${parameters.add(only, 'text')}`
    : `x.value like any (${parameters.add(patterns, 'text[]')})`;
}

function referenceSql(
  { parameter, tests, types }: Extract<Criterion, { readonly kind: 'references' }>,
  type: string,
  alias: string,
  parameters: SqlParameters,
): string {
  const conditions = [...Map.groupBy(tests, (test) => test.type)].map(([named, group]) =>
    targetSql(
      named,
      group.map(({ id }) => id),
      types,
      parameters,
    ),
  );
  return `${alias}.id in (
    select x.source_id from reference x
     where x.source_type = ${parameters.add(type, 'text')} and ${parameters.add(parameter, 'text')} = any (x.parameters)
       and ${joined(conditions, 'or')})`;
}

/** One of these ids, of the named type or else of any of `types`. */
function targetSql(
  type: string | undefined,
  ids: readonly string[],
  types: readonly string[],
  parameters: SqlParameters,
): string {
  if (type !== undefined && types.length > 0 && !types.includes(type)) return 'false';
  const isTarget = `x.target_id = any (${parameters.add(ids, 'text[]')})`;
  if (type !== undefined) return `(x.target_type = ${parameters.add(type, 'text')} and ${isTarget})`;
  if (types.length === 0) return isTarget;
  return `(x.target_type = any (${parameters.add(types, 'text[]')}) and ${isTarget})`;
}

/**
 * Over one reference, forwards or backwards. What lies behind a second one is found by itself (`offset 0`): PostgreSQL
 * would take the first for leading to few, and walk all that it leads to.
 */
function linkSql(
  { kind, parameter, type: other, criterion }: Extract<Criterion, { readonly kind: 'chain' | 'has' }>,
  type: string,
  alias: string,
  parameters: SqlParameters,
): string {
  const isFurther = alias !== START;
  const [near, far] = kind === 'chain' ? ['source', 'target'] : ['target', 'source'];
  const linked = parameters.alias();
  return `${alias}.id in (
    select x.${near}_id from reference x
      join resource ${linked} on ${linked}.type = x.${far}_type and ${linked}.id = x.${far}_id
     where x.${near}_type = ${parameters.add(type, 'text')} and x.${far}_type = ${parameters.add(other, 'text')}
       and ${parameters.add(parameter, 'text')} = any (x.parameters)
       and ${criterionSql(criterion, other, linked, parameters)}${isFurther ? ' offset 0' : ''})`;
}
