/** Compiles the check of one property of a type: array or not, the object beside a primitive, then each value. */
import { quote } from '../core/finding.ts';
import { compileBinding } from './binding-check.ts';
import { type Constraint, isObject } from './definition.ts';
import { checkExtension } from './extension-check.ts';
import { compileInvariants } from './invariants.ts';
import { checkNarrative } from './narrative-check.ts';
import { isQuotable, primitiveCheckOf } from './primitive-check.ts';
import { compileReferenceCheck } from './reference-check.ts';
import type { Run } from './run.ts';
import type { Property, Shape } from './shapes.ts';
import { specialCheckOf } from './special-types.ts';
import type { ObjectCheck, ValidatorContext, ValueCheck } from './validator-context.ts';

type PropertyCheck = (value: unknown, sidecar: unknown, run: Run) => void;

export interface CompiledProperty {
  readonly check: PropertyCheck;
  /** Of primitives: the key of the object beside them. */
  readonly sidecarKey: string | undefined;
}

export function compileProperty(
  property: Property,
  shape: Shape,
  context: ValidatorContext,
): CompiledProperty {
  const { element, step, type } = property;
  const check = compileValueCheck(property, shape, context);
  const { sidecarKey } = property;
  const one = (value: unknown, sidecar: unknown, index: number, run: Run): void => {
    run.push(step, index, type, value);
    checkOne(value, sidecar, check, run);
    run.pop();
  };
  if (element.repeats) return { check: compileRepeating(property, one), sidecarKey };
  const single: PropertyCheck = (value, sidecar, run) => {
    if (Array.isArray(value) || Array.isArray(sidecar)) {
      run.push(step, -1, type);
      run.error('element-invalid', 'an array, where one value is needed');
      run.pop();
    } else {
      one(value, sidecar, -1, run);
    }
  };
  return { check: single, sidecarKey };
}

function checkOne(value: unknown, sidecar: unknown, check: ValueCheck, run: Run): void {
  if (sidecar !== undefined && !isObject(sidecar)) {
    run.error('element-invalid', 'what stands beside a primitive is no object');
  } else if (value === null || (value === undefined && sidecar === undefined)) {
    run.error('element-invalid', 'null, where a value is needed');
  } else {
    check(value, sidecar, run);
  }
}

function compileRepeating(
  { element, step, type }: Property,
  one: (value: unknown, sidecar: unknown, index: number, run: Run) => void,
): PropertyCheck {
  const at = (run: Run, message: string): void => {
    run.push(step, -1, type);
    run.error('element-invalid', message);
    run.pop();
  };
  return (value, sidecar, run) => {
    if (value !== undefined && !Array.isArray(value)) return at(run, 'one value, where an array is needed');
    if (sidecar !== undefined && !Array.isArray(sidecar)) return at(run, 'beside it stands no array');
    const values: readonly unknown[] = value ?? [];
    const besides: readonly unknown[] = sidecar ?? [];
    const length = Math.max(values.length, besides.length);
    if (length === 0) return at(run, 'an empty array; leave the property out');
    for (let i = 0; i < length; i++) {
      const beside = besides[i] ?? undefined;
      one(values[i] === null && beside !== undefined ? undefined : values[i], beside, i, run);
    }
    if (length > element.max) {
      const expected = `at most ${element.max}`;
      run.error('element-excess', `${element.name} is there too often`, { found: String(length), expected });
    }
    return undefined;
  };
}

/** What a single value must be: by its type, then by what the element says of it. */
function compileValueCheck(property: Property, shape: Shape, context: ValidatorContext): ValueCheck {
  const { type, element } = property;
  const checks: ValueCheck[] = [];
  if (type === 'Resource') {
    const carrier = element.name === 'contained' ? 'contained' : 'entry';
    return (value, _sidecar, run) => context.resourceCheck(value, run, carrier);
  }
  if (type === 'xhtml') return (value, _sidecar, run) => checkNarrative(value, run);
  checks.push(
    context.shapes.isPrimitive(type) ? compilePrimitive(property, context) : compileComplex(type, context),
  );
  const binding = compileBinding(element.definition.binding, type, context, element.properties.length);
  if (binding !== undefined) checks.push(binding);
  if (type === 'Reference') checks.push(compileReferenceCheck(property.definition?.targetProfile, context));
  if (type === 'Extension') {
    const isModifier = element.name === 'modifierExtension';
    checks.push((value, _sidecar, run) => isObject(value) && checkExtension(value, isModifier, context, run));
  }
  if (isElementId(property, shape)) checks.push((value, _sidecar, run) => run.noteElementId(value));
  if (type !== 'Extension') addProfiles(property.definition?.profile ?? [], context, checks);
  addInvariants(property, shape, context, checks);
  return all(checks);
}

