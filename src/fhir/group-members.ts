import type { Group } from '@medplum/fhirtypes';
import { parseReference } from './references.ts';

/** Ids of the Patients that are active members, by literal reference. */
export function activePatientsOf(group: Group): readonly string[] {
  return (group.member ?? [])
    .filter(({ inactive }) => inactive !== true)
    .flatMap(({ entity }) => {
      const form = parseReference(entity?.reference ?? '');
      return form.form === 'literal' && form.type === 'Patient' ? [form.id] : [];
    });
}
