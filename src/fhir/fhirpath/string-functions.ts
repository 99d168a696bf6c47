import { type Call, type Compiled, type FunctionTable, kindOfTypes, type Types } from './compiled.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { type Evaluate, fromItems, singleItem, toItems, type Value } from './value.ts';

const STRING: Types = ['string'];
const BOOLEAN: Types = ['boolean'];

/** Functions on strings (FHIRPath 5.6); an empty input or argument gives an empty result. */
export const STRING_FUNCTIONS: FunctionTable = {
  startsWith: (call) => withText(call, BOOLEAN, (text, other) => text.startsWith(other)),
  endsWith: (call) => withText(call, BOOLEAN, (text, other) => text.endsWith(other)),
  contains: (call) => withText(call, BOOLEAN, (text, other) => text.includes(other)),
  indexOf: (call) => withText(call, ['integer'], (text, other) => text.indexOf(other)),
  split: (call) => withText(call, STRING, (text, other) => fromItems(text.split(other))),
  upper: (call) => onText(call, STRING, (text) => text.toUpperCase()),
  lower: (call) => onText(call, STRING, (text) => text.toLowerCase()),
  trim: (call) => onText(call, STRING, (text) => text.trim()),
  length: (call) => onText(call, ['integer'], (text) => text.length),
  substring: compileSubstring,
  replace: compileReplace,
  join: compileJoin,
  toString: compileToString,
};

function textInput(call: Call): Evaluate {
  const kind = kindOfTypes(call.input.types);
  if (kind !== 'string' && kind !== 'empty')
    throw new NotCompilable('string function on what is not a string');
  return call.input.evaluate;
}

/** The arguments, evaluated on the focus of the call; each of the expected kind. */
function argumentsOfKind(call: Call, kind: 'string' | 'number'): readonly Evaluate[] {
  return call.args.map((argument) => {
    const compiled = call.compile(argument, call.scope);
    const found = kindOfTypes(compiled.types);
    if (found !== kind && found !== 'empty') throw new NotCompilable('argument of an unexpected type');
    return compiled.evaluate;
  });
}

function onText(call: Call, types: Types, apply: (text: string) => Value): Compiled {
  const input = textInput(call);
  if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return item === undefined ? undefined : apply(asText(item));
  };
  return { evaluate, types };
}

function withText(call: Call, types: Types, apply: (text: string, other: string) => Value): Compiled {
  const input = textInput(call);
  const [argument, ...others] = argumentsOfKind(call, 'string');
  if (argument === undefined || others.length > 0) throw new NotCompilable('unusual number of arguments');
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    const other = singleItem(argument(focus, frame));
    return item === undefined || other === undefined ? undefined : apply(asText(item), asText(other));
  };
  return { evaluate, types };
}

function compileSubstring(call: Call): Compiled {
  const input = textInput(call);
  const [start, length, ...others] = argumentsOfKind(call, 'number');
  if (start === undefined || others.length > 0) throw new NotCompilable('unusual number of arguments');
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    const from = singleItem(start(focus, frame));
    if (item === undefined || typeof from !== 'number') return undefined;
    const text = asText(item);
    if (from < 0 || from >= text.length) return undefined;
    const count = length === undefined ? undefined : singleItem(length(focus, frame));
    return typeof count === 'number' ? text.slice(from, from + Math.max(0, count)) : text.slice(from);
  };
  return { evaluate, types: STRING };
}

function compileReplace(call: Call): Compiled {
  const input = textInput(call);
  const [pattern, substitution, ...others] = argumentsOfKind(call, 'string');
  if (pattern === undefined || substitution === undefined || others.length > 0) {
    throw new NotCompilable('unusual number of arguments');
  }
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    const from = singleItem(pattern(focus, frame));
    const to = singleItem(substitution(focus, frame));
    if (item === undefined || from === undefined || to === undefined) return undefined;
    const replacement = asText(to);
    return asText(item).replaceAll(asText(from), () => replacement);
  };
  return { evaluate, types: STRING };
}

/** `join([separator])`: SQL on FHIR makes it an empty string for an empty input, and the separator optional. */
function compileJoin(call: Call): Compiled {
  const input = textInput(call);
  const [separator, ...others] = argumentsOfKind(call, 'string');
  if (others.length > 0) throw new NotCompilable('unusual number of arguments');
  const evaluate: Evaluate = (focus, frame) => {
    const between = separator === undefined ? undefined : singleItem(separator(focus, frame));
    return toItems(input(focus, frame))
      .map(asText)
      .join(between === undefined ? '' : asText(between));
  };
  return { evaluate, types: STRING };
}

/** Of types whose text is what is written. A decimal has lost its trailing zeros; the library decides there. */
function compileToString(call: Call): Compiled {
  const kind = kindOfTypes(call.input.types);
  const known = ['string', 'boolean', 'number', 'date', 'time', 'empty'].includes(kind);
  if (call.args.length > 0 || !known || call.input.types?.includes('decimal') === true) {
    throw new NotCompilable('toString of an unexpected type');
  }
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return item === undefined ? undefined : String(item);
  };
  return { evaluate, types: STRING };
}

function asText(item: unknown): string {
  if (typeof item === 'string') return item;
  throw new FhirPathError('evaluation', 'an item is not a string');
}
