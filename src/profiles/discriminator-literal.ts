/** Discriminators by a fixed value or a pattern, which is what most slicing has. */
import type { ConstraintNode } from './constraint-tree.ts';
import { choiceOf, type ElementDefinition, isObject } from './definition.ts';
import type { Located, Step } from './discriminator-path.ts';
import type { Item } from './element-items.ts';
import { compilePattern, equalsFixed, type ValueTest } from './match-value.ts';
import type { ProfileScope } from './profile-scope.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

export type ItemTest = (item: Item, run: Run) => boolean;

/** Finds the values at the path of the discriminator. */
export type At = (item: Item, run: Run) => readonly Located[];

/** What a slice says at the path of a discriminator: a node of its tree, or a part of a fixed value or pattern. */
export type Spec =
  | { readonly kind: 'node'; readonly node: ConstraintNode }
  | { readonly kind: 'value'; readonly value: unknown; readonly exact: boolean };

/** The test for a fixed value or a pattern; undefined where the slice says something else. */
export function literalTest(spec: Spec): ValueTest | undefined {
  if (spec.kind === 'value') {
    return spec.exact ? (value) => equalsFixed(value, spec.value) : compilePattern(spec.value);
  }
  const definition = spec.node.definition as ElementDefinition;
  const fixed = choiceOf(definition, 'fixed');
  if (fixed !== undefined) return (value) => equalsFixed(value, fixed.value);
  const pattern = choiceOf(definition, 'pattern');
  return pattern === undefined ? undefined : compilePattern(pattern.value);
}

/** By names alone where the path has nothing else, which is what most slicing has, and many times faster. */
export function compileLiterals(
  tests: readonly ValueTest[],
  steps: readonly Step[],
  at: At,
  { context }: ProfileScope,
): ItemTest {
  const [only] = tests;
  const test: ValueTest =
    only !== undefined && tests.length === 1 ? only : (value) => tests.some((each) => each(value));
  const names = new Map<string, readonly string[] | undefined>();
  return (item, run) => {
    const { type } = item.property;
    if (!names.has(type)) names.set(type, plainNames(type, steps, context));
    const plain = names.get(type);
    return plain === undefined
      ? at(item, run).some(({ value }) => test(value))
      : anyAt(item.value, plain, 0, test);
  };
}

/** The names of the steps, where each leads to an element that is no choice. */
function plainNames(
  type: string,
  steps: readonly Step[],
  { shapes }: ValidatorContext,
): readonly string[] | undefined {
  const names: string[] = [];
  let current = type;
  for (const step of steps) {
    const element = step.kind === 'member' ? shapes.get(current)?.elements.get(step.name) : undefined;
    const [property] = element?.properties ?? [];
    if (element === undefined || property === undefined || element.choice || property.type === 'Resource')
      return undefined;
    names.push(property.key);
    current = property.type;
  }
  return names;
}

function anyAt(value: unknown, names: readonly string[], depth: number, test: ValueTest): boolean {
  if (Array.isArray(value)) {
    for (const each of value) if (anyAt(each, names, depth, test)) return true;
    return false;
  }
  const name = names[depth];
  if (name === undefined) return value !== undefined && value !== null && test(value);
  return isObject(value) && anyAt(value[name], names, depth + 1, test);
}
