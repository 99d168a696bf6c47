/** Tells which slice an item belongs to: the discriminators of R4 (profiling.html), compiled for each slice. */
import type { ConstraintNode } from './constraint-tree.ts';
import {
  choiceOf,
  type Discriminator,
  type ElementDefinition,
  isObject,
  withoutVersion,
} from './definition.ts';
import { type At, compileLiterals, type ItemTest, literalTest, type Spec } from './discriminator-literal.ts';
import {
  type Located,
  locate,
  parseDiscriminatorPath,
  type Step,
  typeOfResource,
} from './discriminator-path.ts';
import type { Item } from './element-items.ts';
import type { ProfileScope } from './profile-scope.ts';
import { satisfies } from './reference-check.ts';
import type { Run } from './run.ts';
import type { ValueCheck } from './validator-context.ts';

export function compileDiscriminator(
  { type, path }: Discriminator,
  slice: ConstraintNode,
  scope: ProfileScope,
): ItemTest {
  const steps = parseDiscriminatorPath(path);
  const specs = specsAt([{ kind: 'node', node: slice }], steps, scope);
  const at = (item: Item, run: Run): readonly Located[] =>
    locate([{ value: item.value, sidecar: item.sidecar, type: typeOfItem(item) }], steps, scope.context, run);
  switch (type) {
    case 'exists':
      return compileExists(specs, at);
    case 'type':
      return compileType(specs, steps, at, slice, scope);
    case 'profile':
      return compileProfile(specs, steps, at, scope);
    default:
      return compileValue(specs, steps, at, scope);
  }
}

function typeOfItem({ property, value }: Item): string {
  return property.type === 'Resource' ? typeOfResource(value) : property.type;
}

function compileExists(specs: readonly Spec[], at: At): ItemTest {
  const isForbidden = specs.some((spec) => spec.kind === 'node' && spec.node.definition.max === '0');
  return (item, run) => at(item, run).length > 0 !== isForbidden;
}

function compileValue(specs: readonly Spec[], steps: readonly Step[], at: At, scope: ProfileScope): ItemTest {
  const telling = specs.filter(saysSomething);
  if (telling.length === 0) return () => true;
  const literals = telling.map(literalTest);
  const byLiteral = literals.filter((test) => test !== undefined);
  if (byLiteral.length === literals.length) return compileLiterals(byLiteral, steps, at, scope);
  const tests = telling.map((spec) => compileSpec(spec, scope));
  return (item, run) => {
    const located = at(item, run);
    return tests.some((test) => located.some((each) => test(each, run)));
  };
}

type LocatedTest = (located: Located, run: Run) => boolean;

function compileSpec(spec: Spec, scope: ProfileScope): LocatedTest {
  const literal = literalTest(spec);
  if (literal !== undefined) return ({ value }) => literal(value);
  if (spec.kind === 'value') return () => false;
  const byType = new Map<string, ValueCheck | undefined>();
  return ({ value, sidecar, type }, run) => {
    if (!byType.has(type)) byType.set(type, scope.compileNode(spec.node, type));
    const check = byType.get(type);
    return check === undefined || run.holds(() => check(value, sidecar, run));
  };
}

/** Types are those of the element, or, behind `resolve()`, those of the reference's targets. */
function compileType(
  specs: readonly Spec[],
  steps: readonly Step[],
  at: At,
  slice: ConstraintNode,
  scope: ProfileScope,
): ItemTest {
  const { context } = scope;
  const allowed = specs.flatMap((spec) => (spec.kind === 'node' ? typesOf(spec.node, steps, scope) : []));
  if (allowed.length === 0) return ({ property }) => property.key === slice.sliceName;
  return (item, run) =>
    at(item, run).some(({ type }) => allowed.some((code) => type === code || context.shapes.isA(type, code)));
}

function typesOf(node: ConstraintNode, steps: readonly Step[], { context }: ProfileScope): readonly string[] {
  const types = node.definition.type ?? [];
  if (steps.at(-1)?.kind !== 'resolve') return types.map(({ code }) => code);
  return types
    .flatMap(({ targetProfile = [] }) => targetProfile)
    .map(
      (canonical) =>
        context.store.structure(canonical)?.type ?? canonical.slice(canonical.lastIndexOf('/') + 1),
    );
}

