import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import { rejection } from '../core/cartograph-error.ts';
import { isResourceId } from '../fhir/check-structure.ts';
import { type RecordDeps, readRecord } from '../ingest/read-record.ts';

/** The current record behind any Patient id of the person. Throws `id-invalid` or `resource-not-found`. */
export async function personRecord(patientId: string, deps: RecordDeps): Promise<CohortRecord> {
  if (!isResourceId(patientId)) {
    throw rejection('id-invalid', 'The id in the URL is none', {
      expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
    });
  }
  const record = await readRecord(patientId, deps);
  if (record === undefined) throw rejection('resource-not-found', 'No Patient of that id is stored');
  return record;
}
