import type { Resource } from '@medplum/fhirtypes';
import { elementsOf } from './element-types.ts';

/**
 * The FHIR type of an element of the resource, such as `uri`; `path` begins behind the resource, as
 * `.extension[0].valueUri`. Undefined where R4 has no such element.
 */
export function elementTypeAt(resource: Resource, path: string): string | undefined {
  let type: string | undefined = resource.resourceType;
  let value: unknown = resource;
  for (const [, name = '', place] of path.matchAll(/\.(\w+)(?:\[(\d+)\])?/g)) {
    type = type === undefined ? undefined : elementsOf(type)?.get(name)?.type;
    value = childOf(value, name);
    if (place !== undefined) value = childOf(value, place);
    if (type === 'Resource') type = String(childOf(value, 'resourceType'));
  }
  return type;
}

function childOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
