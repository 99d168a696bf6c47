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

/** Holds at least what the pattern holds; of arrays, each item of the pattern is met by some item. */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      pattern.every((each) => value.some((candidate) => matchesPattern(candidate, each)))
    );
  }
  if (!isObject(pattern)) return value === pattern;
  if (!isObject(value)) return false;
  return Object.keys(pattern).every(
    (key) => Object.hasOwn(value, key) && matchesPattern(value[key], pattern[key]),
  );
}
