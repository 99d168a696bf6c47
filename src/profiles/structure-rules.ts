import { quote } from '../core/finding.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import { parseFhirPath } from '../fhir/fhirpath/parse-fhirpath.ts';
import { isObject, type JsonObject } from './definition.ts';
import { checkConstrained, checkDerivation } from './derivation-rules.ts';
import { parseDiscriminatorPath } from './discriminator-path.ts';
import { propertiesOf } from './element-items.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

/**
 * A profile of a type of R4: each path of its differential leads to an element of the type, discriminators lead to
 * elements of what they slice, and invariants can be read.
 */
export function checkStructureDefinition(structure: JsonObject, context: ValidatorContext, run: Run): void {
  const { type, differential, kind, contextInvariant } = structure;
  checkDerivation(structure, context, run);
  for (const each of Array.isArray(contextInvariant) ? contextInvariant : []) {
    checkExpression({ expression: each }, run);
  }
  if (typeof type !== 'string' || kind === 'logical' || !isObject(differential)) return;
  const elements = differential['element'];
  if (context.store.type(type) === undefined || !Array.isArray(elements)) return;
  run.push('differential', -1, 'StructureDefinition.differential');
  if (structure['derivation'] === 'constraint') checkConstrained(structure, elements, context, run);
  for (const [i, element] of elements.entries()) {
    if (!isObject(element)) continue;
    run.push('element', i, 'ElementDefinition', element);
    checkElement(element, type, context, run);
    run.pop();
  }
  run.pop();
}

function checkElement(element: JsonObject, root: string, context: ValidatorContext, run: Run): void {
  const { path, slicing, constraint } = element;
  if (typeof path === 'string') {
    const types = typesAt(path, root, context);
    if (types?.length === 0) {
      run.error('definition-invalid', 'its path leads to no element', {
        found: quote(path),
        expected: `a path of ${root}`,
      });
    } else if (types !== undefined && isObject(slicing)) {
      checkDiscriminators(slicing, types, context, run);
    }
  }
  for (const each of Array.isArray(constraint) ? constraint : []) checkExpression(each, run);
}

/** Types of what a path leads to; empty where it leads nowhere, undefined where that cannot be said. */
function typesAt(path: string, root: string, context: ValidatorContext): readonly string[] | undefined {
  const [first, ...names] = path.split('.');
  if (first !== root) return undefined;
  let types: readonly string[] = [root];
  for (const name of names) {
    if (types.includes('Resource') || types.includes('DomainResource')) return undefined;
    types = types.flatMap((type) => membersOf(type, name, context));
  }
  return types;
}

function membersOf(type: string, name: string, { shapes }: ValidatorContext): readonly string[] {
  const isPrimitive = shapes.isPrimitive(type);
  if (isPrimitive && name === 'value') return [type];
  const shape = shapes.get(isPrimitive ? 'Element' : type);
  return shape === undefined ? [] : propertiesOf(shape, name).map((property) => property.type);
}

function checkDiscriminators(
  slicing: JsonObject,
  types: readonly string[],
  context: ValidatorContext,
  run: Run,
): void {
  const { discriminator } = slicing;
  if (!Array.isArray(discriminator)) return;
  for (const each of discriminator) {
    const path = isObject(each) ? each['path'] : undefined;
    if (typeof path !== 'string' || leadsSomewhere(path, types, context)) continue;
    const details = { found: quote(path), expected: `a path of ${types.join(', ')}` };
    run.error(
      'definition-invalid',
      'the path of a discriminator leads to no element of what is sliced',
      details,
    );
  }
}

/** Up to a step that only an instance can answer: `resolve()`, an extension, a resource of any type. */
function leadsSomewhere(path: string, types: readonly string[], context: ValidatorContext): boolean {
  let current = types;
  for (const step of parseDiscriminatorPath(path)) {
    if (step.kind === 'type') current = [step.name];
    else if (step.kind !== 'member' || current.includes('Resource')) return true;
    else current = current.flatMap((type) => membersOf(type, step.name, context));
    if (current.length === 0) return false;
  }
  return true;
}

function checkExpression(constraint: unknown, run: Run): void {
  const expression = isObject(constraint) ? constraint['expression'] : undefined;
  if (typeof expression !== 'string') return;
  try {
    parseFhirPath(expression);
  } catch (error) {
    if (!(error instanceof FhirPathError)) throw error;
    const found = { found: quote(isObject(constraint) ? constraint['key'] : undefined) };
    run.error('definition-invalid', 'the expression of an invariant is no FHIRPath', found);
  }
}
