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

/** The occurrences of an element; malformed ones, which the check of the type has reported, are left out. */
export function itemsOf(owner: unknown, properties: readonly Property[]): readonly Item[] {
  if (!isObject(owner)) return NONE;
  const items: Item[] = [];
  for (const property of properties) {
    const value = owner[property.key];
    const sidecar = owner[`_${property.key}`];
    if (value === undefined && sidecar === undefined) continue;
    if (property.element.repeats) addRepeated(value, sidecar, property, items);
    else addOne(value, sidecar, property, -1, items);
  }
  return items;
}

function addRepeated(value: unknown, sidecar: unknown, property: Property, items: Item[]): void {
  const values = Array.isArray(value) ? value : [];
  const sidecars = Array.isArray(sidecar) ? sidecar : [];
  const length = Math.max(values.length, sidecars.length);
  for (let i = 0; i < length; i++) addOne(values[i], sidecars[i], property, i, items);
}

function addOne(value: unknown, sidecar: unknown, property: Property, index: number, items: Item[]): void {
  const beside = isObject(sidecar) ? sidecar : undefined;
  const held = value ?? undefined;
  if (held === undefined && beside === undefined) return;
  if (Array.isArray(held)) return;
  items.push({ value: held, sidecar: beside, property, index });
}
