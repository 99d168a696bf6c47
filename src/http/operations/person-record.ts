import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { rejection } from '../../core/cartograph-error.ts';
import { isResourceId } from '../../fhir/check-structure.ts';
import { type RecordDeps, readRecord } from '../../ingest/reads/read-record.ts';

/** The current record behind any Patient id of the person. Throws `id-invalid` or `resource-not-found`. */
export async function personRecord(patientId: string, deps: RecordDeps): Promise<CohortRecord> {
  const record = await readRecord(checkedPatientId(patientId), deps);
  if (record === undefined) throw rejection('resource-not-found', 'No Patient of that id is stored');
  return record;
}

/** The id as it stands in a URL, if it is one. Throws `id-invalid`. */
export function checkedPatientId(patientId: string): string {
  if (isResourceId(patientId)) return patientId;
  throw rejection('id-invalid', 'The URL holds no FHIR id', {
    expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
  });
}
