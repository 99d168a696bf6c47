import { type Call, type Compiled, type FunctionTable, kindOfTypes } from './compiled.ts';
import type { Expression } from './expression.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { narrowTo, typeNameOf } from './narrow.ts';
import { choiceOrigin, type Located } from './origin.ts';
import {
  type Evaluate,
  type Frame,
  flatMap,
  fromItems,
  singleItem,
  toItems,
  truthOf,
  type Value,
} from './value.ts';

/** Functions that choose among the items of their input, or replace them (FHIRPath 5.2, 5.3). */
export const FILTERING_FUNCTIONS: FunctionTable = {
  where: (call) => {
    const criterion = compileCriterion(call);
    const input = call.input.evaluate;
    return {
      evaluate: (focus, frame) => filter(input(focus, frame), criterion, frame),
      types: call.input.types,
      ...choiceOrigin(call.input.origin, (items, _focus, frame) =>
        items.filter(({ value }, i) => truthOf(atItem(criterion, value, i, frame)) === true),
      ),
    };
  },
  select: (call) => {
    const [projection] = argumentsOf(call, 1);
    const { evaluate: project, types } = compileOnItems(call, projection);
    const input = call.input.evaluate;
    return { evaluate: (focus, frame) => projectItems(input(focus, frame), project, frame), types };
  },
  ofType: (call) => {
    const [type] = argumentsOf(call, 1);
    return narrowTo(call.input, typeNameOf(type));
  },
  as: (call) => {
    const [type] = argumentsOf(call, 1);
    const narrowed = narrowTo(call.input, typeNameOf(type));
    const evaluate = narrowed.evaluate;
    return { ...narrowed, evaluate: (focus, frame) => singleItem(evaluate(focus, frame)) };
  },
  first: (call) =>
    onSeveral(
      call,
      (items) => items[0],
      (items) => items.slice(0, 1),
    ),
  last: (call) =>
    onSeveral(
      call,
      (items) => items.at(-1),
      (items) => items.slice(-1),
    ),
  single: (call) => onSeveral(call, singleItem, (items) => items),
  tail: (call) => onItems(call, (items) => items.slice(1)),
  skip: (call) => onItemsWithCount(call, (items, count) => items.slice(Math.max(0, count))),
  take: (call) => onItemsWithCount(call, (items, count) => items.slice(0, Math.max(0, count))),
};

/** `input[index]`. */
export function compileIndexer(input: Compiled, index: Compiled): Compiled {
  const kind = kindOfTypes(index.types);
  if (kind !== 'number' && kind !== 'empty') throw new NotCompilable('index that is not a number');
  const evaluateInput = input.evaluate;
  const evaluateIndex = index.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const value = evaluateInput(focus, frame);
    const at = singleItem(evaluateIndex(focus, frame));
    if (typeof at !== 'number') return undefined;
    if (Array.isArray(value)) return value[at];
    return at === 0 ? value : undefined;
  };
  const origin = choiceOrigin(input.origin, (items, focus, frame) => {
    const at = singleItem(evaluateIndex(focus.value, frame));
    return items.filter((_item, i) => i === at);
  });
  return { evaluate, types: input.types, ...origin };
}

/** A criterion on each item of the input: true only where it is certainly true. */
export function compileCriterion(call: Call): Evaluate {
  const [criterion] = argumentsOf(call, 1);
  return compileOnItems(call, criterion).evaluate;
}

function compileOnItems(call: Call, expression: Expression): Compiled {
  return call.compile(expression, { ...call.scope, focus: call.input.types });
}

/** Runs `visit` on an item as `$this`, its place as `$index`. */
export function atItem(visit: Evaluate, item: unknown, index: number, frame: Frame): Value {
  const outer = frame.index;
  frame.index = index;
  const value = visit(item, frame);
  frame.index = outer;
  return value;
}

function filter(value: Value, criterion: Evaluate, frame: Frame): Value {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return truthOf(atItem(criterion, value, 0, frame)) === true ? value : undefined;
  let found: unknown;
  let several: unknown[] | undefined;
  for (let i = 0; i < value.length; i++) {
    if (truthOf(atItem(criterion, value[i], i, frame)) !== true) continue;
    if (found === undefined) found = value[i];
    else if (several === undefined) several = [found, value[i]];
    else several.push(value[i]);
  }
  return several ?? found;
}

function projectItems(value: Value, project: Evaluate, frame: Frame): Value {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return atItem(project, value, 0, frame);
  return flatMap(value, (item, index) => atItem(project, item, index, frame));
}

/** The arguments, exactly as many as said; another number of them is the library's to judge. */
export function argumentsOf(call: Call, count: 1): readonly [Expression];
export function argumentsOf(call: Call, count: 2): readonly [Expression, Expression];
export function argumentsOf(call: Call, count: 1 | 2): readonly Expression[] {
  if (call.args.length !== count) throw new NotCompilable('unusual number of arguments');
  return call.args;
}

/** The function keeps an input of one item as it is; `choose` sees two or more. */
function onSeveral(
  call: Call,
  choose: (items: readonly unknown[]) => Value,
  trace: (items: readonly Located[]) => readonly Located[],
): Compiled {
  if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const value = input(focus, frame);
    return Array.isArray(value) ? choose(value) : value;
  };
  return { evaluate, types: call.input.types, ...choiceOrigin(call.input.origin, trace) };
}

function onItems(call: Call, choose: <T>(items: readonly T[]) => readonly T[]): Compiled {
  if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
  const input = call.input.evaluate;
  return {
    evaluate: (focus, frame) => fromItems(choose(toItems(input(focus, frame)))),
    types: call.input.types,
    ...choiceOrigin(call.input.origin, (items) => choose(items)),
  };
}

function onItemsWithCount(
  call: Call,
  choose: <T>(items: readonly T[], count: number) => readonly T[],
): Compiled {
  const [argument] = argumentsOf(call, 1);
  const count = call.compile(argument, call.scope);
  if (kindOfTypes(count.types) !== 'number') throw new NotCompilable('count that is not a number');
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const value = input(focus, frame);
    const number = singleItem(count.evaluate(focus, frame));
    return typeof number === 'number' ? fromItems(choose(toItems(value), number)) : undefined;
  };
  const origin = choiceOrigin(call.input.origin, (items, focus, frame) => {
    const number = singleItem(count.evaluate(focus.value, frame));
    return typeof number === 'number' ? choose(items, number) : [];
  });
  return { evaluate, types: call.input.types, ...origin };
}
