/** What building records needs, from the mappings, the settings and the version of this software. */

import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { mapPerson } from '../mapping/map-person.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { localDate } from './local-date.ts';

export interface RecordSources extends Pick<RecordDeps, 'database' | 'observer'> {
  readonly mappings: Mappings;
  readonly softwareVersion: string;
  readonly timeZone: string | undefined;
}

export function recordDeps({
  database,
  observer,
  mappings,
  softwareVersion,
  timeZone,
}: RecordSources): RecordDeps {
  return {
    database,
    observer,
    mapPerson: (resources) => observer.step('map', () => mapPerson(resources, mappings)),
    builtWith: `${softwareVersion} ${mappings.version}`,
    dateOf: (instant) => localDate(instant, timeZone),
  };
}
