import { readFileSync } from 'node:fs';

/** A committed table of values, read from `test/vectors/`. */
export function readVector<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8')) as T;
}
