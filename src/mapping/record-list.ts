/** Lists as the record carries them: sorted by date, then by content; sources have no part in the order. */
import type { Fact } from './fact.ts';
import { contentKey } from './join-facts.ts';
import { recordSources } from './record-sources.ts';

export function recordItem(fact: Fact, more: object = {}): object {
  return { ...fact.elements, ...more, sources: recordSources([fact]) };
}

/** Most facts of a list differ in their date; what else they hold is compared only where it has to be. */
export function sortContent<T extends object>(list: readonly T[]): T[] {
  if (list.length < 2) return [...list];
  const keyed: Keyed<T>[] = list.map((item) => {
    const { date } = item as { readonly date?: unknown };
    return { item, date: typeof date === 'string' ? date : '', key: undefined };
  });
  keyed.sort((a, b) => compare(a.date, b.date) || compare(keyOf(a), keyOf(b)));
  return keyed.map(({ item }) => item);
}

interface Keyed<T> {
  readonly item: T;
  readonly date: string;
  key: string | undefined;
}

function keyOf<T extends object>(keyed: Keyed<T>): string {
  keyed.key ??= contentKey(keyed.item as Readonly<Record<string, unknown>>, (name) => name !== 'sources');
  return keyed.key;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
