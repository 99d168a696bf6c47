/** After resources are stored: what refers to what, whose record is old now, who is who. */
import type { Patient, Resource } from '@medplum/fhirtypes';
import { identifiersOf, type OutgoingReference, parseReference } from '../fhir/references.ts';
import type { Queryable } from '../store/database.ts';
import { type IdentifierRow, insertIdentifiers } from '../store/identifier-index.ts';
import {
  type IdentifierReferenceRow,
  insertIdentifierReferences,
  insertReferences,
  type ReferenceRow,
  removeLinks,
} from '../store/reference-index.ts';
import { FOLLOWED_TYPES, markStale, patientsOf } from '../store/stale-patients.ts';
import { recomputeIdentities } from './recompute-identities.ts';

export interface LinkedResource {
  readonly type: string;
  readonly id: string;
  readonly resource: Resource;
  readonly references: readonly OutgoingReference[];
}

export async function updateLinks(
  tx: Queryable,
  created: readonly LinkedResource[],
  replaced: readonly LinkedResource[],
): Promise<void> {
  const stored = [...created, ...replaced];
  if (stored.length === 0) return;
  const before = await patientsOf(tx, replaced);
  await removeLinks(tx, replaced);
  await insertIdentifiers(tx, stored.flatMap(identifierRows));
  await insertReferences(tx, stored.flatMap(referenceRows));
  await insertIdentifierReferences(tx, stored.flatMap(identifierReferenceRows));
  const behind = await patientsOf(tx, stored.filter(isIndirect));
  const patients = stored.flatMap(({ resource }) => (resource.resourceType === 'Patient' ? [resource] : []));
  const joined = await recomputeIdentities(tx, patients as readonly (Patient & { readonly id: string })[]);
  await markStale(tx, [...before, ...stored.flatMap(directPatients), ...behind, ...joined]);
}

/** Its patients are not written in it: it is a medication or the like, or it names its patient by identifier. */
function isIndirect({ type, references }: LinkedResource): boolean {
  return (
    FOLLOWED_TYPES.includes(type) ||
    references.some(({ isSubject, identifier }) => isSubject && identifier !== undefined)
  );
}

function directPatients({ type, id, references }: LinkedResource): readonly string[] {
  if (type === 'Patient') return [id];
  return references.flatMap(({ reference, isSubject }) => {
    const form = isSubject && reference !== undefined ? parseReference(reference) : undefined;
    return form?.form === 'literal' && form.type === 'Patient' ? [form.id] : [];
  });
}

function identifierRows({ type, id, resource }: LinkedResource): readonly IdentifierRow[] {
  return identifiersOf(resource).map((identifier) => ({ type, id, ...identifier }));
}

function referenceRows({ type, id, references }: LinkedResource): readonly ReferenceRow[] {
  return references.flatMap(({ reference, isSubject }) => {
    const form = reference === undefined ? undefined : parseReference(reference);
    if (form?.form !== 'literal') return [];
    return [{ source: { type, id }, target: { type: form.type, id: form.id }, isSubject }];
  });
}

function identifierReferenceRows({
  type,
  id,
  references,
}: LinkedResource): readonly IdentifierReferenceRow[] {
  return references.flatMap(({ identifier, type: named, isSubject }) => {
    if (identifier === undefined) return [];
    const targetType = named ?? (isSubject ? 'Patient' : '');
    return [{ source: { type, id }, targetType, ...identifier, isSubject }];
  });
}
