import { highBoundary, lowBoundary } from './boundary.ts';
import { compileMember } from './compile-member.ts';
import { type Call, type Compiled, type FunctionTable, kindOfTypes } from './compiled.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { argumentsOf } from './filtering-functions.ts';
import { typeNameOf } from './narrow.ts';
import { choiceOrigin } from './origin.ts';
import { referenceKeyOf, resourceKeyOf } from './resource-key.ts';
import { type Evaluate, flatMap, fromItems, singleItem, type Value } from './value.ts';

/** Functions that FHIR and SQL on FHIR add to FHIRPath. */
export const FHIR_FUNCTIONS: FunctionTable = {
  extension: (call) => {
    const [argument] = argumentsOf(call, 1);
    const url = call.compile(argument, call.scope);
    const extensions = compileMember(elementOf(call.input), 'extension', call.scope);
    const input = extensions.evaluate;
    const evaluate: Evaluate = (focus, frame) => {
      const value = input(focus, frame);
      return value === undefined ? undefined : extensionsOf(value, singleItem(url.evaluate(focus, frame)));
    };
    const origin = choiceOrigin(extensions.origin, (items, focus, frame) => {
      const wanted = singleItem(url.evaluate(focus.value, frame));
      return items.filter(({ value }) => hasUrl(value, wanted));
    });
    return { evaluate, types: ['Extension'], ...origin };
  },
  getResourceKey: (call) => {
    if (call.args.length > 0) throw new NotCompilable('argument where none is expected');
    return mapItems(call, resourceKeyOf);
  },
  getReferenceKey: (call) => {
    if (call.args.length === 0) return mapItems(call, (item) => referenceKeyOf(item, undefined));
    const type = typeNameOf(argumentsOf(call, 1)[0]);
    return mapItems(call, (item) => referenceKeyOf(item, type));
  },
  lowBoundary: (call) => boundary(call, lowBoundary),
  highBoundary: (call) => boundary(call, highBoundary),
};

/** What carries the id and extensions: of a primitive, the object beside it. */
function elementOf(input: Compiled): Compiled {
  if (input.sidecar !== undefined) return input.sidecar;
  if (kindOfTypes(input.types) !== 'complex')
    throw new NotCompilable('extension of a value without its element');
  return input;
}

function extensionsOf(value: Value, url: unknown): Value {
  if (!Array.isArray(value)) return hasUrl(value, url) ? value : undefined;
  return fromItems(value.filter((item) => hasUrl(item, url)));
}

function hasUrl(extension: unknown, url: unknown): boolean {
  return typeof extension === 'object' && extension !== null && 'url' in extension && extension.url === url;
}

function mapItems(call: Call, apply: (item: unknown) => Value): Compiled {
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const value = input(focus, frame);
    return Array.isArray(value) ? flatMap(value, apply) : apply(value);
  };
  return { evaluate, types: ['string'] };
}

function boundary(call: Call, apply: (type: string, value: unknown) => Value): Compiled {
  const [type, ...others] = call.input.types ?? [];
  if (call.args.length > 0 || type === undefined || others.length > 0) {
    throw new NotCompilable('boundary with a precision, or of an unknown type');
  }
  const input = call.input.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const item = singleItem(input(focus, frame));
    return item === undefined ? undefined : apply(type, item);
  };
  return { evaluate, types: call.input.types };
}
