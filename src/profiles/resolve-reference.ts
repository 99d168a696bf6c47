import { parseReference } from '../fhir/references.ts';
import { isObject, type JsonObject } from './definition.ts';
import type { ResourceScope, Run } from './run.ts';

export interface Resolved {
  readonly resource: JsonObject;
  readonly fullUrl?: string;
  readonly carrier?: JsonObject;
}

interface Carried {
  readonly resource: JsonObject;
  readonly fullUrl?: string;
}

/** What lies in a Bundle or Parameters, by full URL and by `Type/id`; made once for each. */
interface CarrierIndex {
  readonly byUrl: ReadonlyMap<string, Carried>;
  readonly byKey: ReadonlyMap<string, Carried>;
  readonly byResource: ReadonlyMap<JsonObject, Carried>;
}

const indexes = new WeakMap<JsonObject, CarrierIndex>();
const VERSION = /\/_history\/[A-Za-z0-9\-.]{1,64}$/;

/** The resource that a reference names, inside the container or the bundle; undefined where it is not here. */
export function resolveReference(reference: string, run: Run): Resolved | undefined {
  const { scope } = run;
  if (scope === undefined) return undefined;
  if (reference.startsWith('#')) return resolveContained(reference.slice(1), scope);
  for (let at: ResourceScope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.carrier === undefined) continue;
    const found = resolveIn(at.carrier, reference, at.fullUrl ?? at.parent?.fullUrl);
    if (found !== undefined) return { ...found, carrier: at.carrier };
  }
  return undefined;
}

function resolveContained(id: string, { container, resource }: ResourceScope): Resolved | undefined {
  if (id === '') return resource === container ? undefined : { resource: container };
  for (const owner of [container, resource]) {
    const contained = Array.isArray(owner['contained']) ? owner['contained'] : [];
    const found = contained.find((each) => isObject(each) && each['id'] === id);
    if (isObject(found)) return { resource: found };
  }
  return undefined;
}

/** FHIR R4, "Resolving references in Bundles": the base of a RESTful full URL completes a relative reference. */
function resolveIn(carrier: JsonObject, reference: string, fullUrl: string | undefined): Carried | undefined {
  const { byUrl, byKey } = indexOf(carrier);
  const plain = reference.replace(VERSION, '');
  const exact = byUrl.get(plain);
  if (exact !== undefined) return exact;
  const form = parseReference(plain);
  if (form.form !== 'literal') return undefined;
  const key = `${form.type}/${form.id}`;
  if (form.base !== '') {
    const found = byKey.get(key);
    return found?.fullUrl === undefined ? found : undefined;
  }
  const own = fullUrl === undefined ? undefined : parseReference(fullUrl);
  if (own?.form === 'literal' && own.base !== '') return byUrl.get(`${own.base}${key}`);
  return byKey.get(key);
}

function indexOf(carrier: JsonObject): CarrierIndex {
  const present = indexes.get(carrier);
  if (present !== undefined) return present;
  const byUrl = new Map<string, Carried>();
  const byKey = new Map<string, Carried>();
  const byResource = new Map<JsonObject, Carried>();
  for (const carried of carriedBy(carrier)) {
    const { resource, fullUrl } = carried;
    if (fullUrl !== undefined && !byUrl.has(fullUrl)) byUrl.set(fullUrl, carried);
    const key = `${resource['resourceType']}/${resource['id']}`;
    if (!byKey.has(key)) byKey.set(key, carried);
    byResource.set(resource, carried);
  }
  const index = { byUrl, byKey, byResource };
  indexes.set(carrier, index);
  return index;
}

/** The resources of a carrier that a carried one refers to. */
export function targetsOf({ resource, fullUrl }: Carried, carrier: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isObject(value)) {
      const { reference } = value;
      const target = typeof reference === 'string' ? resolveIn(carrier, reference, fullUrl) : undefined;
      if (target !== undefined) found.push(target.resource);
      Object.values(value).forEach(visit);
    }
  };
  visit(resource);
  return found;
}

/** How a Bundle or Parameters carries that very resource; undefined where it does not. */
export function carriedIn(carrier: JsonObject, resource: JsonObject): Carried | undefined {
  return indexOf(carrier).byResource.get(resource);
}

/** The resources directly within a Bundle or Parameters. */
export function carriedBy(carrier: JsonObject): readonly Carried[] {
  const list = carrier['resourceType'] === 'Parameters' ? carrier['parameter'] : carrier['entry'];
  return (Array.isArray(list) ? list : []).filter(isObject).flatMap(({ resource, fullUrl, part }) => {
    const parts = Array.isArray(part) ? carriedBy({ resourceType: 'Parameters', parameter: part }) : [];
    if (!isObject(resource)) return parts;
    return [{ resource, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) }, ...parts];
  });
}
