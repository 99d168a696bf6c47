/** Takes away what a reference says of its target beside where it is. */
import type { Resource } from '@medplum/fhirtypes';
import type { OutgoingReference } from './references.ts';
import { readIdentifier } from './references.ts';
import { withDecimalsOf } from './written-decimals.ts';

/** FHIR R4, extensibility: in place of a value that is withheld. */
const WITHHELD = {
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' as const },
  ],
};

/**
 * A copy in which each reference of which `isRedacted` holds is left with its address alone, or where it has none, with
 * the word that it is withheld. Undefined where there is no such reference. The narrative goes with it, for it may
 * say the same in words.
 */
export function redactReferences(
  resource: Resource,
  isRedacted: (reference: Pick<OutgoingReference, 'reference' | 'identifier' | 'type'>) => boolean,
): Resource | undefined {
  let count = 0;
  const copyOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return withDecimalsOf(value, value.map(copyOf));
    if (typeof value !== 'object' || value === null) return value;
    const left = withoutWords(value as Readonly<Record<string, unknown>>, isRedacted);
    if (left !== undefined) {
      count += 1;
      return left;
    }
    return withDecimalsOf(
      value,
      Object.fromEntries(Object.entries(value).map(([name, child]) => [name, copyOf(child)])),
    );
  };
  const { text: _, ...copy } = copyOf(resource) as Resource & { readonly text?: unknown };
  return count === 0 ? undefined : (copy as Resource);
}

/** Undefined for what is no reference, or one that may stay as it is. */
function withoutWords(
  value: Readonly<Record<string, unknown>>,
  isRedacted: (reference: Pick<OutgoingReference, 'reference' | 'identifier' | 'type'>) => boolean,
): object | undefined {
  if ('resourceType' in value) return undefined;
  const { reference, type, identifier } = value;
  const named = typeof type === 'string' ? { type } : {};
  if (typeof reference === 'string') return isRedacted({ reference }) ? { reference, ...named } : undefined;
  const logical = readIdentifier(identifier);
  if (logical === undefined || !isRedacted({ identifier: logical, ...named })) return undefined;
  return { ...named, ...WITHHELD };
}
