import { type Compiled, NOTHING, type Scope, type Types } from './compiled.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { FOCUS_ORIGIN, memberOrigin } from './origin.ts';
import { isSubtype, isTypeName, kindOf, memberOf } from './type-model.ts';
import { type Evaluate, flatMap, fromJson, type Value } from './value.ts';

/** From how many possible properties on a choice is found by walking the object instead of asking for each. */
const MANY_KEYS = 8;

interface Property {
  readonly key: string;
  readonly type: string;
}

/** `input.name`; an input of undefined is the focus. */
export function compileMember(input: Compiled | undefined, name: string, scope: Scope): Compiled {
  const inputTypes = input === undefined ? scope.focus : input.types;
  if (input === undefined && namesFocus(name, inputTypes)) {
    return { evaluate: (focus) => focus, types: inputTypes, origin: FOCUS_ORIGIN };
  }
  const owner = ownerOf(input, name);
  const { properties, choice } = propertiesOf(owner?.types ?? inputTypes, name, scope);
  if (properties === undefined) return readProperties(owner, [{ key: name, type: '' }], undefined, name);
  return choice ? compileChoice(owner, properties, name) : compilePlain(owner, properties, name);
}

/** A path may start with the type of its focus, as in `Patient.name`. */
function namesFocus(name: string, types: Types): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  return types === undefined ? isTypeName(name) : types.some((type) => isSubtype(type, name));
}

/** Of a choice element only those types that have the member, so that the others are never looked for. */
function ownerOf(input: Compiled | undefined, name: string): Compiled | undefined {
  const narrowed = input?.narrow?.((type) => memberOf(type, name) !== undefined);
  return narrowed === undefined || narrowed === NOTHING ? input : narrowed;
}

function propertiesOf(
  types: Types,
  name: string,
  scope: Scope,
): { readonly properties: readonly Property[] | undefined; readonly choice: boolean } {
  if (types === undefined) return { properties: undefined, choice: false };
  const members = types.map((type) => memberOf(type, name)).filter((member) => member !== undefined);
  if (members.some((member) => member.jsonNameOnly)) scope.unknownElements.add(`${types.join('|')}.${name}`);
  if (members.length === 0) {
    if (types.some((type) => type === 'Resource' || type === 'DomainResource')) {
      throw new NotCompilable('member of a resource whose type is known only at run time');
    }
    if (name === 'value' && types.some((type) => kindOf(type) !== 'complex')) {
      throw new NotCompilable('value of a primitive');
    }
    if (types.length > 0) scope.unknownElements.add(`${types.join('|')}.${name}`);
    return { properties: undefined, choice: false };
  }
  const properties = new Map<string, Property>();
  for (const property of members.flatMap((member) => member.keys)) {
    properties.set(`${property.key} ${property.type}`, property);
  }
  return { properties: [...properties.values()], choice: members.some((member) => member.choice) };
}

function compilePlain(owner: Compiled | undefined, properties: readonly Property[], name: string): Compiled {
  const types = typesOf(properties);
  const element = readProperties(owner, properties, types, name);
  if (!types.every((type) => kindOf(type) !== 'complex')) return element;
  return { ...element, sidecar: sidecarOf(owner, properties, name) };
}

function compileChoice(owner: Compiled | undefined, properties: readonly Property[], name: string): Compiled {
  const element = readProperties(owner, properties, typesOf(properties), name);
  const narrow = (accepts: (type: string) => boolean): Compiled => {
    const accepted = properties.filter((property) => accepts(property.type));
    if (accepted.length === 0) return NOTHING;
    return accepted.length === properties.length ? compiled : compileChoice(owner, accepted, name);
  };
  const primitive = properties.every((property) => kindOf(property.type) !== 'complex');
  const compiled: Compiled = {
    ...element,
    narrow,
    ...(primitive ? { sidecar: sidecarOf(owner, properties, name) } : {}),
  };
  return compiled;
}

function typesOf(properties: readonly Property[]): readonly string[] {
  return [...new Set(properties.map((property) => property.type))];
}

function sidecarOf(owner: Compiled | undefined, properties: readonly Property[], name: string): Compiled {
  const sidecars = properties.map(({ key }) => ({ key: `_${key}`, type: 'Element' }));
  return readProperties(owner, sidecars, ['Element'], `_${name}`);
}

function readProperties(
  owner: Compiled | undefined,
  properties: readonly Property[],
  types: Types,
  name: string,
): Compiled {
  const keys = [...new Set(properties.map((property) => property.key))];
  const [first] = keys;
  if (first === undefined) return NOTHING;
  const read = keys.length === 1 ? readerOf(first) : choiceReader(keys);
  const from = owner === undefined ? FOCUS_ORIGIN : owner.origin;
  const origin = from === undefined ? {} : { origin: memberOrigin(from, keys, name) };
  if (owner === undefined) return { evaluate: read, types, ...origin };
  const input = owner.evaluate;
  const evaluate: Evaluate = (focus, frame) => {
    const value = input(focus, frame);
    return Array.isArray(value) ? flatMap(value, read) : read(value);
  };
  return { evaluate, types, ...origin };
}

/**
 * Reads one property of an item. Names that every object inherits are read from the object alone, so that an
 * expression never reaches a prototype; primitives have no members.
 */
function readerOf(key: string): (item: unknown) => Value {
  if (key in Object.prototype) {
    return (item) => (isObject(item) && Object.hasOwn(item, key) ? fromJson(item[key]) : undefined);
  }
  return (item) => {
    if (!isObject(item)) return undefined;
    const raw = item[key];
    return typeof raw === 'object' ? fromJson(raw) : raw;
  };
}

function isObject(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null;
}

function choiceReader(keys: readonly string[]): (item: unknown) => Value {
  return keys.length < MANY_KEYS ? askEach(keys) : walkProperties(new Set(keys));
}

function askEach(keys: readonly string[]): (item: unknown) => Value {
  return (item) => {
    if (!isObject(item)) return undefined;
    for (const key of keys) {
      const value = fromJson(item[key]);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

function walkProperties(keys: ReadonlySet<string>): (item: unknown) => Value {
  return (item) => {
    if (!isObject(item)) return undefined;
    for (const key in item) {
      if (!keys.has(key)) continue;
      const value = fromJson(item[key]);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}
