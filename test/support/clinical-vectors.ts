import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

type Case = Readonly<Record<string, unknown>>;
type VectorFile = Readonly<Record<string, unknown>>;

const OWN = new URL('../vectors/', import.meta.url);
const SHARED_PATH = process.env['CARTOGRAPH_SHARED'];
const SHARED =
  SHARED_PATH === undefined
    ? new URL('../../../shared/vectors/', import.meta.url)
    : pathToFileURL(`${SHARED_PATH}/vectors/`);

/**
 * Worked examples by the name of their file: those of the specification (`test/vectors`), ours that stand between and
 * beside them (`-more`), and, where the specification's own folder is present, whatever is there beyond our copy.
 */
export function readVectors<File>(name: 'grading' | 'bca' | 'pk'): File {
  const files = [
    new URL(`${name}.json`, OWN),
    new URL(`${name}-more.json`, OWN),
    new URL(`${name}.json`, SHARED),
  ]
    .filter((url) => existsSync(url))
    .map((url) => JSON.parse(readFileSync(url, 'utf8')) as VectorFile);
  const keys = [...new Set(files.flatMap((file) => Object.keys(file)))];
  return Object.fromEntries(keys.map((key) => [key, joined(files.map((file) => file[key]))])) as File;
}

/** Lists of cases as one, a case once; of anything else the first. */
function joined(values: readonly unknown[]): unknown {
  const lists = values.filter((value): value is readonly Case[] => Array.isArray(value));
  if (lists.length === 0) return values.find((value) => value !== undefined);
  const seen = new Map<unknown, Case>();
  // Ours give way to a case of the specification with the same id.
  for (const one of [...(lists[0] ?? []), ...(lists[2] ?? []), ...(lists[1] ?? [])]) {
    const key = one['id'] ?? one['infusion'];
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
