/** The compiled validator: definitions become closures when they are first needed, and are kept. */

import { compileProfile } from './constraint-check.ts';
import { buildConstraintTree, type ConstraintNode } from './constraint-tree.ts';
import { isObject, withoutVersion } from './definition.ts';
import { type DefinitionStore, isType } from './definition-store.ts';
import { checkResource } from './resource-check.ts';
import { Run } from './run.ts';
import { Shapes } from './shapes.ts';
import { compileTypeCheck, MAX_DEPTH } from './type-check.ts';
import type { ValidationIssue } from './validation-issue.ts';
import type { ObjectCheck, ValidatorContext, ValidatorSettings, ValueCheck } from './validator-context.ts';

export interface ValidateOptions {
  /** Canonical URLs of profiles to check against, beside those that the resource claims. */
  readonly profiles?: readonly string[];
}

const NOTHING: ValueCheck = () => undefined;

export class Validator {
  readonly #context: ValidatorContext;
  readonly #types = new Map<string, ObjectCheck>();
  readonly #profiles = new Map<string, ValueCheck>();
  readonly #profiled = new Map<string, string>();
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  readonly #trees = new Map<string, ConstraintNode>();

  constructor(store: DefinitionStore, settings: ValidatorSettings) {
    this.#context = {
      store,
      shapes: new Shapes(store),
      settings,
      typeCheck: (name) => this.#typeCheck(name),
      profileCheck: (canonical) => this.#profileCheck(withoutVersion(canonical)),
      profiledType: (canonical) => this.#profiledType(canonical),
      derivesFrom: (profile, ancestor) => this.#ancestorsOf(profile).has(withoutVersion(ancestor)),
      treeOf: (canonical) => this.#treeOf(withoutVersion(canonical)),
      resourceCheck: (value, run, carrier) => checkResource(value, run, carrier, [], this.#context),
    };
  }

  /** True where a profile of that canonical URL is loaded. */
  hasProfile(canonical: string): boolean {
    return this.#profileCheck(withoutVersion(canonical)) !== undefined;
  }

  /** Everything that is wrong with a resource; empty for a valid one. Never throws for what the resource holds. */
  validateResource(resource: unknown, { profiles = [] }: ValidateOptions = {}): readonly ValidationIssue[] {
    const run = new Run();
    const type = isObject(resource) ? resource['resourceType'] : undefined;
    const name = typeof type === 'string' && this.#context.shapes.isResourceType(type) ? type : 'Resource';
    run.push(name, -1, name, resource);
    if (isTooDeep(resource, MAX_DEPTH)) {
      run.error('element-invalid', 'is nested too deeply', { expected: `at most ${MAX_DEPTH} levels` });
    } else {
      checkResource(resource, run, undefined, profiles, this.#context);
    }
    return run.issues;
  }

  #typeCheck(name: string): ObjectCheck {
    const present = this.#types.get(name);
    if (present !== undefined) return present;
    const shape = this.#context.shapes.get(name);
    const check: ObjectCheck = shape === undefined ? () => undefined : compileTypeCheck(shape, this.#context);
    if (shape !== undefined) this.#types.set(name, check);
    return check;
  }

  #profiledType(canonical: string): string | undefined {
    const known = this.#profiled.get(canonical);
    if (known !== undefined) return known;
    const type = this.#context.store.structure(canonical)?.type;
    if (type !== undefined) this.#profiled.set(canonical, type);
    return type;
  }

  /** Profiles that a loaded profile derives from, itself and types left out. */
  #ancestorsOf(profile: string): ReadonlySet<string> {
    const known = this.#ancestors.get(profile);
    if (known !== undefined) return known;
    const found = new Set<string>();
    let structure = this.#context.store.structure(profile);
    while (structure?.baseDefinition !== undefined && structure.derivation === 'constraint') {
      const base = withoutVersion(structure.baseDefinition);
      if (found.has(base)) break;
      found.add(base);
      structure = this.#context.store.structure(base);
    }
    if (found.size > 0) this.#ancestors.set(profile, found);
    return found;
  }

  #treeOf(url: string): ConstraintNode | undefined {
    const present = this.#trees.get(url);
    if (present !== undefined) return present;
    const structure = this.#context.store.structure(url);
    const tree = structure === undefined ? undefined : buildConstraintTree(structure, this.#context.store);
    if (tree !== undefined) this.#trees.set(url, tree);
    return tree;
  }

  #profileCheck(url: string): ValueCheck | undefined {
    const present = this.#profiles.get(url);
    if (present !== undefined) return present;
    const structure = this.#context.store.structure(url);
    if (structure !== undefined && isType(structure)) {
      this.#profiles.set(url, NOTHING);
      return NOTHING;
    }
    const tree = this.#treeOf(url);
    if (structure === undefined || tree === undefined) return undefined;
    let compiled: ValueCheck | undefined;
    const check: ValueCheck = (value, sidecar, run) => {
      compiled ??= compileProfile(tree, structure.type, url, this.#context) ?? NOTHING;
      compiled(value, sidecar, run);
    };
    this.#profiles.set(url, check);
    return check;
  }
}

function isTooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (isTooDeep(item, left - 1)) return true;
    return false;
  }
  for (const key in value) if (isTooDeep(value[key as keyof typeof value], left - 1)) return true;
  return false;
}
