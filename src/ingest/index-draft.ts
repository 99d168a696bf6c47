/** What a resource is found by, as the store keeps it. */
import type { Resource } from '@medplum/fhirtypes';
import { identifiersOf, type OutgoingReference, parseReference } from '../fhir/references.ts';
import { indexResource } from '../fhir/search/index-resource.ts';
import type { IdentifierReferenceRow, ReferenceRow, ResourceIndex } from '../store/save-versions.ts';

export function indexDraft(resource: Resource, references: readonly OutgoingReference[]): ResourceIndex {
  const rows = indexResource(resource);
  return {
    identifiers: identifiersOf(resource),
    references: referenceRows(references, rows.references),
    identifierReferences: identifierReferenceRows(references),
    tokens: rows.tokens,
    dates: rows.dates,
    quantities: rows.quantities,
    strings: rows.strings,
  };
}

/** One row for each target, with every parameter that leads to it. */
function referenceRows(
  references: readonly OutgoingReference[],
  parameters: ReadonlyMap<string, ReadonlySet<string>>,
): readonly ReferenceRow[] {
  const rows = new Map<string, ReferenceRow>();
  for (const { reference, isSubject } of references) {
    const form = reference === undefined ? undefined : parseReference(reference);
    if (reference === undefined || form?.form !== 'literal') continue;
    const target = { type: form.type, id: form.id };
    const key = `${target.type}/${target.id} ${isSubject}`;
    const known = rows.get(key)?.parameters ?? [];
    const all = [...new Set([...known, ...(parameters.get(reference) ?? [])])].sort();
    rows.set(key, { target, isSubject, parameters: all });
  }
  return [...rows.values()];
}

function identifierReferenceRows(
  references: readonly OutgoingReference[],
): readonly IdentifierReferenceRow[] {
  return references.flatMap(({ identifier, type: named, isSubject }) => {
    if (identifier === undefined) return [];
    return [{ targetType: named ?? (isSubject ? 'Patient' : ''), ...identifier, isSubject }];
  });
}
