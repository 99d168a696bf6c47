/** Criteria of a search as conditions of SQL. Every value is a parameter; names come from our own tables. */
import { rejection } from '../core/cartograph-error.ts';
import type { Criterion, DateTest, Prefix, QuantityTest } from '../fhir/search/criterion.ts';
import { comparable } from '../fhir/search/quantity-row.ts';
import { indexed } from './identifier-index.ts';
import { tokenHashes } from './token-hash.ts';

/** PostgreSQL takes no more parameters in one statement. */
const MAX_VALUES = 65_535;

/** Collects the parameters of a statement. Throws `parameter-invalid` where they are too many. */
export class SqlParameters {
  readonly values: unknown[] = [];
  #aliases = 0;

  /** Place of the value in the statement, such as `$3::text[]`. */
  add(value: unknown, type: string): string {
    if (this.values.length === MAX_VALUES) throw tooManyValues();
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /** The place of a value that is only made a parameter where the statement comes to use it. */
  whenUsed(value: unknown, type: string): () => string {
    let place: string | undefined;
    return () => {
      place ??= this.add(value, type);
      return place;
    };
  }

  /** A table name that no other part of the statement uses. */
  alias(): string {
    this.#aliases += 1;
    return `t${this.#aliases}`;
  }
}

/** Name of the row that a search looks at. */
export const START = 'r';

/** The condition on the row `alias` of table resource, which is of that type. */
export function criterionSql(
  criterion: Criterion,
  type: string,
  alias: string,
  parameters: SqlParameters,
): string {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return joined(
        criterion.of.map((one) => criterionSql(one, type, alias, parameters)),
        criterion.kind === 'all' ? 'and' : 'or',
      );
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
        criterion.tests.map((test) => dateSql(test, parameters)),
      );
    case 'quantities': {
      const beside =
        criterion.concepts.length === 0
          ? ''
          : ` and x.concepts && ${parameters.add(tokenHashes(type, criterion.concepts), 'bigint[]')}`;
      const tests = criterion.tests.map((test) => `(${quantitySql(test, parameters)}${beside})`);
      return inIndex('search_quantity', type, criterion.parameter, alias, parameters, tests);
    }
    case 'strings':
      return inIndex('search_string', type, criterion.parameter, alias, parameters, [
        stringSql(criterion.texts, criterion.within, parameters),
      ]);
    case 'references':
      return referenceSql(criterion, type, alias, parameters);
    default:
      return linkSql(criterion, type, alias, parameters);
  }
}

function inIndex(
  table: string,
  type: string,
  parameter: string,
  alias: string,
  parameters: SqlParameters,
  tests: readonly string[],
): string {
  const scope = `x.type = ${parameters.add(type, 'text')} and x.parameter = ${parameters.add(parameter, 'text')}`;
  return `${alias}.seq in (select x.seq from ${table} x where ${scope} and ${joined(tests, 'or')})`;
}

function joined(conditions: readonly string[], word: 'and' | 'or'): string {
  if (conditions.length === 0) return word === 'and' ? 'true' : 'false';
  return `(${conditions.join(` ${word} `)})`;
}

/**
 * How a stored stretch lies to the one that is asked for (FHIR R4, search, 3.1.1.4.5), whose end is part of it unless
 * `isOpen`.
 */
function compare(
  prefix: Prefix,
  low: string,
  high: string,
  [from, to]: readonly [() => string, () => string],
  isOpen = false,
): string {
  const isBelow = isOpen ? '<' : '<=';
  // That the lower end is below the end too follows, and lets the index stop there.
  const within = (): string =>
    `(${low} >= ${from()} and ${low} ${isBelow} ${to()} and ${high} ${isBelow} ${to()})`;
  switch (prefix) {
    case 'eq':
      return within();
    case 'ne':
      return `not ${within()}`;
    case 'gt':
      return `${high} > ${to()}`;
    case 'lt':
      return `${low} < ${from()}`;
    case 'ge':
      return `(${high} > ${to()} or ${within()})`;
    case 'le':
      return `(${low} < ${from()} or ${within()})`;
    case 'sa':
      return `${low} > ${to()}`;
    case 'eb':
      return `${high} < ${from()}`;
    case 'ap':
      return `(${low} <= ${to()} and ${high} >= ${from()})`;
  }
}

function dateSql({ prefix, low, high }: DateTest, parameters: SqlParameters): string {
  return compare(prefix, 'x.low', 'x.high', limitsOf({ low, high }, 'timestamptz', parameters));
}

/** An instant of the server is stored to the millisecond. */
function updatedSql({ prefix, low, high }: DateTest, alias: string, parameters: SqlParameters): string {
  const column = `${alias}.last_updated`;
  return compare(prefix, column, column, limitsOf({ low, high }, 'timestamptz', parameters));
}

function limitsOf(
  { low, high }: { readonly low: unknown; readonly high: unknown },
  type: string,
  parameters: SqlParameters,
): readonly [() => string, () => string] {
  return [parameters.whenUsed(low, type), parameters.whenUsed(high, type)];
}

/** Texts that begin with one of these, or hold one. A single pattern is given by itself, for it can use the index. */
function stringSql(texts: readonly string[], within: boolean, parameters: SqlParameters): string {
  const patterns = texts.map((text) => `${within ? '%' : ''}${text.replace(/[\\%_]/g, '\\$&')}%`);
  const [only] = patterns;
  return patterns.length === 1
    ? `x.value like ${parameters.add(only, 'text')}`
    : `x.value like any (${parameters.add(patterns, 'text[]')})`;
}

const APPROXIMATION = 0.1;

/** With a unit, in the base units of its dimension where UCUM has it, else in the very unit. */
function quantitySql({ prefix, value, range, unit }: QuantityTest, parameters: SqlParameters): string {
  const margin = Math.abs(value) * APPROXIMATION;
  // The digits that were written widen what is equal, never what is greater or less.
  const isOpen = prefix === 'eq' || prefix === 'ne';
  const limits = isOpen
    ? range
    : prefix === 'ap'
      ? { low: value - margin, high: value + margin }
      : { low: value, high: value };
  if (unit === undefined) {
    return compare(prefix, 'x.low', 'x.high', limitsOf(limits, 'float8', parameters), isOpen);
  }
  if (unit.system === '') {
    const code = parameters.add(indexed(unit.code), 'text');
    const within = compare(prefix, 'x.low', 'x.high', limitsOf(limits, 'float8', parameters), isOpen);
    return `((x.code = ${code} or x.unit = ${code}) and ${within})`;
  }
  const { dimension, canonicalLow, canonicalHigh } = comparable(unit, limits);
  const ends = limitsOf({ low: canonicalLow, high: canonicalHigh }, 'float8', parameters);
  const sameDimension = `x.dimension = ${parameters.add(indexed(dimension), 'text')}`;
  return `(${sameDimension} and ${compare(prefix, 'x.canonical_low', 'x.canonical_high', ends, isOpen)})`;
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

function tooManyValues(): Error {
  return rejection('parameter-invalid', 'The search has too many values', {
    found: `more than ${MAX_VALUES}`,
    expected: 'several searches',
  });
}
