/** What the service does beside answering: records built anew, old versions removed, search rows of another form remade. */
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { startRebuildWorker } from '../ingest/rebuild/rebuild-worker.ts';
import { reindexIfOther } from '../ingest/rebuild/reindex.ts';
import { startRetentionWorker } from '../ingest/retention-worker.ts';

export interface BackgroundDeps {
  readonly records: RecordDeps;
  readonly log: Logger;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

const REBUILDS = { quietMs: 1_000, pollMs: 1_000 } as const;

export function startBackground(
  { versionRetentionDays: days }: Pick<Config, 'versionRetentionDays'>,
  { records, log, now, onFault }: BackgroundDeps,
): { stop(): Promise<void> } {
  const { database } = records;
  let stopping = false;
  const rebuilds = startRebuildWorker(records, { ...REBUILDS, onFault });
  // Nothing is removed unless the settings say so.
  const retention = days === 0 ? undefined : startRetentionWorker(database, { days, now, onFault });
  const indexing = reindexIfOther(database, () => stopping).then((count) => {
    if (count > 0) log.info({ count }, 'indexed anew');
  }, onFault);
  return {
    stop: async () => {
      stopping = true;
      await Promise.all([rebuilds.stop(), retention?.stop(), indexing]);
    },
  };
}