/** In a StructureDefinition ids are paths, once in the snapshot and once in the differential. */
function isElementId({ element }: Property, { name }: Shape): boolean {
  return element.definition.base?.path === 'Element.id' && name !== 'ElementDefinition';
}

function addProfiles(profiles: readonly string[], context: ValidatorContext, checks: ValueCheck[]): void {
  const [only, ...others] = profiles;
  if (only === undefined || others.length > 0) return;
  let check: ValueCheck | undefined;
  checks.push((value, sidecar, run) => {
    check ??= context.profileCheck(only);
    check?.(value, sidecar, run);
  });
}

/** Those of the element that are not already those of its type. */
function addInvariants(
  { element, type }: Property,
  shape: Shape,
  context: ValidatorContext,
  checks: ValueCheck[],
): void {
  const constraint = [...(element.definition.constraint ?? []), ...constraintsByReference(element, context)];
  if (constraint.length === 0) return;
  const ofType = new Set(context.shapes.get(type)?.constraints.map(({ key }) => key) ?? []);
  const own = constraint.filter(({ key }) => !ofType.has(key) && !(key === 'ext-1' && type !== 'Extension'));
  const invariants = compileInvariants(own, type, shape.name.split('.')[0]);
  if (invariants === undefined) return;
  checks.push((value, _sidecar, run) => {
    if (value !== undefined) invariants(value, run);
  });
}

/** An element that is defined by reference to another has the invariants of that one, as `Questionnaire.item.item` has. */
function constraintsByReference(
  { definition: { contentReference } }: Property['element'],
  { shapes }: ValidatorContext,
): readonly Constraint[] {
  if (contentReference === undefined) return [];
  const path = contentReference.slice(contentReference.indexOf('#') + 1);
  const end = path.lastIndexOf('.');
  return shapes.get(path.slice(0, end))?.elements.get(path.slice(end + 1))?.definition.constraint ?? [];
}

function all(checks: readonly ValueCheck[]): ValueCheck {
  const [first, second] = checks;
  if (first === undefined) return () => undefined;
  if (second === undefined) return first;
  return (value, sidecar, run) => {
    for (const check of checks) check(value, sidecar, run);
  };
}

function compilePrimitive({ type }: Property, context: ValidatorContext): ValueCheck {
  const check = primitiveCheckOf(type);
  const quotable = isQuotable(type);
  let element: ObjectCheck | undefined;
  return (value, sidecar, run) => {
    if (value !== undefined) {
      const fault = check?.(value);
      if (fault !== undefined) {
        const isPrimitive = typeof value !== 'object';
        const found = quotable && isPrimitive ? { found: quote(value) } : {};
        const message = `is not a valid ${type}; expected ${fault.expected}`;
        run.report(fault.code, fault.severity, message, { expected: fault.expected, ...found });
      }
    }
    if (sidecar === undefined) return;
    if (value === undefined && sidecar['id'] !== undefined && Object.keys(sidecar).length === 1) {
      run.error('element-invalid', 'neither a value nor an extension, where one is needed');
    }
    element ??= context.typeCheck('Element');
    element(sidecar, run);
  };
}

function compileComplex(type: string, context: ValidatorContext): ValueCheck {
  const special = specialCheckOf(type);
  let check: ObjectCheck | undefined;
  return (value, _sidecar, run) => {
    if (!isObject(value)) {
      run.error('element-invalid', `no object, where a ${type} is needed`);
      return;
    }
    check ??= context.typeCheck(type);
    check(value, run);
    special?.(value, run, context);
  };
}
