/**
 * Checks an object against its type alone: names and JSON shapes of properties, primitives, cardinality, one of a choice,
 * bindings, reference targets, invariants, and what is special to some types. What a profile adds is constraint-check's.
 */
import { quote } from '../core/finding.ts';
import type { JsonObject } from './definition.ts';
import { compileInvariants } from './invariants.ts';
import { type CompiledProperty, compileProperty } from './property-check.ts';
import type { Run } from './run.ts';
import type { Shape, ShapeElement } from './shapes.ts';
import type { ObjectCheck, ValidatorContext } from './validator-context.ts';

export const MAX_DEPTH = 64;

/** Compiles a shape; types below it are compiled when a value of theirs is first met. */
export function compileTypeCheck(shape: Shape, context: ValidatorContext): ObjectCheck {
  const elements = [...shape.elements.values()];
  const required = elements.filter(({ min }) => min > 0);
  const choices = elements.filter(({ choice }) => choice);
  const properties = new Map(
    [...shape.byKey].map(([key, property]) => {
      const bits = { required: bitOf(property.element, required), choice: bitOf(property.element, choices) };
      return [key, { ...compileProperty(property, shape, context), ...bits }];
    }),
  );
  const everything = 2 ** Math.min(required.length, 30) - 1;
  const invariants = compileInvariants(shape.constraints, shape.name);
  return (value, run) => {
    const hasSidecars = holdsSidecar(value);
    let count = 0;
    let found = 0;
    let chosen = 0;
    let repeated = hasSidecars;
    for (const key in value) {
      count += 1;
      const property = properties.get(key);
      if (property === undefined) {
        checkOther(key, value, shape, properties, run);
        continue;
      }
      found |= property.required;
      repeated ||= (chosen & property.choice) !== 0;
      chosen |= property.choice;
      property.check(value[key], hasSidecars ? sidecarOf(property, value) : undefined, run);
    }
    if (found !== everything) checkRequired(required, value, shape, run);
    if (repeated) checkChoices(choices, value, run);
    if (count === 0 || (count === 1 && Object.hasOwn(value, 'id') && shape.name !== 'Element')) {
      run.error('element-invalid', 'an object without content, where content is needed');
    }
    invariants?.(value, run);
  };
}

function sidecarOf({ sidecarKey }: CompiledProperty, value: JsonObject): unknown {
  return sidecarKey === undefined ? undefined : value[sidecarKey];
}

/** Which bit stands for an element; none beyond thirty, where every object is looked at in full. */
function bitOf(element: ShapeElement, list: readonly ShapeElement[]): number {
  const index = list.indexOf(element);
  return index < 0 || index >= 30 ? 0 : 1 << index;
}

function holdsSidecar(value: JsonObject): boolean {
  for (const key in value) if (isSidecarKey(key)) return true;
  return false;
}

function isSidecarKey(key: string): boolean {
  return key.charCodeAt(0) === 0x5f;
}

/** A property that the type does not name: the type itself, the object beside a primitive, or unknown. */
function checkOther(
  key: string,
  owner: JsonObject,
  { isResource }: Shape,
  properties: ReadonlyMap<string, CompiledProperty>,
  run: Run,
): void {
  if (isResource && key === 'resourceType') return;
  const beside = isSidecarKey(key) ? properties.get(key.slice(1)) : undefined;
  if (beside?.sidecarKey !== undefined) {
    if (!Object.hasOwn(owner, key.slice(1))) beside.check(undefined, owner[key], run);
    return;
  }
  const expected = 'properties that the type defines';
  run.error('element-unknown', `has a property "${quote(key)}" that is not defined there`, { expected });
}

function checkRequired(required: readonly ShapeElement[], value: JsonObject, shape: Shape, run: Run): void {
  for (const { name, min, properties } of required) {
    if (properties.some(({ key, sidecarKey }) => isPresent(value, key, sidecarKey))) continue;
    const expected = `${shape.name}.${name}: at least ${min}`;
    run.error('element-missing', `${name} is missing`, { found: '0', expected });
  }
}

function isPresent(value: JsonObject, key: string, sidecarKey: string | undefined): boolean {
  return value[key] !== undefined || (sidecarKey !== undefined && value[sidecarKey] !== undefined);
}

function checkChoices(choices: readonly ShapeElement[], value: JsonObject, run: Run): void {
  for (const element of choices) checkChoice(element, value, run);
}

function checkChoice({ name, properties }: ShapeElement, value: JsonObject, run: Run): void {
  let present = 0;
  for (const { key, sidecarKey } of properties) {
    if (isPresent(value, key, sidecarKey)) present += 1;
  }
  if (present > 1) {
    run.error('element-excess', `${name}[x] is there in ${present} types`, {
      found: String(present),
      expected: '1',
    });
  }
}
