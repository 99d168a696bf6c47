import type { Group } from '@medplum/fhirtypes';
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { rejection } from '../../core/cartograph-error.ts';
import { CATALOGUE } from '../../core/catalogue.ts';
import type { Finding } from '../../core/finding.ts';
import { isResourceId } from '../../fhir/check-structure.ts';
import { activePatientsOf } from '../../fhir/group-members.ts';
import { readCohortRecords, readRecordsOf } from '../../ingest/reads/read-cohort-records.ts';
import { CAR_T_GROUP } from '../../projection/hct-worklist-parameters.ts';
import { readResource } from '../../store/resource-store.ts';
import type { HttpDeps } from '../http-deps.ts';

export interface GroupMembers {
  readonly records: readonly CohortRecord[];
  /** A warning for each member that is not stored here. */
  readonly findings: readonly Finding[];
}

/** The persons of the kept Group or of a stored one, each once. Throws `resource-not-found` for no Group of that id. */
export async function readGroupMembers(id: string, deps: HttpDeps): Promise<GroupMembers> {
  if (id === CAR_T_GROUP) return { records: await readCohortRecords(deps.records), findings: [] };
  const stored = isResourceId(id)
    ? await readResource(deps.ingest.database, { type: 'Group', id })
    : undefined;
  if (stored === undefined) throw rejection('resource-not-found', 'No Group of that id is stored');
  const group: Group = JSON.parse(stored.content);
  const { records, unknown } = await readRecordsOf(activePatientsOf(group), deps.records);
  return { records, findings: unknown.map(unknownMember) };
}

function unknownMember(id: string): Finding {
  return {
    code: 'reference-dangling',
    severity: 'warning',
    message: CATALOGUE['reference-dangling'].meaning,
    reference: `Patient/${id}`,
    expression: 'Group.member.entity',
  };
}
