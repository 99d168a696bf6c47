import type { ConstraintNode } from './constraint-tree.ts';
import type { ElementDefinition } from './definition.ts';
import type { Item } from './element-items.ts';
import type { Run } from './run.ts';
import type { Property } from './shapes.ts';
import type { ValidatorContext, ValueCheck } from './validator-context.ts';

export type ItemCheck = (item: Item, run: Run) => void;

/** What stays the same all over a profile, and how its parts compile each other. */
export interface ProfileScope {
  readonly context: ValidatorContext;
  /** Canonical URL, for issues. */
  readonly profile: string;
  readonly resourceType: string;
  /** Checks of a node and of what lies below it, on a value of a type. */
  readonly compileNode: (node: ConstraintNode, type: string) => ValueCheck | undefined;
  /** Checks of a node on items of an element, each by its own type. */
  readonly compileItems: (node: ConstraintNode, properties: readonly Property[]) => ItemCheck | undefined;
}

/** Runs a check with the path at an item. */
export function atItem(item: Item, check: ItemCheck, run: Run): void {
  run.push(item.property.step, item.index, item.property.type, item.value);
  check(item, run);
  run.pop();
}

/** `min` and `max`; undefined where they allow any number. */
export function compileCount(
  { min = 0, max = '*' }: Partial<ElementDefinition>,
  name: string,
  profile: string,
): ((count: number, run: Run) => void) | undefined {
  const most = max === '*' ? Number.POSITIVE_INFINITY : Number(max);
  if (min === 0 && most === Number.POSITIVE_INFINITY) return undefined;
  return (count, run) => {
    if (count >= min && count <= most) return;
    const details = { found: String(count), expected: `${min}..${max}`, rule: profile };
    if (count < min)
      run.error('element-missing', `${name} is there ${count} times, at least ${min} needed`, details);
    else run.error('element-excess', `${name} is there ${count} times, at most ${max} allowed`, details);
  };
}
