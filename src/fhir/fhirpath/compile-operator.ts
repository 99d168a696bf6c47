import { type Compiled, kindOfTypes, type Types, unionTypes } from './compiled.ts';
import { addDecimals, multiplyDecimals } from './decimal.ts';
import { compileEquals, itemEquality } from './equality.ts';
import { compileEquivalent } from './equivalence.ts';
import type { BinaryOperator } from './expression.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { compareTemporal, compareTimes } from './temporal.ts';
import { type Evaluate, fromItems, singleItem, toItems, truthOf, type Value } from './value.ts';

const BOOLEAN: Types = ['boolean'];

/** A binary operator on compiled operands. Throws NotCompilable for operand types that are left to the library. */
export function compileOperator(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  switch (operator) {
    case 'and':
    case 'or':
    case 'xor':
    case 'implies':
      return { evaluate: compileLogic(operator, left.evaluate, right.evaluate), types: BOOLEAN };
    case '=':
      return { evaluate: compileEquals(left, right), types: BOOLEAN };
    case '!=':
      return { evaluate: negated(compileEquals(left, right)), types: BOOLEAN };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { evaluate: compileOrder(operator, left, right), types: BOOLEAN };
    case '|':
      return compileUnion(left, right);
    case 'in':
      return compileIn(left, right);
    case 'contains':
      return compileIn(right, left);
    case '&':
      return compileConcatenation(left, right);
    case '~':
      return { evaluate: compileEquivalent(left, right), types: BOOLEAN };
    case '!~':
      return { evaluate: negated(compileEquivalent(left, right)), types: BOOLEAN };
    default:
      return compileArithmetic(operator, left, right);
  }
}

function negated(evaluate: Evaluate): Evaluate {
  return (focus, frame) => {
    const value = evaluate(focus, frame);
    return value === undefined ? undefined : value !== true;
  };
}

/** Three-valued logic (FHIRPath 6.5); undefined is unknown. */
function compileLogic(operator: 'and' | 'or' | 'xor' | 'implies', l: Evaluate, r: Evaluate): Evaluate {
  switch (operator) {
    case 'and':
      return (focus, frame) => {
        const left = truthOf(l(focus, frame));
        if (left === false) return false;
        const right = truthOf(r(focus, frame));
        if (right === false) return false;
        return left === undefined ? undefined : right;
      };
    case 'or':
      return (focus, frame) => {
        const left = truthOf(l(focus, frame));
        if (left === true) return true;
        const right = truthOf(r(focus, frame));
        if (right === true) return true;
        return left === undefined ? undefined : right;
      };
    case 'xor':
      return (focus, frame) => {
        const left = truthOf(l(focus, frame));
        const right = truthOf(r(focus, frame));
        return left === undefined || right === undefined ? undefined : left !== right;
      };
    case 'implies':
      return (focus, frame) => {
        const left = truthOf(l(focus, frame));
        if (left === false) return true;
        const right = truthOf(r(focus, frame));
        if (right === true) return true;
        return left === undefined ? undefined : right;
      };
  }
}

type Comparer = (left: never, right: never) => -1 | 0 | 1 | undefined;

const COMPARERS = {
  string: compareCodePoints,
  number: (left: number, right: number) => (left < right ? -1 : left > right ? 1 : 0),
  date: compareTemporal,
  time: compareTimes,
} as const satisfies Record<string, Comparer>;

const ACCEPTED: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compileOrder(operator: '<' | '<=' | '>' | '>=', left: Compiled, right: Compiled): Evaluate {
  const kind = kindOfTypes(left.types);
  const l = left.evaluate;
  const r = right.evaluate;
  if (isEmpty(left) || isEmpty(right)) return onPairs(l, r, () => undefined);
  if (kind !== kindOfTypes(right.types) || !(kind in COMPARERS)) {
    throw new NotCompilable('order of types that differ or are known only at run time');
  }
  const compare = COMPARERS[kind as keyof typeof COMPARERS] as (
    left: unknown,
    right: unknown,
  ) => number | undefined;
  const accepted = ACCEPTED[operator];
  return (focus, frame) => {
    const a = singleItem(l(focus, frame));
    const b = singleItem(r(focus, frame));
    if (a === undefined || b === undefined) return undefined;
    const order = compare(a, b);
    return order === undefined ? undefined : accepted(order);
  };
}

