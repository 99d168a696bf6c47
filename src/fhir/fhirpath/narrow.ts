import { type Compiled, NOTHING } from './compiled.ts';
import type { Expression } from './expression.ts';
import { FhirPathError, NotCompilable } from './fhirpath-error.ts';
import { choiceOrigin } from './origin.ts';
import { isSubtype, isTypeName } from './type-model.ts';
import { type Evaluate, fromItems, type Value } from './value.ts';

/**
 * The items of that type or a type derived from it: `ofType(type)`. A primitive is taken for its own type alone: a code is
 * no string there, though R4 derives the one from the other.
 */
export function narrowTo(input: Compiled, type: string): Compiled {
  return narrow(input, type, (candidate) =>
    /^[a-z]/.test(type) ? candidate === type : isSubtype(candidate, type),
  );
}

function narrow(input: Compiled, type: string, fits: (candidate: string) => boolean): Compiled {
  if (input.narrow !== undefined) return input.narrow(fits);
  const { types } = input;
  if (types === undefined) throw new NotCompilable('type that is known only at run time');
  if (types.every(fits)) return input;
  const evaluate = input.evaluate;
  if (isSubtype(type, 'Resource') && types.some((candidate) => isSubtype(type, candidate))) {
    return {
      evaluate: (focus, frame) => resourcesOf(evaluate(focus, frame), type),
      types: [type],
      ...choiceOrigin(input.origin, (items) => items.filter(({ value }) => isResourceOf(value, type))),
    };
  }
  if (types.some(fits)) throw new NotCompilable('mixture of types');
  return NOTHING;
}

/** `input is type`: unknown for an empty input. A code is a string here. */
export function compileIs(input: Compiled, type: string): Evaluate {
  const whole = input.evaluate;
  const narrowed = narrow(input, type, (candidate) => isSubtype(candidate, type)).evaluate;
  return (focus, frame) => {
    const value = whole(focus, frame);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) throw new FhirPathError('evaluation', 'several items before is');
    return narrowed(focus, frame) !== undefined;
  };
}

function resourcesOf(value: Value, type: string): Value {
  if (Array.isArray(value)) return fromItems(value.filter((item) => isResourceOf(item, type)));
  return isResourceOf(value, type) ? value : undefined;
}

function isResourceOf(item: unknown, type: string): boolean {
  if (typeof item !== 'object' || item === null || !('resourceType' in item)) return false;
  const { resourceType } = item;
  return resourceType === type || (typeof resourceType === 'string' && isSubtype(resourceType, type));
}

/** The type that an argument names: `Quantity` or `FHIR.Quantity`. System types are left to the library. */
export function typeNameOf(argument: Expression): string {
  if (argument.kind !== 'member') throw new NotCompilable('type that is not a name');
  const qualifier = argument.input;
  const qualified = qualifier !== undefined;
  const fhir =
    qualified && qualifier.kind === 'member' && qualifier.input === undefined && qualifier.name === 'FHIR';
  if (qualified && !fhir) throw new NotCompilable('type outside FHIR');
  return checkedTypeName(argument.name);
}

export function checkedTypeName(name: string): string {
  const plain = name.startsWith('FHIR.') ? name.slice('FHIR.'.length) : name;
  if (!isTypeName(plain)) throw new NotCompilable('type that is not one of R4');
  return plain;
}
