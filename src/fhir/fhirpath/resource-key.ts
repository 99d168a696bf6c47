/**
 * Keys by which rows of different views join (SQL on FHIR, getResourceKey and getReferenceKey): `Type/id`. The base of
 * an absolute URL and a version do not take part, so that a resource is found however it is referred to; `urn:` and
 * `#contained` references are their own keys.
 */

const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]+)?$/;

/** Undefined for what is not a resource with an id. */
export function resourceKeyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { resourceType, id } = item as { readonly resourceType?: unknown; readonly id?: unknown };
  return typeof resourceType === 'string' && typeof id === 'string' ? `${resourceType}/${id}` : undefined;
}

/**
 * The key of the resource that a Reference names literally; undefined for a logical reference. With a type, only when
 * the reference does not say that it names another type.
 */
export function referenceKeyOf(item: unknown, type: string | undefined): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { reference, type: stated } = item as { readonly reference?: unknown; readonly type?: unknown };
  if (typeof reference !== 'string' || reference === '') return undefined;
  const match = LITERAL.exec(reference);
  if (match === null)
    return type === undefined || stated === undefined || stated === type ? reference : undefined;
  return type === undefined || match[1] === type ? `${match[1]}/${match[2]}` : undefined;
}
