import { listPersonsWithCourses, type PersonWithCourses } from '../store/record-store.ts';
import type { RecordDeps } from './read-record.ts';
import { rebuildStale } from './rebuild-stale.ts';

/** Everyone with a CAR-T course, after every stale record has been rebuilt. */
export async function listPersons(deps: RecordDeps): Promise<readonly PersonWithCourses[]> {
  await rebuildStale(deps);
  return listPersonsWithCourses(deps.database);
}
