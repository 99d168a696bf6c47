/** Whose record a stored resource may change. */
import { type OutgoingReference, parseReference } from '../../fhir/references.ts';
import { FOLLOWED_TYPES } from '../../store/person/stale-patients.ts';

interface Stored {
  readonly type: string;
  readonly id: string;
  readonly references: readonly OutgoingReference[];
}

/** Its patients are not written in it: it is a medication or the like, or it names its patient by identifier. */
export function isIndirect({ type, references }: Stored): boolean {
  return (
    FOLLOWED_TYPES.includes(type) ||
    references.some(({ isSubject, identifier }) => isSubject && identifier !== undefined)
  );
}

/** Ids of the patients that it names. */
export function directPatients({ type, id, references }: Stored): readonly string[] {
  if (type === 'Patient') return [id];
  return references.flatMap(({ reference, isSubject }) => {
    const form = isSubject && reference !== undefined ? parseReference(reference) : undefined;
    return form?.form === 'literal' && form.type === 'Patient' ? [form.id] : [];
  });
}
