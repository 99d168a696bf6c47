import { listPersonsWithCourses, type PersonWithCourses } from '../store/record-store.ts';
import { stalePersons } from '../store/stale-patients.ts';
import { type RecordDeps, readRecord } from './read-record.ts';

const BATCH = 100;

/** Everyone with a CAR-T course, after every stale record has been rebuilt. */
export async function listPersons(deps: RecordDeps): Promise<readonly PersonWithCourses[]> {
  for (;;) {
    const stale = await stalePersons(deps.database, 0, BATCH);
    for (const person of stale) await readRecord(person, deps);
    if (stale.length < BATCH) break;
  }
  return listPersonsWithCourses(deps.database);
}
