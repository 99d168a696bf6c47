/**
 * A profile against what it constrains (R4, profiling.html, structuredefinition.html): it is of the base's type and kind,
 * narrows and never widens, and fixes values of types that its elements have.
 */
import { quote } from '../core/finding.ts';
import { isObject, type JsonObject, type StructureDefinition, withoutVersion } from './definition.ts';
import { propertiesOf } from './element-items.ts';
import { type Constrained, checkElementTypes } from './element-type-rules.ts';
import type { Run } from './run.ts';
import type { ShapeElement } from './shapes.ts';
import type { ValidatorContext } from './validator-context.ts';

/** The whole of a profile: type, kind, what only extensions have. */
export function checkDerivation(structure: JsonObject, context: ValidatorContext, run: Run): void {
  const { type, kind, baseDefinition, derivation, url } = structure;
  const error = (message: string, expected?: unknown): void =>
    run.error('definition-invalid', message, typeof expected === 'string' ? { expected } : {});
  if (type !== 'Extension' && structure['context'] !== undefined) {
    error('has a context, which only extensions have');
  }
  if (typeof baseDefinition !== 'string') return;
  if (derivation === undefined) error('has a base and does not say how it derives from it', 'derivation');
  if (derivation !== 'constraint') return;
  const base = context.store.structure(baseDefinition);
  if (base !== undefined && base.type !== type) error('its type is not that of its base', base.type);
  if (base?.kind !== undefined && base.kind !== kind) error('its kind is not that of its base', base.kind);
  if (type === 'Extension' && fixedUrlOf(structure) !== url) {
    error('its Extension.url is not fixed to its canonical URL', String(url).slice(0, 200));
  }
}

function elementsOf(
  structure: JsonObject | StructureDefinition,
  view: 'snapshot' | 'differential',
): readonly JsonObject[] {
  const part = structure[view];
  const elements = isObject(part) ? part['element'] : undefined;
  return Array.isArray(elements) ? elements.filter(isObject) : [];
}

/** What `Extension.url` is fixed to, in the differential or else the snapshot. */
function fixedUrlOf(structure: JsonObject): unknown {
  for (const view of ['differential', 'snapshot'] as const) {
    const element = elementsOf(structure, view).find(({ path }) => path === 'Extension.url');
    if (element?.['fixedUri'] !== undefined) return element['fixedUri'];
  }
  return undefined;
}

/** Each element of the differential, where its path leads to one of R4. */
export function checkConstrained(
  structure: JsonObject,
  elements: readonly unknown[],
  context: ValidatorContext,
  run: Run,
): void {
  const sliced = slicedPaths(structure, context);
  const keys = new Map<unknown, unknown>();
  const order = new Map<string, number>();
  for (const [i, element] of elements.entries()) {
    if (!isObject(element) || typeof element['path'] !== 'string') continue;
    const { path } = element;
    if (element['slicing'] !== undefined) sliced?.add(path);
    run.push('element', i, 'ElementDefinition', element);
    checkKeys(element, keys, run);
    const base = baseElement(path, String(structure['type']), context);
    if (base !== undefined) {
      const constrained = { element, path, base };
      checkCardinality(constrained, run);
      checkSlice(constrained, sliced, run);
      checkElementTypes(constrained, context, run);
      checkOrder(constrained, order, context, run);
    }
    run.pop();
  }
}

/** Paths that the base slices; undefined where it is not loaded, so that nothing can be said. */
function slicedPaths({ baseDefinition }: JsonObject, { store }: ValidatorContext): Set<string> | undefined {
  const base =
    typeof baseDefinition === 'string' ? store.structure(withoutVersion(baseDefinition)) : undefined;
  if (base?.snapshot === undefined) return undefined;
  return new Set(
    base.snapshot.element.filter(({ slicing }) => slicing !== undefined).map(({ path }) => path),
  );
}

function baseElement(path: string, root: string, { shapes }: ValidatorContext): ShapeElement | undefined {
  const [first, ...names] = path.split('.');
  if (first !== root) return undefined;
  let types: readonly string[] = [root];
  let found: ShapeElement | undefined;
  for (const name of names) {
    const properties = types.flatMap((type) => {
      const shape = shapes.get(shapes.isPrimitive(type) ? 'Element' : type);
      return shape === undefined ? [] : propertiesOf(shape, name);
    });
    found = properties[0]?.element;
    types = properties.map(({ type }) => type);
  }
  return found;
}

/** A key stands for one expression. */
function checkKeys({ constraint }: JsonObject, keys: Map<unknown, unknown>, run: Run): void {
  for (const each of Array.isArray(constraint) ? constraint.filter(isObject) : []) {
    const { key, expression } = each;
    if (keys.has(key) && keys.get(key) !== expression) {
      run.error('definition-invalid', 'the key of an invariant stands for two expressions', {
        found: quote(key),
      });
    }
    keys.set(key, expression);
  }
}

function checkCardinality({ element, base }: Constrained, run: Run): void {
  const { min, max, sliceName } = element;
  if (typeof min === 'number' && min < base.min && sliceName === undefined) {
    const details = { found: String(min), expected: `at least ${base.min}` };
    run.error('definition-invalid', 'its minimum is less than that of its base', details);
  }
  const most = max === '*' ? Number.POSITIVE_INFINITY : Number(max);
  if (typeof max === 'string' && most > base.max) {
    const details = { found: quote(max), expected: `at most ${base.max}` };
    run.error('definition-invalid', 'its maximum is more than that of its base', details);
  }
}

/** Only what repeats, or has a choice of types, is sliced; extensions and choices are sliced without saying so. */
function checkSlice(
  { element, path, base }: Constrained,
  sliced: ReadonlySet<string> | undefined,
  run: Run,
): void {
  if (typeof element['sliceName'] !== 'string' || base.choice) return;
  if (base.max === 1) run.error('definition-invalid', 'slices an element that does not repeat');
  else if (sliced?.has(path) === false && !/xtension$/.test(path)) {
    run.error('definition-invalid', 'is a slice of what is not sliced', { expected: 'slicing' });
  }
}

/** Elements of one parent stand in the order in which R4 has them. */
function checkOrder(
  { element, path, base }: Constrained,
  order: Map<string, number>,
  { shapes }: ValidatorContext,
  run: Run,
): void {
  const place = typeof element['id'] === 'string' ? element['id'] : path;
  const parent = place.slice(0, place.lastIndexOf('.'));
  const owner = base.definition.path.slice(0, base.definition.path.lastIndexOf('.'));
  const index = [...(shapes.get(owner)?.elements.keys() ?? [])].indexOf(base.name);
  const last = order.get(parent) ?? 0;
  if (index < last) run.error('definition-invalid', 'stands behind an element that comes after it');
  order.set(parent, Math.max(index, last));
}
