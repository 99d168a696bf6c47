import type { Expression } from './expression.ts';
import type { Origin } from './origin.ts';
import { type Kind, kindOf } from './type-model.ts';
import type { Evaluate, Value } from './value.ts';

/** Types that the items may have; empty when the collection is certainly empty, undefined when nothing is known. */
export type Types = readonly string[] | undefined;

/** An expression as a closure, with what is known of its result before it runs. */
export interface Compiled {
  readonly evaluate: Evaluate;
  readonly types: Types;
  /** The value, where it is the same for every resource. */
  readonly constant?: { readonly value: Value };
  /** For a choice element: the same element, only where it has one of the accepted types. */
  readonly narrow?: (accepts: (type: string) => boolean) => Compiled;
  /** Where the items come from; undefined when they are made, not found. */
  readonly origin?: Origin;
  /** For a primitive element: the objects that carry its id and extensions (`_birthDate`). */
  readonly sidecar?: Compiled;
}

/** What surrounds an expression while it is compiled. */
export interface Scope {
  /** Types of the focus, `$this`. */
  readonly focus: Types;
  /** Types of `%context`. */
  readonly context: Types;
  /** Types of `%resource`. */
  readonly root: Types;
  readonly variables: ReadonlyMap<string, Compiled>;
  /** Filled with elements that R4 does not have, as `Type.name`. */
  readonly unknownElements: Set<string>;
}

type Compile = (expression: Expression, scope: Scope) => Compiled;

/** A call of a function, its input compiled, its arguments as they are written. */
export interface Call {
  readonly input: Compiled;
  readonly args: readonly Expression[];
  readonly scope: Scope;
  readonly compile: Compile;
}

/** Throws NotCompilable for a form of the function that is left to the library. */
type FunctionCompiler = (call: Call) => Compiled;
export type FunctionTable = Readonly<Record<string, FunctionCompiler>>;

/** The kind that all types share. */
export function kindOfTypes(types: Types): Kind | 'empty' | 'mixed' | 'unknown' {
  if (types === undefined) return 'unknown';
  const [first] = types;
  if (first === undefined) return 'empty';
  const kind = kindOf(first);
  return types.every((type) => kindOf(type) === kind) ? kind : 'mixed';
}

export function constantOf(value: Value, types: Types): Compiled {
  return { evaluate: () => value, types, constant: { value } };
}

export const NOTHING: Compiled = constantOf(undefined, []);

export function unionTypes(left: Types, right: Types): Types {
  if (left === undefined || right === undefined) return undefined;
  return [...new Set([...left, ...right])];
}
