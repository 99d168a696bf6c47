/** Criteria of a search, asked of a resource that is not stored yet: what store/search/criterion-sql.ts asks in SQL. */
import { allOf, anyOf, fromBoolean, not, type Tristate } from '../../core/tristate.ts';
import { parseReference } from '../references.ts';
import type { Criterion, DateTest, Prefix, QuantityTest, ReferenceTest } from './criterion.ts';
import { quantityLimits } from './quantity-limits.ts';
import { comparable } from './quantity-row.ts';
import type { DateRow, QuantityRow, SearchRows } from './search-rows.ts';

/** A resource as a search would see it. */
export interface Searched {
  readonly id: string;
  readonly rows: SearchRows;
  /** False while its references may still be replaced. */
  readonly hasFinalReferences: boolean;
}

/** UNKNOWN where other resources decide, the time of storing, or references that are not final. */
export function meetsByRows(criterion: Criterion, one: Searched): Tristate {
  const { id, rows } = one;
  switch (criterion.kind) {
    case 'all':
      return allOf(criterion.of.map((part) => meetsByRows(part, one)));
    case 'any':
      return anyOf(criterion.of.map((part) => meetsByRows(part, one)));
    case 'not':
      return not(meetsByRows(criterion.of, one));
    case 'words':
      return fromBoolean(criterion.words.some((word) => rows.tokens.has(word)));
    case 'ids':
      return fromBoolean(criterion.ids.includes(id));
    case 'dates':
      return fromBoolean(
        rows.dates.some(
          (row) =>
            row.parameter === criterion.parameter &&
            criterion.alternatives.every((tests) => tests.some((test) => meetsDate(test, row))),
        ),
      );
    case 'quantities':
      return fromBoolean(rows.quantities.some((row) => meetsQuantity(criterion, row)));
    case 'strings':
      return fromBoolean(
        rows.strings.some(
          ({ parameter, text }) =>
            parameter === criterion.parameter &&
            criterion.texts.some((wanted) =>
              criterion.within ? text.includes(wanted) : text.startsWith(wanted),
            ),
        ),
      );
    case 'references':
      return one.hasFinalReferences ? fromBoolean(meetsReference(criterion, rows)) : 'UNKNOWN';
    default:
      return 'UNKNOWN';
  }
}

function meetsDate({ prefix, low, high }: DateTest, row: DateRow): boolean {
  return lies(prefix, timeOf(row.low), timeOf(row.high), timeOf(low), timeOf(high), false);
}

function timeOf(instant: string): number {
  if (instant === 'infinity') return Number.POSITIVE_INFINITY;
  return instant === '-infinity' ? Number.NEGATIVE_INFINITY : Date.parse(instant);
}

/** How a stored stretch lies to the one that is asked for (FHIR R4, search, 3.1.1.4.5). */
function lies(prefix: Prefix, low: number, high: number, from: number, to: number, isOpen: boolean): boolean {
  const isWithin = low >= from && (isOpen ? low < to && high < to : high <= to);
  switch (prefix) {
    case 'eq':
      return isWithin;
    case 'ne':
      return !isWithin;
    case 'gt':
      return high > to;
    case 'lt':
      return low < from;
    case 'ge':
      return high > to || isWithin;
    case 'le':
      return low < from || isWithin;
    case 'sa':
      return low > to;
    case 'eb':
      return high < from;
    case 'ap':
      return low <= to && high >= from;
  }
}

function meetsQuantity(
  { parameter, tests, concepts }: Extract<Criterion, { readonly kind: 'quantities' }>,
  row: QuantityRow,
): boolean {
  if (row.parameter !== parameter) return false;
  if (concepts.length > 0 && !concepts.some((word) => row.concepts.includes(word))) return false;
  return tests.some((test) => meetsQuantityTest(test, row));
}

function meetsQuantityTest(test: QuantityTest, row: QuantityRow): boolean {
  const { prefix, unit } = test;
  const { isOpen, ...limits } = quantityLimits(test);
  if (unit !== undefined && unit.system !== '') {
    const { dimension, canonicalLow, canonicalHigh } = comparable(unit, limits);
    return (
      row.dimension === dimension &&
      lies(prefix, row.canonicalLow, row.canonicalHigh, canonicalLow, canonicalHigh, isOpen)
    );
  }
  if (unit !== undefined && row.code !== unit.code && row.unit !== unit.code) return false;
  return lies(prefix, row.low, row.high, limits.low, limits.high, isOpen);
}

function meetsReference(
  { parameter, tests, types }: Extract<Criterion, { readonly kind: 'references' }>,
  { references }: SearchRows,
): boolean {
  return [...references].some(([text, parameters]) => {
    const form = parseReference(text);
    return (
      form.form === 'literal' &&
      parameters.has(parameter) &&
      (types.length === 0 || types.includes(form.type)) &&
      tests.some(
        ({ type, id }: ReferenceTest) => id === form.id && (type === undefined || type === form.type),
      )
    );
  });
}
