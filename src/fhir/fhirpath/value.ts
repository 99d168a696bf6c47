import { FhirPathError } from './fhirpath-error.ts';

/**
 * A FHIRPath collection, without a wrapper where it has one item: `undefined` when empty, the item itself when single,
 * an array of two or more items otherwise. Items are JSON values other than null and arrays. Never changed in place:
 * an array may be the resource's own.
 */
export type Value = unknown;

/** Where an expression is evaluated, beside its focus. One object serves a whole resource. */
export interface Frame {
  /** `%resource`. */
  resource: unknown;
  /** `%context`: the focus of the whole expression. */
  context: unknown;
  /** `%rowIndex`: position in the nearest enclosing iteration of a view. */
  rowIndex: number;
  /** `$index`: position in the nearest enclosing function that iterates. */
  index: number;
}

export type Evaluate = (focus: unknown, frame: Frame) => Value;

/** The collection that a JSON property holds; null items of primitive arrays (they only carry extensions) drop out. */
export function fromJson(raw: unknown): Value {
  if (raw === undefined || raw === null) return undefined;
  return Array.isArray(raw) ? fromJsonArray(raw) : raw;
}

function fromJsonArray(raw: readonly unknown[]): Value {
  if (raw.length === 1) return raw[0] ?? undefined;
  return raw.includes(null) ? fromItems(raw.filter((item) => item !== null)) : fromItems(raw);
}

/** The collection of these items. */
export function fromItems(items: readonly unknown[]): Value {
  if (items.length === 0) return undefined;
  return items.length === 1 ? items[0] : items;
}

const EMPTY: readonly unknown[] = [];

/** The items of a collection, as an array of any length. */
export function toItems(value: Value): readonly unknown[] {
  if (value === undefined) return EMPTY;
  return Array.isArray(value) ? value : [value];
}

export function countOf(value: Value): number {
  if (value === undefined) return 0;
  return Array.isArray(value) ? value.length : 1;
}

/** The only item, undefined when there is none. Throws FhirPathError `evaluation` when there are several. */
export function singleItem(value: Value): unknown {
  if (!Array.isArray(value)) return value;
  throw new FhirPathError('evaluation', `${value.length} items where one is required`);
}

/** Singleton evaluation of booleans (FHIRPath 2.0.0, 4.5): any single item that is no boolean counts as true. */
export function truthOf(value: Value): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  singleItem(value);
  return true;
}

/** The collection of what `project` gives for each item. */
export function flatMap(items: readonly unknown[], project: (item: unknown, index: number) => Value): Value {
  const out: unknown[] = [];
  for (let i = 0; i < items.length; i++) {
    const value = project(items[i], i);
    if (Array.isArray(value)) for (const item of value) out.push(item);
    else if (value !== undefined) out.push(value);
  }
  return fromItems(out);
}
