import type { Config } from '../config.ts';
import { NO_OBSERVER } from '../ingest/ingest-observer.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import type { Database } from '../store/database.ts';
import { mappingsFolderOf } from './mappings-folder.ts';
import { readVersion } from './read-version.ts';
import { recordDeps } from './record-deps.ts';

/** Records as a service with these settings builds them, for a command. Throws what is wrong with the mappings. */
export async function openRecords(config: Config, database: Database): Promise<RecordDeps> {
  const mappings = await loadMappings(mappingsFolderOf(config));
  const softwareVersion = await readVersion();
  const { timeZone } = config;
  return recordDeps({ database, observer: NO_OBSERVER, mappings, softwareVersion, timeZone });
}
