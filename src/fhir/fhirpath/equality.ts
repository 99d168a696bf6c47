import { type Compiled, kindOfTypes } from './compiled.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { compareTemporal, compareTimes } from './temporal.ts';
import type { Evaluate, Value } from './value.ts';

type ItemEquality = (left: unknown, right: unknown) => boolean | undefined;

/** `left = right`: unknown when either is empty; collections are equal item by item in order (FHIRPath 6.1). */
export function compileEquals(left: Compiled, right: Compiled): Evaluate {
  const itemsEqual = itemEquality(left, right);
  const expected = right.constant?.value;
  const l = left.evaluate;
  if (itemsEqual === sameValue && expected !== undefined && !Array.isArray(expected)) {
    return (focus, frame) => {
      const value = l(focus, frame);
      return value === undefined ? undefined : value === expected;
    };
  }
  const r = right.evaluate;
  return (focus, frame) => equalValues(l(focus, frame), r(focus, frame), itemsEqual);
}

function equalValues(left: Value, right: Value, itemsEqual: ItemEquality): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (!Array.isArray(left)) return Array.isArray(right) ? false : itemsEqual(left, right);
  if (!Array.isArray(right) || left.length !== right.length) return false;
  let answer: boolean | undefined = true;
  for (let i = 0; i < left.length; i++) {
    const equal = itemsEqual(left[i], right[i]);
    if (equal === false) return false;
    if (equal === undefined) answer = undefined;
  }
  return answer;
}

/** How single items of these types are compared. Throws NotCompilable where the library has to decide. */
export function itemEquality(left: Compiled, right: Compiled): ItemEquality {
  const kinds = new Set([kindOfTypes(left.types), kindOfTypes(right.types)]);
  if (kinds.has('empty')) return () => undefined;
  if (kinds.has('boolean')) return sameValue;
  if (kinds.size === 1) {
    if (kinds.has('string') || kinds.has('number')) return sameValue;
    if (kinds.has('date')) return sameTemporal;
    if (kinds.has('time')) return sameTime;
  }
  if (kinds.size === 2 && kinds.has('string') && kinds.has('number')) return () => false;
  throw new NotCompilable('equality of types that are known only at run time');
}

const sameValue: ItemEquality = (left, right) => left === right;

const sameTemporal: ItemEquality = (left, right) => isSame(compareTemporal(String(left), String(right)));

const sameTime: ItemEquality = (left, right) => isSame(compareTimes(String(left), String(right)));

function isSame(order: -1 | 0 | 1 | undefined): boolean | undefined {
  return order === undefined ? undefined : order === 0;
}
