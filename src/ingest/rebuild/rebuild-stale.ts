import { stalePersons } from '../../store/person/stale-patients.ts';
import { type RecordDeps, readRecord } from '../reads/read-record.ts';

const BATCH = 100;

/** Builds every record that is stale anew, so that what is read over all of them is current. */
export async function rebuildStale(deps: RecordDeps): Promise<void> {
  for (;;) {
    const stale = await stalePersons(deps.database, 0, BATCH);
    for (const person of stale) await readRecord(person, deps);
    if (stale.length < BATCH) return;
  }
}
