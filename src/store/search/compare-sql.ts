import type { Prefix } from '../../fhir/search/criterion.ts';

/**
 * How a stored stretch, from column `low` to `high`, lies to the one that is asked for (FHIR R4, search, 3.1.1.4.5),
 * whose end is part of it unless `isOpen`.
 */
export function compareSql(
  prefix: Prefix,
  { low, high }: { readonly low: string; readonly high: string },
  { from, to }: { readonly from: () => string; readonly to: () => string },
  isOpen = false,
): string {
  const isBelow = isOpen ? '<' : '<=';
  // That the lower end is below the end too follows, and lets the index stop there.
  const within = (): string =>
    `(${low} >= ${from()} and ${low} ${isBelow} ${to()} and ${high} ${isBelow} ${to()})`;
  switch (prefix) {
    case 'eq':
      return within();
    case 'ne':
      return `not ${within()}`;
    case 'gt':
      return `${high} > ${to()}`;
    case 'lt':
      return `${low} < ${from()}`;
    case 'ge':
      return `(${high} > ${to()} or ${within()})`;
    case 'le':
      return `(${low} < ${from()} or ${within()})`;
    case 'sa':
      return `${low} > ${to()}`;
    case 'eb':
      return `${high} < ${from()}`;
    case 'ap':
      return `(${low} <= ${to()} and ${high} >= ${from()})`;
  }
}
