/** Lists as the record carries them: sorted by date, then by content; sources have no part in the order. */
import type { Fact } from './fact.ts';
import { contentKey } from './join-facts.ts';
import { recordSources } from './record-sources.ts';

export function recordItem(fact: Fact, more: object = {}): object {
  return { ...fact.elements, ...more, sources: recordSources([fact]) };
}

export function sortContent<T extends object>(list: readonly T[]): T[] {
  const keyed = list.map((item) => {
    const content = item as Readonly<Record<string, unknown>>;
    const date = typeof content['date'] === 'string' ? content['date'] : '';
    return { item, key: `${date} ${contentKey(content, (name) => name !== 'sources')}` };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ item }) => item);
}
