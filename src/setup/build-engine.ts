/** What stores resources and builds records of them, for the routers, the jobs and the workers alike. */
import type { Config } from '../config.ts';
import type { IngestDeps } from '../ingest/ingest-deps.ts';
import type { IngestObserver } from '../ingest/ingest-observer.ts';
import { judgeStored } from '../ingest/judge-stored.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { refuseInvalid } from '../ingest/refuse-invalid.ts';
import { lazyValidator } from '../profiles/lazy-validator.ts';
import type { Validator } from '../profiles/validator.ts';
import type { Database } from '../store/database.ts';
import type { Knowledge } from './load-knowledge.ts';
import { recordDeps } from './record-deps.ts';
import type { Surroundings } from './surroundings.ts';

export interface Engine {
  readonly database: Database;
  readonly records: RecordDeps;
  readonly ingest: IngestDeps;
  /** What resources are held against that are or will be stored. */
  readonly validator: () => Promise<Validator>;
  readonly observer: IngestObserver;
  /** Told of a defect. */
  readonly onFault: (error: unknown) => void;
}

export function buildEngine(
  database: Database,
  { mappings, expand, softwareVersion }: Knowledge,
  { timeZone, validation }: Config,
  { now, newId }: Surroundings,
  { observer, onFault }: Pick<Engine, 'observer' | 'onFault'>,
): Engine {
  // Hospitals send extensions of their own; they are told of, and kept.
  const validator = lazyValidator({ settings: { unknownExtensions: 'warning' } });
  const ingest: IngestDeps = {
    database,
    siteOf: mappings.siteOf,
    newId,
    now,
    searchContext: () => ({ expand, now: now() }),
    onFault,
    observer,
    refuseInvalid: refuseInvalid(validation, validator, observer),
    judgeStored: judgeStored(validation, validator, observer),
  };
  const records = recordDeps({ database, observer, mappings, softwareVersion, timeZone });
  return { database, records, ingest, validator, observer, onFault };
}