/** By Unicode code point, as FHIRPath orders strings. */
function compareCodePoints(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compileUnion(left: Compiled, right: Compiled): Compiled {
  const types = unionTypes(left.types, right.types);
  const equal = itemEquality({ ...left, types }, { ...right, types });
  const l = left.evaluate;
  const r = right.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const out: unknown[] = [];
    for (const item of [...toItems(l(focus, frame)), ...toItems(r(focus, frame))]) {
      if (!out.some((seen) => equal(seen, item) === true)) out.push(item);
    }
    return fromItems(out);
  };
  return { evaluate, types };
}

function compileIn(element: Compiled, collection: Compiled): Compiled {
  const equal = itemEquality(element, collection);
  const l = element.evaluate;
  const r = collection.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(l(focus, frame));
    const items = r(focus, frame);
    if (item === undefined) return undefined;
    return toItems(items).some((candidate) => equal(item, candidate) === true);
  };
  return { evaluate, types: BOOLEAN };
}

/** `&`: an empty operand counts as an empty string. */
function compileConcatenation(left: Compiled, right: Compiled): Compiled {
  for (const operand of [left, right]) {
    const kind = kindOfTypes(operand.types);
    if (kind !== 'string' && kind !== 'empty') throw new NotCompilable('& of what is not a string');
  }
  const l = left.evaluate;
  const r = right.evaluate;
  const evaluate: Evaluate = (focus, frame) =>
    `${singleItem(l(focus, frame)) ?? ''}${singleItem(r(focus, frame)) ?? ''}`;
  return { evaluate, types: ['string'] };
}

type Arithmetic = (left: number, right: number) => number | undefined;

const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  '+': addDecimals,
  '-': (left, right) => addDecimals(left, -right),
  '*': multiplyDecimals,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  div: (left, right) => (right === 0 ? undefined : Math.trunc(left / right)),
  mod: (left, right) => (right === 0 ? undefined : remainder(left, right)),
};

function remainder(left: number, right: number): number {
  if (Number.isInteger(left) && Number.isInteger(right)) return left % right;
  return addDecimals(left, -multiplyDecimals(Math.trunc(left / right), right));
}

function compileArithmetic(operator: string, left: Compiled, right: Compiled): Compiled {
  const kinds = [kindOfTypes(left.types), kindOfTypes(right.types)];
  const l = left.evaluate;
  const r = right.evaluate;
  if (operator === '+' && kinds.every((kind) => kind === 'string')) {
    return { evaluate: onPairs(l, r, (a, b) => `${a}${b}`), types: ['string'] };
  }
  if (isEmpty(left) || isEmpty(right)) return { evaluate: onPairs(l, r, () => undefined), types: [] };
  const apply = ARITHMETIC[operator];
  if (apply === undefined || !kinds.every((kind) => kind === 'number')) {
    throw new NotCompilable('arithmetic on what is not a number');
  }
  const evaluate = onPairs(l, r, (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return apply(a, b);
    throw new FhirPathError('evaluation', `operand of ${operator} is not a number`);
  });
  return { evaluate, types: [arithmeticType(operator, left.types, right.types)] };
}

function arithmeticType(operator: string, left: Types, right: Types): string {
  if (operator === 'div') return 'integer';
  const whole = [...(left ?? []), ...(right ?? [])].every((type) => type !== 'decimal');
  return whole && operator !== '/' ? 'integer' : 'decimal';
}

function isEmpty(operand: Compiled): boolean {
  return kindOfTypes(operand.types) === 'empty';
}

function onPairs(l: Evaluate, r: Evaluate, apply: (left: unknown, right: unknown) => Value): Evaluate {
  return (focus, frame) => {
    const a = singleItem(l(focus, frame));
    const b = singleItem(r(focus, frame));
    return a === undefined || b === undefined ? undefined : apply(a, b);
  };
}
