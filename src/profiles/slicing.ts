import type { ConstraintNode } from './constraint-tree.ts';
import type { Discriminator } from './definition.ts';
import { compileDiscriminator } from './discriminator.ts';
import type { ItemTest } from './discriminator-literal.ts';
import type { Item } from './element-items.ts';
import { atItem, compileCount, type ItemCheck, type ProfileScope } from './profile-scope.ts';
import type { Run } from './run.ts';
import type { Property } from './shapes.ts';

const NONE: readonly Item[] = [];

export type SlicingCheck = (items: readonly Item[], run: Run) => void;

interface Slice {
  readonly name: string;
  readonly test: ItemTest;
  readonly count: ((count: number, run: Run) => void) | undefined;
  readonly check: ItemCheck | undefined;
  readonly below: SlicingCheck | undefined;
}

/**
 * Sorts items into slices, each into the first that it matches; counts and checks each slice; then asks for the order
 * and for what may remain. Slices of slices are checked with the items of their slice.
 */
export function compileSlicing(
  node: ConstraintNode,
  properties: readonly Property[],
  scope: ProfileScope,
): SlicingCheck | undefined {
  const { slicing } = node.definition;
  if (node.slices.size === 0) return undefined;
  const discriminators = slicing?.discriminator ?? impliedBy(node, properties);
  const slices = [...node.slices].map(([name, slice]) =>
    compileSlice(name, slice, discriminators, properties, scope),
  );
  const rules = slicing?.rules ?? 'open';
  const ordered = slicing?.ordered === true;
  return (items, run) => {
    const sorted = items.map((item) => sliceOf(item, slices, run));
    for (let i = 0; i < slices.length; i++) checkSlice(slices[i], i, items, sorted, run);
    if (rules !== 'open') checkRest(items, sorted, rules, scope, run);
    if (ordered) checkOrder(items, sorted, scope, run);
  };
}

/** The place of the first slice that an item matches; -1 where there is none. */
function sliceOf(item: Item, slices: readonly Slice[], run: Run): number {
  for (let i = 0; i < slices.length; i++) if (slices[i]?.test(item, run) === true) return i;
  return -1;
}

function checkSlice(
  slice: Slice | undefined,
  place: number,
  items: readonly Item[],
  sorted: readonly number[],
  run: Run,
): void {
  if (slice === undefined) return;
  const { count, check, below } = slice;
  const own = sorted.includes(place) ? items.filter((_item, at) => sorted[at] === place) : NONE;
  count?.(own.length, run);
  if (check !== undefined) for (const item of own) atItem(item, check, run);
  below?.(own, run);
}

/** Without discriminators a choice is sliced by type, an extension by URL; anything else by all that a slice says. */
function impliedBy({ name }: ConstraintNode, properties: readonly Property[]): readonly Discriminator[] {
  if (name.endsWith('[x]') || properties[0]?.element.choice === true)
    return [{ type: 'type', path: '$this' }];
  if (properties[0]?.type === 'Extension') return [{ type: 'value', path: 'url' }];
  return [{ type: 'value', path: '$this' }];
}

function compileSlice(
  name: string,
  slice: ConstraintNode,
  discriminators: readonly Discriminator[],
  properties: readonly Property[],
  scope: ProfileScope,
): Slice {
  let test: ItemTest | undefined;
  return {
    name,
    test: (item, run) => {
      test ??= every(discriminators.map((each) => compileDiscriminator(each, slice, scope)));
      return test(item, run);
    },
    count: compileCount(slice.definition, `${slice.name}:${name}`, scope.profile),
    check: scope.compileItems(slice, properties),
    below: compileSlicing(slice, properties, scope),
  };
}

function every(tests: readonly ItemTest[]): ItemTest {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (item, run) => tests.every((test) => test(item, run));
}

function checkRest(
  items: readonly Item[],
  sorted: readonly number[],
  rules: 'closed' | 'openAtEnd',
  { profile }: ProfileScope,
  run: Run,
): void {
  const lastSliced = sorted.findLastIndex((slice) => slice >= 0);
  for (const [i, item] of items.entries()) {
    if (sorted[i] !== -1 || (rules === 'openAtEnd' && i > lastSliced)) continue;
    const expected = rules === 'closed' ? 'one of the slices' : 'items outside the slices at the end';
    const report = (): void =>
      run.error('slice-unmatched', 'matches no slice of the profile', { expected, rule: profile });
    atItem(item, report, run);
  }
}

function checkOrder(
  items: readonly Item[],
  sorted: readonly number[],
  { profile }: ProfileScope,
  run: Run,
): void {
  let highest = -1;
  for (const [i, item] of items.entries()) {
    const slice = sorted[i] ?? -1;
    if (slice >= 0 && slice < highest) {
      const report = (): void => run.error('slice-order', 'stands behind a later slice', { rule: profile });
      atItem(item, report, run);
    }
    highest = Math.max(highest, slice);
  }
}
