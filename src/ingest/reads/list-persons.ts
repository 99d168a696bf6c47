import { listPersonsWithCourses, type PersonWithCourses } from '../../store/person/record-store.ts';
import { rebuildStale } from '../rebuild/rebuild-stale.ts';
import type { RecordDeps } from './read-record.ts';

/** Everyone with a CAR-T course, after every stale record has been rebuilt. */
export async function listPersons(deps: RecordDeps): Promise<readonly PersonWithCourses[]> {
  await rebuildStale(deps);
  return listPersonsWithCourses(deps.database);
}
