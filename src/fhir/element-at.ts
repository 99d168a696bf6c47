import type { Resource } from '@medplum/fhirtypes';
import { elementsOf } from './element-types.ts';

/** An element as a path finds it; the FHIR type, such as `uri`, is undefined where R4 has no such element. */
export interface ElementAt {
  readonly type: string | undefined;
  readonly value: unknown;
}

/** `path` begins behind the resource, as `.extension[0].valueUri`. */
export function elementAt(resource: Resource, path: string): ElementAt {
  let type: string | undefined = resource.resourceType;
  let value: unknown = resource;
  for (const [, name = '', place] of path.matchAll(/\.(\w+)(?:\[(\d+)\])?/g)) {
    type = type === undefined ? undefined : elementsOf(type)?.get(name)?.type;
    value = childOf(value, name);
    if (place !== undefined) value = childOf(value, place);
    if (type === 'Resource') type = String(childOf(value, 'resourceType'));
  }
  return { type, value };
}

function childOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
