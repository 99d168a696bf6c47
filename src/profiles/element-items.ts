import { isObject, type JsonObject } from './definition.ts';
import type { Property, Shape } from './shapes.ts';

/** One occurrence of an element in an instance. */
export interface Item {
  readonly value: unknown;
  readonly sidecar: JsonObject | undefined;
  readonly property: Property;
  /** -1 where the element does not repeat. */
  readonly index: number;
}

const NONE: readonly Item[] = [];

/** The properties that hold an element: `value[x]` and `value` all of a choice, `valueQuantity` that one. */
export function propertiesOf(shape: Shape, name: string): readonly Property[] {
  const plain = name.endsWith('[x]') ? name.slice(0, -3) : name;
  const element = shape.elements.get(plain);
  if (element !== undefined) return element.properties;
  const property = shape.byKey.get(plain);
  return property === undefined ? [] : [property];
}

/** From how many properties on an object is walked instead of asked for each. */
const MANY = 4;

export type ItemsReader = (owner: unknown) => readonly Item[];

/** Reads the occurrences of an element; malformed ones, which the check of the type has reported, are left out. */
export function compileItemsReader(properties: readonly Property[]): ItemsReader {
  const [only] = properties;
  if (only !== undefined && properties.length === 1) return (owner) => itemsOfOne(owner, only);
  if (properties.length < MANY) return (owner) => itemsOf(owner, properties);
  const byKey = new Map(
    properties.flatMap((property) => keysOf(property).map((key) => [key, property] as const)),
  );
  return (owner) => {
    if (typeof owner !== 'object' || owner === null) return NONE;
    let present: Property[] | undefined;
    for (const key in owner) {
      const property = byKey.get(key);
      if (property === undefined || present?.includes(property)) continue;
      present ??= [];
      present.push(property);
    }
    return present === undefined ? NONE : itemsOf(owner, present);
  };
}

function keysOf({ key, sidecarKey }: Property): readonly string[] {
  return sidecarKey === undefined ? [key] : [key, sidecarKey];
}

/** As `itemsOf`, for the usual element, which has one property. */
function itemsOfOne(owner: unknown, property: Property): readonly Item[] {
  if (typeof owner !== 'object' || owner === null) return NONE;
  const { key, sidecarKey } = property;
  const held = owner as JsonObject;
  const value = held[key];
  const sidecar = sidecarKey === undefined ? undefined : held[sidecarKey];
  if (value === undefined && sidecar === undefined) return NONE;
  const items: Item[] = [];
  addItems(value, sidecar, property, items);
  return items;
}

export function itemsOf(owner: unknown, properties: readonly Property[]): readonly Item[] {
  if (typeof owner !== 'object' || owner === null) return NONE;
  const held = owner as JsonObject;
  let items: Item[] | undefined;
  for (const property of properties) {
    const value = held[property.key];
    const sidecar = property.sidecarKey === undefined ? undefined : held[property.sidecarKey];
    if (value === undefined && sidecar === undefined) continue;
    items ??= [];
    addItems(value, sidecar, property, items);
  }
  return items ?? NONE;
}

function addItems(value: unknown, sidecar: unknown, property: Property, items: Item[]): void {
  if (property.element.repeats) addRepeated(value, sidecar, property, items);
  else addOne(value, sidecar, property, -1, items);
}

function addRepeated(value: unknown, sidecar: unknown, property: Property, items: Item[]): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const sidecars: readonly unknown[] = Array.isArray(sidecar) ? sidecar : [];
  const length = Math.max(values.length, sidecars.length);
  for (let i = 0; i < length; i++) addOne(values[i], sidecars[i], property, i, items);
}

function addOne(value: unknown, sidecar: unknown, property: Property, index: number, items: Item[]): void {
  const beside = isObject(sidecar) ? sidecar : undefined;
  const held = value ?? undefined;
  if ((held === undefined && beside === undefined) || Array.isArray(held)) return;
  items.push({ value: held, sidecar: beside, property, index });
}
