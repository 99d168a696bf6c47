import type { Call, Compiled, FunctionTable, Types } from './compiled.ts';
import { itemEquality } from './equality.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { atItem, compileCriterion } from './filtering-functions.ts';
import { countOf, type Evaluate, fromItems, toItems, truthOf, type Value } from './value.ts';

const BOOLEAN: Types = ['boolean'];

/** Functions that ask whether and how many items there are (FHIRPath 5.1, 6.5). */
export const EXISTENCE_FUNCTIONS: FunctionTable = {
  exists: (call) => ({
    evaluate: call.args.length === 0 ? presence(call) : existsWhere(call),
    types: BOOLEAN,
  }),
  empty: (call) => {
    const present = presence(call);
    return { evaluate: (focus, frame) => present(focus, frame) !== true, types: BOOLEAN };
  },
  all: (call) => {
    const criterion = compileCriterion(call);
    const input = call.input.evaluate;
    const evaluate: Evaluate = (focus, frame) =>
      toItems(input(focus, frame)).every((item, i) => truthOf(atItem(criterion, item, i, frame)) === true);
    return { evaluate, types: BOOLEAN };
  },
  not: (call) =>
    onValue(call, BOOLEAN, (value) => {
      const truth = truthOf(value);
      return truth === undefined ? undefined : !truth;
    }),
  hasValue: (call) => {
    const element = onValue(call, BOOLEAN, (value) => isPrimitive(value));
    if (call.input.types === undefined) throw new NotCompilable('hasValue of an unknown type');
    return element;
  },
  count: (call) => onValue(call, ['integer'], countOf),
  allTrue: (call) => onBooleans(call, (items) => items.every((item) => item)),
  anyTrue: (call) => onBooleans(call, (items) => items.some((item) => item)),
  allFalse: (call) => onBooleans(call, (items) => items.every((item) => !item)),
  anyFalse: (call) => onBooleans(call, (items) => items.some((item) => !item)),
  distinct: (call) => {
    const equal = itemEquality(call.input, call.input);
    return onValue(call, call.input.types, (value) =>
      Array.isArray(value) ? distinctOf(value, equal) : value,
    );
  },
  isDistinct: (call) => {
    const equal = itemEquality(call.input, call.input);
    return onValue(call, BOOLEAN, (value) =>
      Array.isArray(value) ? countOf(distinctOf(value, equal)) === value.length : true,
    );
  },
};

/** An element exists when it has a value, and also when it only has an id or extensions. */
function presence(call: Call): Evaluate {
  if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
  const input = call.input.evaluate;
  const sidecar = call.input.sidecar?.evaluate;
  if (sidecar === undefined) return (focus, frame) => input(focus, frame) !== undefined;
  return (focus, frame) => input(focus, frame) !== undefined || sidecar(focus, frame) !== undefined;
}

function existsWhere(call: Call): Evaluate {
  const criterion = compileCriterion(call);
  const input = call.input.evaluate;
  return (focus, frame) => {
    const value = input(focus, frame);
    if (value === undefined) return false;
    if (!Array.isArray(value)) return truthOf(atItem(criterion, value, 0, frame)) === true;
    for (let i = 0; i < value.length; i++) {
      if (truthOf(atItem(criterion, value[i], i, frame)) === true) return true;
    }
    return false;
  };
}

function onValue(call: Call, types: Types, apply: (value: Value) => Value): Compiled {
  if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
  const input = call.input.evaluate;
  return { evaluate: (focus, frame) => apply(input(focus, frame)), types };
}

function onBooleans(call: Call, apply: (items: readonly boolean[]) => boolean): Compiled {
  return onValue(call, BOOLEAN, (value) =>
    apply(
      toItems(value).map((item) => {
        if (typeof item === 'boolean') return item;
        throw new FhirPathError('evaluation', 'an item is not a boolean');
      }),
    ),
  );
}

function distinctOf(
  items: readonly unknown[],
  equal: (a: unknown, b: unknown) => boolean | undefined,
): Value {
  const out: unknown[] = [];
  for (const item of items) if (!out.some((seen) => equal(seen, item) === true)) out.push(item);
  return fromItems(out);
}

function isPrimitive(value: Value): boolean {
  return value !== undefined && typeof value !== 'object';
}
