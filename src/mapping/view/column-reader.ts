/** Columns of a view, one at a time: what no fact asks for is not evaluated. */

import { rejection } from '../../core/cartograph-error.ts';
import { fromItems, type Value } from '../../fhir/fhirpath/value.ts';
import { type ColumnSource, hasOneRow, type ViewPlan } from './compile-select.ts';
import type { LocatedRow } from './located-row.ts';
import type { ViewColumn } from './view-columns.ts';

/** Nothing, the one value, or an array of two or more. Throws what the column's expression throws. */
export type ColumnReader = (row: LocatedRow) => Value;

export const EMPTY_COLUMN: ColumnReader = () => undefined;

export function columnReaders(
  plan: ViewPlan,
  columns: readonly ViewColumn[],
): ReadonlyMap<string, ColumnReader> {
  return new Map(
    columns.map(({ name, collection }) => {
      const source = plan.sources.find(({ column }) => column === name);
      if (source === undefined || !hasOneRow(plan)) return [name, (row) => ofRow(row.row[name])];
      return [name, collection ? readAny(source) : readOne(name, source)];
    }),
  );
}

function ofRow(value: unknown): Value {
  if (value === null) return undefined;
  return Array.isArray(value) ? fromItems(value) : value;
}

function readAny({ path: { evaluate } }: ColumnSource): ColumnReader {
  return ({ resource, frame }) => evaluate(resource, frame);
}

function readOne(name: string, { path: { evaluate, source } }: ColumnSource): ColumnReader {
  return ({ resource, frame }) => {
    const value = evaluate(resource, frame);
    if (!Array.isArray(value)) return value;
    const found = `column ${name} has no collection but finds ${value.length} values`;
    throw rejection('expression-failed', `Expression "${source}": ${found}`);
  };
}
