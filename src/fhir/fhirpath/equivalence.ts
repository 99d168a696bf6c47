import { type Compiled, kindOfTypes, type Types } from './compiled.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { type Evaluate, toItems, type Value } from './value.ts';

const WHOLE: ReadonlySet<string> = new Set(['integer', 'positiveInt', 'unsignedInt']);

/**
 * `left ~ right` for strings, booleans and whole numbers (FHIRPath 6.1.2): never empty, in any order, strings without
 * regard to case and kind of white space. Decimals and all else are left to the library, which knows their precision.
 */
export function compileEquivalent(left: Compiled, right: Compiled): Evaluate {
  const keyOf = keyFor([...typesOf(left), ...typesOf(right)]);
  const l = left.evaluate;
  const r = right.evaluate;
  return (focus, frame) => areEquivalent(l(focus, frame), r(focus, frame), keyOf);
}

function typesOf({ types }: Compiled): readonly string[] {
  if (types === undefined) throw new NotCompilable('equivalence of types that are known only at run time');
  return types;
}

function keyFor(types: NonNullable<Types>): (item: unknown) => string {
  const kind = kindOfTypes(types);
  if (kind === 'string') return (item) => String(item).toLowerCase().trim().replace(/\s+/g, ' ');
  const isPlain = kind === 'boolean' || kind === 'empty' || types.every((type) => WHOLE.has(type));
  if (isPlain) return String;
  throw new NotCompilable('equivalence');
}

function areEquivalent(left: Value, right: Value, keyOf: (item: unknown) => string): boolean {
  const [a, b] = [left, right].map((value) => toItems(value).map(keyOf).sort());
  return a?.length === b?.length && a?.every((key, i) => key === b?.[i]) === true;
}
