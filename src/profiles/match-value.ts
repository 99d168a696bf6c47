import { isObject } from './definition.ts';

/** Equal in every property and item, as `fixed[x]` asks. */
export function equalsFixed(value: unknown, fixed: unknown): boolean {
  if (Array.isArray(fixed)) {
    return (
      Array.isArray(value) &&
      value.length === fixed.length &&
      fixed.every((each, i) => equalsFixed(value[i], each))
    );
  }
  if (!isObject(fixed)) return value === fixed;
  if (!isObject(value)) return false;
  const keys = Object.keys(fixed);
  return (
    Object.keys(value).length === keys.length &&
    keys.every((key) => Object.hasOwn(value, key) && equalsFixed(value[key], fixed[key]))
  );
}

export type ValueTest = (value: unknown) => boolean;

/** The test for holding at least what the pattern holds; of arrays, each item of the pattern is met by some item. */
export function compilePattern(pattern: unknown): ValueTest {
  if (Array.isArray(pattern)) {
    const tests = pattern.map(compilePattern);
    return (value) => Array.isArray(value) && tests.every((test) => meetsAny(value, test));
  }
  if (!isObject(pattern)) return (value) => value === pattern;
  const members = Object.keys(pattern).map((key) => ({ key, test: compilePattern(pattern[key]) }));
  return (value) => {
    if (!isObject(value)) return false;
    for (const { key, test } of members) {
      if (!Object.hasOwn(value, key) || !test(value[key])) return false;
    }
    return true;
  };
}

function meetsAny(values: readonly unknown[], test: ValueTest): boolean {
  for (const value of values) if (test(value)) return true;
  return false;
}
