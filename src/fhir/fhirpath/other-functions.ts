import { type Call, type Compiled, type FunctionTable, kindOfTypes, unionTypes } from './compiled.ts';
import type { Expression } from './expression.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { argumentsOf } from './filtering-functions.ts';
import { compileIs, typeNameOf } from './narrow.ts';
import { type Evaluate, fromItems, singleItem, toItems, truthOf } from './value.ts';

/** Mathematics, conversion, combination (FHIRPath 5.4, 5.5, 5.7). */
export const OTHER_FUNCTIONS: FunctionTable = {
  abs: (call) => onNumber(call, call.input.types, Math.abs),
  ceiling: (call) => onNumber(call, ['integer'], Math.ceil),
  floor: (call) => onNumber(call, ['integer'], Math.floor),
  truncate: (call) => onNumber(call, ['integer'], Math.trunc),
  combine: (call) => {
    const [argument] = argumentsOf(call, 1);
    const other = call.compile(argument, call.scope);
    const l = call.input.evaluate;
    const r = other.evaluate;
    const evaluate: Evaluate = (focus, frame) =>
      fromItems([...toItems(l(focus, frame)), ...toItems(r(focus, frame))]);
    return { evaluate, types: unionTypes(call.input.types, other.types) };
  },
  is: (call) => ({
    evaluate: compileIs(call.input, typeNameOf(argumentsOf(call, 1)[0])),
    types: ['boolean'],
  }),
  iif: compileIif,
};

function onNumber(call: Call, types: Compiled['types'], apply: (value: number) => number): Compiled {
  const kind = kindOfTypes(call.input.types);
  if (call.args.length > 0 || (kind !== 'number' && kind !== 'empty')) {
    throw new NotCompilable('mathematics on what is not a number');
  }
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    if (item === undefined) return undefined;
    if (typeof item !== 'number') throw new FhirPathError('evaluation', 'an item is not a number');
    return apply(item);
  };
  return { evaluate, types };
}

/** `iif(criterion, then [, otherwise])`; only the chosen branch is evaluated. Its `$this` is the input. */
function compileIif(call: Call): Compiled {
  const [criterion, then, otherwise, ...others] = call.args;
  if (criterion === undefined || then === undefined || others.length > 0) {
    throw new NotCompilable('unusual number of arguments');
  }
  const compile = (expression: Expression): Compiled =>
    call.compile(expression, { ...call.scope, focus: call.input.types });
  const condition = compile(criterion);
  const kind = kindOfTypes(condition.types);
  if (['string', 'number', 'date', 'time'].includes(kind)) {
    throw new FhirPathError('syntax', 'the criterion of iif is never a boolean');
  }
  if (kind !== 'boolean' && kind !== 'empty') throw new NotCompilable('criterion that is not a boolean');
  const test = condition.evaluate;
  const met = compile(then);
  const unmet = compile(otherwise ?? { kind: 'empty' });
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return truthOf(test(item, frame)) === true ? met.evaluate(item, frame) : unmet.evaluate(item, frame);
  };
  return { evaluate, types: unionTypes(met.types, unmet.types) };
}
