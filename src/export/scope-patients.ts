/** Whose compartments an export covers. */
import type { Group } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { isResourceId } from '../fhir/check-structure.ts';
import { activePatientsOf } from '../fhir/group-members.ts';
import { listPersons } from '../ingest/reads/list-persons.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { CAR_T_GROUP } from '../projection/hct-worklist-parameters.ts';
import { type ExportPatients, storedPatients } from '../store/bulk/export-source.ts';
import type { Queryable } from '../store/database.ts';
import { readPatientIds } from '../store/person/person-store.ts';
import { readResource } from '../store/resource-store.ts';
import type { ExportRequest } from './export-request.ts';

/**
 * Undefined for the whole system. Of the Group that the service keeps, every Patient of each person; of any other,
 * exactly its members. Throws `resource-not-found` for no Group of that id, `parameter-invalid` for a patient that is
 * not in scope.
 */
export async function scopePatients(
  { scope, patients }: Pick<ExportRequest, 'scope' | 'patients'>,
  db: Queryable,
  records: RecordDeps,
): Promise<ExportPatients | undefined> {
  if (scope.level === 'system') return undefined;
  const all: ExportPatients = scope.level === 'patient' ? 'all' : await membersOf(scope.group, db, records);
  if (patients === undefined) return all;
  const known = new Set(all === 'all' ? await storedPatients(db, patients) : all);
  const strangers = patients.filter((id) => !known.has(id));
  if (strangers.length === 0) return patients;
  throw rejection('parameter-invalid', 'Parameter "patient": found patients that are not in scope', {
    found: `${strangers.length} patients that are not in scope`,
    expected: scope.level === 'group' ? 'members of the Group' : 'patients that are stored',
  });
}

/**
 * Throws what `scopePatients` would, as soon as the export is asked for. The Group that the service keeps is always
 * there; whom it holds may take a while to say.
 */
export async function refuseUnknownScope(
  request: Pick<ExportRequest, 'scope' | 'patients'>,
  db: Queryable,
  records: RecordDeps,
): Promise<void> {
  const { scope, patients } = request;
  if (scope.level === 'group' && scope.group === CAR_T_GROUP && patients === undefined) return;
  await scopePatients(request, db, records);
}

async function membersOf(id: string, db: Queryable, records: RecordDeps): Promise<readonly string[]> {
  if (id === CAR_T_GROUP) {
    const persons = await listPersons(records);
    return readPatientIds(
      db,
      persons.map((person) => person.id),
    );
  }
  const stored = isResourceId(id) ? await readResource(db, { type: 'Group', id }) : undefined;
  if (stored === undefined) throw rejection('resource-not-found', 'No Group of that id is stored');
  const group: Group = JSON.parse(stored.content);
  return activePatientsOf(group);
}
