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
  const members = keys.map((key) => ({ key, pathBelow: pathBelow(`.${elementName(key)}`) }));
  return {
    path: `${owner.path}.${elementName(only !== undefined && others.length === 0 ? only : name)}`,
    trace: (focus, frame) => {
      const found: Located[] = [];
      for (const parent of owner.trace(focus, frame)) {
        for (const { key, pathBelow } of members) addMembers(parent, key, pathBelow, found);
      }
      return found;
    },
  };
}

/** One resource after the other has it at the same place: the text is made anew only for another place. */
function pathBelow(suffix: string): (place: string) => string {
  let last = '';
  let path = suffix;
  return (place) => {
    if (place !== last) {
      last = place;
      path = place + suffix;
    }
    return path;
  };
}

/** The property beside a primitive is the same element. */
function elementName(key: string): string {
  return key.startsWith('_') ? key.slice(1) : key;
}

function addMembers(
  { value: owner, path: place }: Located,
  key: string,
  pathBelow: (place: string) => string,
  found: Located[],
): void {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, key)) return;
  const raw = (owner as Readonly<Record<string, unknown>>)[key];
  if (raw === undefined || raw === null) return;
  const path = pathBelow(place);
  if (!Array.isArray(raw)) found.push({ value: raw, path });
  else {
    for (const [i, value] of raw.entries()) {
      if (value !== undefined && value !== null) found.push({ value, path: `${path}[${i}]` });
    }
  }
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
