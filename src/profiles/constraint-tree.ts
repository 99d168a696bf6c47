/**
 * A profile as a tree of what it adds: built from its snapshot, where what equals the base falls away, or, where it has
 * none, from its differential laid over the tree of the profile that it derives from.
 */
import { type Constraint, choiceOf, type ElementDefinition, type StructureDefinition } from './definition.ts';
import { type DefinitionStore, isType } from './definition-store.ts';

export interface ConstraintNode {
  /** As the path has it: `value[x]`, `valueQuantity`, `code`; the type at the root. */
  readonly name: string;
  readonly sliceName?: string;
  readonly definition: Partial<ElementDefinition>;
  readonly children: ReadonlyMap<string, ConstraintNode>;
  /** By slice name, in their order. */
  readonly slices: ReadonlyMap<string, ConstraintNode>;
}

interface Draft extends ConstraintNode {
  definition: Partial<ElementDefinition>;
  readonly children: Map<string, Draft>;
  readonly slices: Map<string, Draft>;
}

const MAX_ANCESTORS = 20;

/** Undefined where the definition has neither snapshot nor differential, or derives from what is not known. */
export function buildConstraintTree(
  structure: StructureDefinition,
  store: DefinitionStore,
  depth = 0,
): ConstraintNode | undefined {
  if (structure.snapshot !== undefined) {
    return draftOf(structure.snapshot.element.map((element) => withoutBase(element, store)));
  }
  if (structure.differential === undefined || depth > MAX_ANCESTORS) return undefined;
  const own = draftOf(structure.differential.element);
  const base = store.structure(structure.baseDefinition ?? '');
  if (base === undefined) return undefined;
  if (isType(base)) return own;
  const inherited = buildConstraintTree(base, store, depth + 1);
  return inherited === undefined ? undefined : merge(inherited, own);
}

function draftOf(elements: readonly Partial<ElementDefinition>[]): Draft | undefined {
  const [first] = elements;
  if (first?.path === undefined) return undefined;
  const rootName = first.path.split('.')[0] ?? first.path;
  const root = emptyNode(rootName);
  /** The node that was last given for each path: what follows below a path belongs to it. */
  const last = new Map<string, Draft>([[rootName, root]]);
  for (const element of elements) {
    const { path = '' } = element;
    if (path === rootName) root.definition = element;
    else place(element, path, last);
  }
  return root;
}

function place(element: Partial<ElementDefinition>, path: string, last: Map<string, Draft>): void {
  const dot = path.lastIndexOf('.');
  const parent = nodeAt(path.slice(0, dot), last);
  if (parent === undefined) return;
  const name = path.slice(dot + 1);
  let node = childOf(parent, name);
  if (element.sliceName !== undefined) node = sliceOf(node, element.sliceName);
  node.definition = { ...node.definition, ...element };
  for (const known of [...last.keys()]) if (known.startsWith(`${path}.`)) last.delete(known);
  last.set(path, node);
}

/** The node of a path; made where a differential has left it out. */
function nodeAt(path: string, last: Map<string, Draft>): Draft | undefined {
  const present = last.get(path);
  const dot = path.lastIndexOf('.');
  if (present !== undefined || dot < 0) return present;
  const parent = nodeAt(path.slice(0, dot), last);
  if (parent === undefined) return undefined;
  const node = childOf(parent, path.slice(dot + 1));
  last.set(path, node);
  return node;
}

function childOf(parent: Draft, name: string): Draft {
  const present = parent.children.get(name);
  if (present !== undefined) return present;
  const node = emptyNode(name);
  parent.children.set(name, node);
  return node;
}

/** `a/b` is the slice b of the slice a. */
function sliceOf(node: Draft, sliceName: string): Draft {
  const slash = sliceName.lastIndexOf('/');
  const outer = slash < 0 ? undefined : node.slices.get(sliceName.slice(0, slash));
  const owner = outer ?? node;
  const present = owner.slices.get(sliceName);
  if (present !== undefined) return present;
  const slice: Draft = { ...emptyNode(node.name), sliceName };
  owner.slices.set(sliceName, slice);
  return slice;
}

function emptyNode(name: string): Draft {
  return { name, definition: {}, children: new Map(), slices: new Map() };
}

function merge(base: ConstraintNode, own: ConstraintNode | undefined): ConstraintNode {
  if (own === undefined) return base;
  const constraint = [...(base.definition.constraint ?? []), ...(own.definition.constraint ?? [])];
  return {
    ...base,
    definition: {
      ...withoutReplaced(base.definition, own.definition),
      ...own.definition,
      ...(constraint.length === 0 ? {} : { constraint }),
    },
    children: mergeMaps(base.children, own.children),
    slices: mergeMaps(base.slices, own.slices),
  };
}

/** A fixed value takes the place of a pattern. */
function withoutReplaced(
  base: Partial<ElementDefinition>,
  own: Partial<ElementDefinition>,
): Partial<ElementDefinition> {
  const fixed = choiceOf(own as ElementDefinition, 'fixed') !== undefined;
  return Object.fromEntries(Object.entries(base).filter(([key]) => !(fixed && /^pattern[A-Z]/.test(key))));
}

function mergeMaps(
  base: ReadonlyMap<string, ConstraintNode>,
  own: ReadonlyMap<string, ConstraintNode>,
): ReadonlyMap<string, ConstraintNode> {
  const merged = new Map(base);
  for (const [name, node] of own) {
    const inherited = base.get(name);
    merged.set(name, inherited === undefined ? node : merge(inherited, node));
  }
  return merged;
}

/** An element of a snapshot without what the type already says, so that nothing is checked twice. */
function withoutBase(element: ElementDefinition, store: DefinitionStore): Partial<ElementDefinition> {
  const base = baseOf(element, store);
  if (base === undefined) return element;
  const { min, max, type, binding, ...rest } = element;
  const isSlice = element.sliceName !== undefined;
  const known = new Set((base.constraint ?? []).map(identityOf));
  const constraint = (element.constraint ?? []).filter((each) => !known.has(identityOf(each)));
  return {
    ...rest,
    ...(min === undefined || (!isSlice && min === base.min) ? {} : { min }),
    ...(max === undefined || (!isSlice && max === base.max) ? {} : { max }),
    ...(type === undefined || same(type, base.type) ? {} : { type }),
    ...(binding === undefined ||
    (same(binding.valueSet, base.binding?.valueSet) && binding.strength === base.binding?.strength)
      ? {}
      : { binding }),
    constraint,
  };
}

function baseOf({ base, path }: ElementDefinition, store: DefinitionStore): ElementDefinition | undefined {
  const at = path.includes('.') ? base?.path : path;
  const type = at?.split('.')[0];
  if (at === undefined || type === undefined) return undefined;
  return store.type(type)?.snapshot?.element.find((each) => each.path === at);
}

function identityOf({ key, expression }: Constraint): string {
  return `${key} ${expression}`;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
