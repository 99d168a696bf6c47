/** Lists as the record carries them: sorted by date, then by content; sources have no part in the order. */
import { type Content, contentKey, elementNames } from './content-key.ts';
import type { FactOf } from './fact.ts';
import type { ItemByKind } from './item-by-kind.ts';
import { recordSources } from './record-sources.ts';

/**
 * `course` is the number of the course that the fact belongs to. Here what a fact map names becomes what the record's
 * schema names; the records that tests map are validated by that schema.
 */
export function recordItem<K extends keyof ItemByKind>(fact: FactOf<K>, course?: number): ItemByKind[K] {
  const sources = recordSources([fact]);
  const item = course === undefined ? { ...fact.elements, sources } : { ...fact.elements, course, sources };
  return item as unknown as ItemByKind[K];
}

/** Most facts of a list differ in their date; what else they hold is compared only where it has to be. */
export function sortContent<T extends object>(list: readonly T[]): T[] {
  if (list.length < 2) return [...list];
  const keyOf = contentKeys(list);
  return list.toSorted((a, b) => compare(dateOf(a), dateOf(b)) || compare(keyOf(a), keyOf(b)));
}

function dateOf({ date }: { readonly date?: unknown }): string {
  return typeof date === 'string' ? date : '';
}

/** The key of each item of the list, put together when it is first asked for. */
function contentKeys(list: readonly object[]): (item: object) => string {
  const keys = new Map<object, string>();
  let names: readonly string[] | undefined;
  return (item) => {
    names ??= elementNames(list as readonly Content[]).filter((name) => name !== 'sources');
    let key = keys.get(item);
    if (key === undefined) {
      key = contentKey(item as Content, names);
      keys.set(item, key);
    }
    return key;
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
