import type { Frame } from './value.ts';

/** An item together with the FHIRPath of the element that holds it, in JSON names and with indices. */
export interface Located {
  readonly value: unknown;
  readonly path: string;
}

type Trace = (focus: Located, frame: Frame) => readonly Located[];

/**
 * Where the items of an expression come from. It runs only when somebody asks, apart from the evaluation, so that
 * evaluation pays nothing for it.
 */
export interface Origin {
  /** Relative to the focus, in JSON names, without indices: `.code.coding`; empty for the focus itself. */
  readonly path: string;
  /** The elements behind the items, in the order of the items. */
  readonly trace: Trace;
}

export const FOCUS_ORIGIN: Origin = {
  path: '',
  trace: (focus) => (focus.value === undefined ? [] : [focus]),
};

/** A member that one of several JSON properties holds; `name` is the element's own name. */
export function memberOrigin(owner: Origin, keys: readonly string[], name: string): Origin {
  const [only, ...others] = keys;
  return {
    path: `${owner.path}.${elementName(only !== undefined && others.length === 0 ? only : name)}`,
    trace: (focus, frame) =>
      owner.trace(focus, frame).flatMap((parent) => keys.flatMap((key) => membersOf(parent, key))),
  };
}

/** The property beside a primitive is the same element. */
function elementName(key: string): string {
  return key.startsWith('_') ? key.slice(1) : key;
}

function membersOf(parent: Located, key: string): readonly Located[] {
  if (typeof parent.value !== 'object' || parent.value === null || !Object.hasOwn(parent.value, key))
    return [];
  const raw = (parent.value as Readonly<Record<string, unknown>>)[key];
  const path = `${parent.path}.${elementName(key)}`;
  if (Array.isArray(raw)) return raw.flatMap((value, i) => locate(value, `${path}[${i}]`));
  return locate(raw, path);
}

function locate(value: unknown, path: string): readonly Located[] {
  return value === undefined || value === null ? [] : [{ value, path }];
}

/** A choice among the items: `choose` gets all of them. */
export function choiceOrigin(
  input: Origin | undefined,
  choose: (items: readonly Located[], focus: Located, frame: Frame) => readonly Located[],
): { readonly origin?: Origin } {
  if (input === undefined) return {};
  return {
    origin: {
      path: input.path,
      trace: (focus, frame) => choose(input.trace(focus, frame), focus, frame),
    },
  };
}

/** What both operands come from. */
export function mergedOrigin(
  left: Origin | undefined,
  right: Origin | undefined,
): { readonly origin?: Origin } {
  if (left === undefined || right === undefined) {
    const origin = left ?? right;
    return origin === undefined ? {} : { origin };
  }
  return {
    origin: {
      path: left.path,
      trace: (focus, frame) => [...left.trace(focus, frame), ...right.trace(focus, frame)],
    },
  };
}
