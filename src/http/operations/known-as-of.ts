import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import type { PartialDate } from '../../core/partial-date.ts';
import { readRecordKnownAt } from '../../ingest/reads/read-record-known-at.ts';
import type { Queryable } from '../../store/database.ts';
import { readKeptSince } from '../../store/version-retention.ts';
import type { HttpDeps } from '../http-deps.ts';
import { asOfOf, invalid, type OperationParameters } from './operation-parameters.ts';
import { checkedPatientId, personRecord } from './person-record.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A record as a question about time wants it: as of a clinical day, and as the service knew it at an instant. */
export interface RecordInTime {
  readonly record: CohortRecord;
  readonly asOf: PartialDate;
}

/**
 * `asOf` and `knownAsOf` of a call. With `knownAsOf` the record is built from the versions that were stored then, and
 * `asOf` is the day of it unless given. Throws `parameter-invalid`, `id-invalid` or `resource-not-found`.
 */
export async function recordInTime(
  patientId: string,
  parameters: OperationParameters,
  deps: Pick<HttpDeps, 'records' | 'today'>,
): Promise<RecordInTime> {
  const instant = knownAsOfOf(parameters);
  if (instant === undefined) {
    const asOf = asOfOf(parameters, deps.today);
    return { record: await personRecord(patientId, deps.records), asOf };
  }
  const asOf = asOfOf(parameters, () => deps.records.dateOf(instant));
  const record = await readRecordKnownAt(checkedPatientId(patientId), instant, deps.records);
  await refuseForgotten(instant, deps.records.database);
  if (record === undefined) {
    throw rejection('resource-not-found', 'No Patient of that id was stored at that instant');
  }
  return { record, asOf };
}

/** Looked at after the versions were read: what was removed meanwhile is noticed. */
async function refuseForgotten(instant: Date, database: Queryable): Promise<void> {
  const keptSince = await readKeptSince(database);
  if (keptSince === undefined || instant >= keptSince) return;
  throw rejection('versions-not-kept', 'What was known at that instant is no longer kept', {
    expression: "Parameters.parameter.where(name='knownAsOf')",
    expected: `an instant from ${keptSince.toISOString()} on`,
  });
}

function knownAsOfOf(parameters: OperationParameters): Date | undefined {
  const [given, ...more] = parameters.get('knownAsOf') ?? [];
  if (more.length > 0) throw invalid('knownAsOf', `${more.length + 1} values`, 'one instant');
  if (given === undefined) return undefined;
  const instant = new Date(given);
  if (!INSTANT.test(given) || Number.isNaN(instant.getTime())) {
    throw invalid('knownAsOf', quote(given), 'an instant such as 2026-03-01T12:00:00Z');
  }
  return instant;
}
