import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { listPersons } from './list-persons.ts';
import { type RecordDeps, readRecord } from './read-record.ts';

/** The current record of everyone with a CAR-T course, by id. */
export async function readCohortRecords(deps: RecordDeps): Promise<readonly CohortRecord[]> {
  const persons = await listPersons(deps);
  const { records } = await readRecordsOf(
    persons.map(({ id }) => id),
    deps,
  );
  return records;
}

/** The record of each person once, however many of their Patient ids are named, and the ids that nobody has. */
export async function readRecordsOf(
  patientIds: readonly string[],
  deps: RecordDeps,
): Promise<{ readonly records: readonly CohortRecord[]; readonly unknown: readonly string[] }> {
  const records = new Map<string, CohortRecord>();
  const unknown: string[] = [];
  for (const id of patientIds) {
    const record = await readRecord(id, deps);
    if (record === undefined) unknown.push(id);
    else records.set(record.id, record);
  }
  return { records: [...records.values()], unknown };
}
