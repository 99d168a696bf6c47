import type { Reference, Resource } from '@medplum/fhirtypes';

/**
 * A copy of the resource in which every reference to another resource is what `refer` makes of it. References to
 * contained resources and logical ones stay.
 */
export function rewriteReferences(resource: Resource, refer: (reference: string) => Reference): Resource {
  return rewrite(resource, refer) as Resource;
}

function rewrite(value: unknown, refer: (reference: string) => Reference): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, refer));
  if (typeof value !== 'object' || value === null) return value;
  if ('reference' in value && typeof value.reference === 'string') {
    return value.reference.startsWith('#') ? value : refer(value.reference);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, refer)]));
}