function compileProfile(
  specs: readonly Spec[],
  steps: readonly Step[],
  at: At,
  { context }: ProfileScope,
): ItemTest {
  const behind = steps.at(-1)?.kind === 'resolve';
  const profiles = specs.flatMap((spec) => {
    const types = spec.kind === 'node' ? (spec.node.definition.type ?? []) : [];
    return types.flatMap((type) => (behind ? type.targetProfile : type.profile) ?? []);
  });
  if (profiles.length === 0) return () => true;
  return (item, run) =>
    at(item, run).some(({ value, sidecar, type }) =>
      profiles.some((canonical) => {
        const structure = context.store.structure(withoutVersion(canonical));
        if (structure === undefined || !context.shapes.isA(type, structure.type)) return false;
        if (isObject(value) && 'resourceType' in value) return satisfies(value, canonical, context, run);
        return run.holds(() => context.profileCheck(canonical)?.(value, sidecar, run));
      }),
    );
}

/** Follows a path through the tree of a slice; `resolve()` stays where it is, its targets stand on the reference. */
function specsAt(specs: readonly Spec[], steps: readonly Step[], scope: ProfileScope): readonly Spec[] {
  let current = specs;
  for (const [i, step] of steps.entries()) {
    if (step.kind === 'resolve') {
      if (i < steps.length - 1) current = current.flatMap((spec) => targetTrees(spec, scope));
    } else if (step.kind === 'member') {
      current = current.flatMap((spec) => specsOfMember(spec, step.name, scope));
    } else if (step.kind === 'extension') {
      current = current.flatMap((spec) => specsOfExtension(spec, step.url, scope));
    }
  }
  return current;
}

function specsOfMember(spec: Spec, name: string, scope: ProfileScope): readonly Spec[] {
  if (spec.kind === 'value') return partOf(spec.value, name, spec.exact);
  const { node } = spec;
  const child = node.children.get(name) ?? node.children.get(`${name}[x]`);
  if (child !== undefined) return withSlices(child);
  const definition = node.definition as ElementDefinition;
  const fixed = choiceOf(definition, 'fixed');
  const pattern = choiceOf(definition, 'pattern');
  const wanted = fixed ?? pattern;
  if (wanted !== undefined) return partOf(wanted.value, name, fixed !== undefined);
  const profiles = (definition.type ?? []).flatMap(({ profile = [] }) => profile);
  return profiles.flatMap((canonical) => {
    const tree = scope.context.treeOf(canonical);
    return tree === undefined ? [] : specsOfMember({ kind: 'node', node: tree }, name, scope);
  });
}

/** A node and the slices of it, any of which may say what the discriminator looks for. */
function withSlices(node: ConstraintNode): readonly Spec[] {
  return [{ kind: 'node', node }, ...[...node.slices.values()].flatMap(withSlices)];
}

function saysSomething(spec: Spec): boolean {
  if (spec.kind === 'value') return true;
  const definition = spec.node.definition as ElementDefinition;
  const isBound = definition.binding?.strength === 'required';
  const hasValue =
    choiceOf(definition, 'fixed') !== undefined || choiceOf(definition, 'pattern') !== undefined;
  return isBound || hasValue || spec.node.children.size > 0;
}

function partOf(value: unknown, name: string, exact: boolean): readonly Spec[] {
  if (Array.isArray(value)) return value.flatMap((each) => partOf(each, name, exact));
  if (!isObject(value) || !Object.hasOwn(value, name)) return [];
  const part = value[name];
  return (Array.isArray(part) ? part : [part]).map((each) => ({ kind: 'value', value: each, exact }));
}

function specsOfExtension(spec: Spec, url: string, scope: ProfileScope): readonly Spec[] {
  const extensions = spec.kind === 'node' ? spec.node.children.get('extension') : undefined;
  const slices = [...(extensions?.slices.values() ?? [])];
  const own = slices.find(({ definition }) =>
    (definition.type ?? []).some(({ profile = [] }) => profile.some((each) => withoutVersion(each) === url)),
  );
  const tree = own !== undefined && own.children.size > 0 ? own : scope.context.treeOf(url);
  return tree === undefined
    ? []
    : [{ kind: 'node', node: own === undefined || own.children.size > 0 ? tree : own }];
}

function targetTrees(spec: Spec, { context }: ProfileScope): readonly Spec[] {
  if (spec.kind !== 'node') return [];
  const targets = (spec.node.definition.type ?? []).flatMap(({ targetProfile = [] }) => targetProfile);
  return targets.flatMap((canonical) => {
    const tree = context.treeOf(canonical);
    return tree === undefined ? [] : [{ kind: 'node' as const, node: tree }];
  });
}
