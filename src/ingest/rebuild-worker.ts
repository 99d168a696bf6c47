/** Rebuilds stale records in the background, so that the first reader seldom has to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { markBuiltOtherwise, stalePersons } from '../store/stale-patients.ts';
import { type RecordDeps, readRecord } from './read-record.ts';

export interface RebuildWorker {
  /** Something was stored: look soon. */
  wake(): void;
  /** Ends after the record at hand. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** A patient is left alone for so long after the first mark, for more is likely to come. */
  readonly quietMs: number;
  /** Looks so often even if nobody wakes it: other instances store too. */
  readonly pollMs: number;
  readonly onFault: (error: unknown) => void;
}

const BATCH = 50;

export function startRebuildWorker(deps: RecordDeps, options: WorkerOptions): RebuildWorker {
  let running = true;
  let wakeUp = new AbortController();
  const pause = (ms: number): Promise<void> =>
    sleep(ms, undefined, { signal: wakeUp.signal }).catch(() => undefined);
  const work = async (): Promise<void> => {
    await attempt(() => markBuiltOtherwise(deps.database, deps.builtWith), options);
    while (running) {
      const done = await attempt(() => rebuildSome(deps, options, () => running), options);
      if (done === BATCH || !running) continue;
      if (wakeUp.signal.aborted) wakeUp = new AbortController();
      await pause(options.pollMs);
    }
  };
  const finished = work();
  return {
    wake: () => wakeUp.abort(),
    stop: async () => {
      running = false;
      wakeUp.abort();
      await finished;
    },
  };
}

/** How many persons were stale. */
async function rebuildSome(
  deps: RecordDeps,
  { quietMs, onFault }: WorkerOptions,
  mayGoOn: () => boolean,
): Promise<number> {
  const persons = await stalePersons(deps.database, quietMs, BATCH);
  for (const person of persons) {
    if (!mayGoOn()) break;
    await attempt(() => readRecord(person, deps), { onFault });
  }
  return persons.length;
}

async function attempt<T>(
  work: () => Promise<T>,
  { onFault }: Pick<WorkerOptions, 'onFault'>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    onFault(error);
    return undefined;
  }
}
