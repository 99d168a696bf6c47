/** Compiles what a profile adds to a type: a tree of constraints becomes a tree of closures, empty branches nothing. */
import { quote } from '../core/finding.ts';
import { compileBinding } from './binding-check.ts';
import type { ConstraintNode } from './constraint-tree.ts';
import { choiceOf, type ElementDefinition, isObject } from './definition.ts';
import { compileItemsReader, propertiesOf } from './element-items.ts';
import { compileInvariants } from './invariants.ts';
import { compileLimits } from './limit-check.ts';
import { compilePattern, equalsFixed } from './match-value.ts';
import { isQuotable } from './primitive-check.ts';
import { atItem, compileCount, type ItemCheck, type ProfileScope } from './profile-scope.ts';
import { compileTargets } from './reference-check.ts';
import type { Run } from './run.ts';
import type { Property } from './shapes.ts';
import { compileSlicing } from './slicing.ts';
import type { ValidatorContext, ValueCheck } from './validator-context.ts';

/** The check of a whole profile, on values of its type; undefined where it adds nothing. */
export function compileProfile(
  tree: ConstraintNode,
  type: string,
  profile: string,
  context: ValidatorContext,
): ValueCheck | undefined {
  const scope: ProfileScope = {
    context,
    profile,
    resourceType: type,
    compileNode: (node, nodeType) => compileNode(node, nodeType, 1, scope),
    compileItems: (node, properties) => compileItems(node, properties, scope),
  };
  return compileNode(tree, type, 1, scope);
}

/** Checks of the node's own definition and of what lies below it, on a value of that type. */
function compileNode(
  node: ConstraintNode,
  type: string,
  choices: number,
  scope: ProfileScope,
): ValueCheck | undefined {
  const checks = [
    ...compileDefinition(node.definition, type, choices, scope),
    ...[...node.children.values()].flatMap((child) => compileChild(child, type, scope) ?? []),
  ];
  if (checks.length < 2) return checks[0];
  return (value, sidecar, run) => {
    for (const check of checks) check(value, sidecar, run);
  };
}

/** Cardinality, slices and items of one element of an object. */
function compileChild(node: ConstraintNode, owner: string, scope: ProfileScope): ValueCheck | undefined {
  const { shapes } = scope.context;
  const isPrimitive = shapes.isPrimitive(owner);
  const shape = shapes.get(isPrimitive ? 'Element' : owner);
  if (shape === undefined) return undefined;
  const properties = propertiesOf(shape, node.name);
  if (properties.length === 0) return undefined;
  const counts = compileCount(node.definition, node.name, scope.profile);
  const slicing = compileSlicing(node, properties, scope);
  const perItem = compileItems(node, properties, scope);
  const read = compileItemsReader(properties);
  if (counts === undefined && slicing === undefined && perItem === undefined) return undefined;
  return (value, sidecar, run) => {
    const items = read(isPrimitive ? sidecar : value);
    counts?.(items.length, run);
    if (items.length > 0 && perItem !== undefined) for (const item of items) atItem(item, perItem, run);
    slicing?.(items, run);
  };
}

/** The check of single items; the type of a choice is known by its property. */
function compileItems(
  node: ConstraintNode,
  properties: readonly Property[],
  scope: ProfileScope,
): ItemCheck | undefined {
  const restrict = compileTypes(node.definition, properties, scope);
  const choices = node.definition.type?.length ?? properties.length;
  const byType = new Map<string, ValueCheck | undefined>();
  for (const { type } of properties)
    if (!byType.has(type)) byType.set(type, compileNode(node, type, choices, scope));
  const isEmpty = [...byType.values()].every((check) => check === undefined);
  if (isEmpty && restrict === undefined) return undefined;
  const [only] = byType.values();
  if (byType.size === 1 && only !== undefined && restrict === undefined) {
    return (item, run) => only(item.value, item.sidecar, run);
  }
  return (item, run) => {
    restrict?.(item, run);
    byType.get(item.property.type)?.(item.value, item.sidecar, run);
  };
}

