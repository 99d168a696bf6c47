/** Makes anew what stored resources are found by, while the service runs. */
import { createHash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';
import { referencesOf } from '../../fhir/references.ts';
import { SEARCH_PARAMETERS } from '../../fhir/search/search-parameters.generated.ts';
import { removeIndex } from '../../store/archive-versions.ts';
import type { Database, Queryable } from '../../store/database.ts';
import { keyOf, lockVersions, readContents } from '../../store/resource-store.ts';
import { saveIndex } from '../../store/save-versions.ts';
import {
  isIndexedWith,
  type ResourcePlace,
  readPlaces,
  saveIndexedWith,
} from '../../store/search/index-state.ts';
import { indexDraft } from '../index-draft.ts';

/** To be raised with every change of how values become rows. */
const INDEX_VERSION = 4;
const BATCH = 200;

/** Name of the definitions that this program indexes with. */
const INDEX_DEFINITIONS = `${INDEX_VERSION} ${createHash('sha256')
  .update(JSON.stringify(SEARCH_PARAMETERS))
  .digest('base64url')
  .slice(0, 16)}`;

/** True where everything that is stored is found by what this program indexes with. */
export function isIndexCurrent(db: Queryable): Promise<boolean> {
  return isIndexedWith(db, INDEX_DEFINITIONS);
}

/** Indexes all anew where it was indexed with other definitions. Answers how many resources that were. */
export async function reindexIfOther(database: Database, isStopping: () => boolean): Promise<number> {
  if (await isIndexCurrent(database)) {
    await saveIndexedWith(database, INDEX_DEFINITIONS);
    return 0;
  }
  return reindex(database, isStopping);
}

/** Every resource, in small transactions. What is interrupted is begun again the next time. */
export async function reindex(database: Database, isStopping: () => boolean = () => false): Promise<number> {
  let count = 0;
  let last: ResourcePlace | undefined;
  while (!isStopping()) {
    const places = await readPlaces(database, last, BATCH);
    await database.transaction((tx) => reindexAll(tx, places));
    count += places.length;
    last = places.at(-1);
    if (places.length < BATCH) {
      await saveIndexedWith(database, INDEX_DEFINITIONS);
      break;
    }
  }
  return count;
}

/** What was deleted meanwhile is not there to be locked. */
async function reindexAll(tx: Queryable, places: readonly ResourcePlace[]): Promise<void> {
  const locked = await lockVersions(tx, places);
  const present = places.filter((place) => locked.has(keyOf(place)));
  const contents = await readContents(tx, present);
  await removeIndex(tx, present);
  const rows = present.flatMap(({ type, id }) => {
    const content = contents.get(`${type}/${id}`);
    if (content === undefined) return [];
    const resource: Resource = JSON.parse(content);
    return [{ type, id, ...indexDraft(resource, referencesOf(resource)) }];
  });
  await saveIndex(tx, rows);
}
