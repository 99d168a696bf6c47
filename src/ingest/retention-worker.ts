/** Removes old versions, now and every hour. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { removeOldVersions } from '../store/version-retention.ts';

export interface RetentionOptions {
  /** For so long a version stays after it was replaced. */
  readonly days: number;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export function startRetentionWorker(
  database: Database,
  { days, now, onFault }: RetentionOptions,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const cutoff = new Date(now().getTime() - days * DAY_MS);
      await removeOldVersions(database, cutoff, () => stopping.signal.aborted).catch(onFault);
      await sleep(HOUR_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const finished = work();
  return {
    stop: () => {
      stopping.abort();
      return finished;
    },
  };
}