/** Types of a choice that the profile does not leave. */
function compileTypes(
  { type: types }: Partial<ElementDefinition>,
  properties: readonly Property[],
  { profile, context }: ProfileScope,
): ItemCheck | undefined {
  if (types === undefined || types.length === 0) return undefined;
  const codes = types.map(({ code }) => code);
  const [first] = properties;
  if (first?.type === 'Resource') {
    return ({ value }, run) => {
      const found = isObject(value) ? String(value['resourceType']) : undefined;
      if (found === undefined || codes.some((code) => context.shapes.isA(found, code))) return;
      run.error('type-not-allowed', `is a ${quote(found)}`, {
        found,
        expected: codes.join(', '),
        rule: profile,
      });
    };
  }
  if (first?.element.choice !== true) return undefined;
  return ({ property }, run) => {
    if (codes.includes(property.type)) return;
    const details = { found: property.type, expected: codes.join(', '), rule: profile };
    run.error('type-not-allowed', `is of type ${property.type}, which the profile does not allow`, details);
  };
}

function compileDefinition(
  definition: Partial<ElementDefinition>,
  type: string,
  choices: number,
  scope: ProfileScope,
): readonly ValueCheck[] {
  const element = definition as ElementDefinition;
  const checks = [
    compileFixed(element, type, scope),
    compileBinding(definition.binding, type, scope.context, choices),
    compileLimits(element, type, scope.profile),
    compileTypeProfiles(element, type, scope),
    compileOwnInvariants(element, type, scope),
  ];
  return checks.filter((check) => check !== undefined);
}

function compileFixed(
  definition: ElementDefinition,
  type: string,
  scope: ProfileScope,
): ValueCheck | undefined {
  const fixed = choiceOf(definition, 'fixed');
  const pattern = choiceOf(definition, 'pattern');
  const wanted = fixed ?? pattern;
  if (wanted === undefined) return undefined;
  const matches =
    fixed === undefined ? compilePattern(wanted.value) : (value: unknown) => equalsFixed(value, wanted.value);
  const code = fixed === undefined ? 'pattern-mismatch' : 'fixed-mismatch';
  const expected = JSON.stringify(wanted.value).slice(0, 200);
  return (value, _sidecar, run) => {
    if (matches(value)) return;
    const found = isQuotable(type) && typeof value !== 'object' ? { found: quote(value) } : {};
    run.error(code, `does not have the value that the profile sets: ${expected}`, {
      expected,
      rule: scope.profile,
      ...found,
    });
  };
}

/** Profiles of the type, of which one has to hold; targets of a reference. Extensions are judged by their URL. */
function compileTypeProfiles(
  { type: types }: ElementDefinition,
  type: string,
  { context, profile: rule }: ProfileScope,
): ValueCheck | undefined {
  const own = types?.filter(({ code }) => code === type || type === 'Resource') ?? [];
  const targets = type === 'Reference' ? own.flatMap(({ targetProfile = [] }) => targetProfile) : [];
  const checkTargets = compileTargets(targets, context);
  const profiles = type === 'Extension' ? [] : own.flatMap(({ profile = [] }) => profile);
  if (checkTargets === undefined && profiles.length === 0) return undefined;
  return (value, sidecar, run) => {
    if (isObject(value)) checkTargets?.(value, run);
    if (profiles.length > 0) checkAnyProfile(profiles, value, sidecar, context, rule, run);
  };
}

function checkAnyProfile(
  profiles: readonly string[],
  value: unknown,
  sidecar: ConstraintSidecar,
  context: ValidatorContext,
  rule: string,
  run: Run,
): void {
  const checks = profiles.map((canonical) => context.profileCheck(canonical));
  const [only] = checks;
  if (checks.length === 1) {
    only?.(value, sidecar, run);
    return;
  }
  if (checks.some((check) => check === undefined || run.holds(() => check(value, sidecar, run)))) return;
  run.error('profile-not-satisfied', 'satisfies none of the profiles', {
    expected: profiles.join(', '),
    rule,
  });
}

type ConstraintSidecar = Parameters<ValueCheck>[1];

function compileOwnInvariants(
  { constraint = [] }: ElementDefinition,
  type: string,
  { context, profile, resourceType }: ProfileScope,
): ValueCheck | undefined {
  const ofType = new Set((context.shapes.get(type)?.constraints ?? []).map(({ key }) => key));
  const own = constraint.filter(({ key, expression }) => expression !== undefined && !ofType.has(key));
  const invariants = compileInvariants(own, type, resourceType, profile);
  return invariants === undefined
    ? undefined
    : (value, _sidecar, run) => {
        if (value !== undefined) invariants(value, run);
      };
}
