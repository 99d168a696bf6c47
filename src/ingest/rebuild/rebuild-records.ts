/** Builds records anew at once, while the service runs. */
import { rejection } from '../../core/cartograph-error.ts';
import { listPersonIds, readPersonIds } from '../../store/person/person-store.ts';
import { markStale } from '../../store/person/stale-patients.ts';
import { type RecordDeps, readRecord } from '../reads/read-record.ts';

const BATCH = 500;

/** Of the persons of these Patients. Throws `resource-not-found`, before anything is done, where one is not stored. */
export async function rebuildRecordsOf(patientIds: readonly string[], deps: RecordDeps): Promise<number> {
  const persons = new Set<string>();
  for (const id of patientIds) {
    const [personId] = await readPersonIds(deps.database, id);
    if (personId === undefined) throw rejection('resource-not-found', 'No Patient of that id is stored');
    persons.add(personId);
  }
  for (const person of persons) await rebuildOne(person, deps);
  return persons.size;
}

/** Of everybody. `done` is told how many that are so far. */
export async function rebuildAllRecords(deps: RecordDeps, done: (count: number) => void): Promise<number> {
  let count = 0;
  let last = '';
  for (;;) {
    const persons = await listPersonIds(deps.database, last, BATCH);
    for (const person of persons) {
      await rebuildOne(person, deps);
      count += 1;
      done(count);
    }
    last = persons.at(-1) ?? last;
    if (persons.length < BATCH) return count;
  }
}

/** Whoever reads first builds it: this, a worker, or a reader. */
async function rebuildOne(personId: string, deps: RecordDeps): Promise<void> {
  await markStale(deps.database, await readPersonIds(deps.database, personId));
  await readRecord(personId, deps);
}
