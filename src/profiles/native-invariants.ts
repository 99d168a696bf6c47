/**
 * Invariants of R4 that stand on nearly every element or resource, or that FHIRPath would answer in the square of a
 * resource's size, as plain functions. Each is found by its expression as R4 writes it, so a profile's own constraint of
 * the same key is never taken for it.
 */
import { isObject, type JsonObject } from './definition.ts';
import { compareQuantities } from './limit-check.ts';
import type { Run } from './run.ts';

type Holds = (value: unknown, run: Run) => boolean;

const NAMED = /[A-Z]([A-Za-z0-9_]){0,254}/;

const NATIVE: Readonly<Record<string, Holds>> = {
  'extension.exists() != value.exists()': (value) => {
    if (!isObject(value)) return true;
    const hasValue = Object.keys(value).some((key) => /^_?value[A-Z]/.test(key));
    return hasValue !== (value['extension'] !== undefined);
  },
  'contained.contained.empty()': (value) =>
    containedOf(value).every((each) => each['contained'] === undefined),
  [`contained.where((('#'+id in (%resource.descendants().reference | %resource.descendants().as(canonical) | %resource.descendants().as(uri) | %resource.descendants().as(url))) or descendants().where(reference = '#').exists() or descendants().where(as(canonical) = '#').exists() or descendants().where(as(canonical) = '#').exists()).not()).trace('unmatched', id).empty()`]:
    (value) => everyContainedIsUsed(value),
  [`reference.startsWith('#').not() or (reference.substring(1).trace('url') in %rootResource.contained.id.trace('ids'))`]:
    (value, run) => localReferenceExists(value, run),
  'descendants().linkId.isDistinct()': (value) => isDistinct(gather(value, 'linkId')),
  'concept.code.combine($this.descendants().concept.code).isDistinct()': (value) => {
    const codes = isObject(value) ? gatherCodes(value['concept']) : [];
    return isDistinct(codes);
  },
  'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()': (
    value,
  ) => noComponentRepeatsCode(value),
  "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')": (value) =>
    isObject(value) && typeof value['name'] === 'string' && NAMED.test(value['name']),
  'entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()': (value) =>
    fullUrlsAreDistinct(value),
  'low.empty() or high.empty() or (low <= high)': (value) => lowIsAtMostHigh(value),
  'htmlChecks()': () => true,
};

export function nativeInvariant(expression: string): Holds | undefined {
  return Object.hasOwn(NATIVE, expression) ? NATIVE[expression] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function containedOf(value: unknown): readonly JsonObject[] {
  return isObject(value) ? listOf(value['contained']).filter(isObject) : [];
}

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** Every value of a property at any depth. */
function gather(value: unknown, name: string, found: unknown[] = []): readonly unknown[] {
  if (Array.isArray(value)) {
    for (const item of value) gather(item, name, found);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key === name) found.push(child);
      gather(child, name, found);
    }
  }
  return found;
}

function gatherCodes(concepts: unknown): readonly unknown[] {
  return listOf(concepts)
    .filter(isObject)
    .flatMap((concept) => [concept['code'], ...gatherCodes(concept['concept'])]);
}

/** A contained resource is referred to, by any string of the form `#id`, or refers to its container by `#`. */
function everyContainedIsUsed(value: unknown): boolean {
  const contained = containedOf(value);
  if (contained.length === 0) return true;
  const local = new Set<string>();
  gatherLocal(value, local);
  return contained.every((each) => {
    if (local.has(`#${String(each['id'])}`)) return true;
    const own = new Set<string>();
    gatherLocal(each, own);
    return own.has('#');
  });
}

function gatherLocal(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) found.add(value);
  } else if (Array.isArray(value)) {
    for (const item of value) gatherLocal(item, found);
  } else if (isObject(value)) {
    for (const child of Object.values(value)) gatherLocal(child, found);
  }
}

function localReferenceExists(value: unknown, run: Run): boolean {
  const reference = isObject(value) ? value['reference'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#') || reference === '#') return true;
  const id = reference.slice(1);
  const scope = run.scope;
  return [scope?.container, scope?.resource].some((each) =>
    containedOf(each).some((one) => one['id'] === id),
  );
}

function isValueKey(key: string): boolean {
  return key.startsWith('value') && /^value[A-Z]/.test(key);
}

/** The code of a component is not that of the Observation, when that has a value of its own. */
function noComponentRepeatsCode(value: unknown): boolean {
  if (!isObject(value) || value['component'] === undefined) return true;
  if (!Object.keys(value).some(isValueKey)) return true;
  const own = codingsOf(value['code']);
  return listOf(value['component'])
    .filter(isObject)
    .every((component) =>
      codingsOf(component['code']).every((coding) => !own.some((each) => isSameCoding(each, coding))),
    );
}

function codingsOf(concept: unknown): readonly unknown[] {
  return isObject(concept) ? listOf(concept['coding']) : [];
}

/** Equal in every property; most differ in their code, which is looked at first. */
function isSameCoding(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return isObject(one) === isObject(other);
  const [code, otherCode] = [one['code'], other['code']];
  if (typeof code === 'string' && typeof otherCode === 'string' && code !== otherCode) return false;
  return sortedText(one) === sortedText(other);
}

function sortedText(coding: JsonObject): string {
  return JSON.stringify(Object.entries(coding).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** In one unit, by code or by text, or in units that UCUM converts; what cannot be compared is not in order. */
function lowIsAtMostHigh(value: unknown): boolean {
  const { low, high } = isObject(value) ? value : {};
  if (!isObject(low) || !isObject(high)) return true;
  const sameUnit = low['code'] === undefined && low['unit'] === high['unit'];
  const difference = sameUnit || typeof high['code'] === 'string' ? compareQuantities(low, high) : undefined;
  return difference !== undefined && difference <= 0;
}

function fullUrlsAreDistinct(value: unknown): boolean {
  const entries = isObject(value) ? listOf(value['entry']).filter(isObject) : [];
  const keys = entries
    .filter(({ fullUrl }) => fullUrl !== undefined)
    .map(({ fullUrl, resource }) => {
      const meta = isObject(resource) ? resource['meta'] : undefined;
      return `${fullUrl} ${isObject(meta) ? meta['versionId'] : ''}`;
    });
  return isDistinct(keys);
}
