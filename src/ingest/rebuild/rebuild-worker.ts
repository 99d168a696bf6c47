/** Rebuilds stale records in the background, so that the first reader seldom has to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CartographError } from '../../core/cartograph-error.ts';
import { markBuiltOtherwise, stalePersons } from '../../store/person/stale-patients.ts';
import { type RecordDeps, readRecord } from '../reads/read-record.ts';

export interface RebuildWorker {
  /** Ends after the record at hand. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** A patient is left alone for so long after the first mark, for more is likely to come. */
  readonly quietMs: number;
  /** Pause between looks when there was little to do. */
  readonly pollMs: number;
  readonly onFault: (error: unknown) => void;
}

const BATCH = 50;

export function startRebuildWorker(deps: RecordDeps, options: WorkerOptions): RebuildWorker {
  const stopping = new AbortController();
  const finished = work(deps, options, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return finished;
    },
  };
}

async function work(deps: RecordDeps, options: WorkerOptions, stopping: AbortSignal): Promise<void> {
  // A record that cannot be built is left to its readers, so that the others behind it have their turn.
  const failed = new Set<string>();
  let isMarked = false;
  while (!stopping.aborted) {
    let found = 0;
    try {
      if (!isMarked) await markBuiltOtherwise(deps.database, deps.builtWith);
      isMarked = true;
      const persons = await stalePersons(deps.database, options.quietMs, BATCH, [...failed]);
      found = persons.length;
      for (const person of persons) {
        if (stopping.aborted) return;
        await rebuild(person, deps, options, failed);
      }
    } catch (error) {
      options.onFault(error);
    }
    if (found < BATCH) await sleep(options.pollMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function rebuild(
  person: string,
  deps: RecordDeps,
  { onFault }: WorkerOptions,
  failed: Set<string>,
): Promise<void> {
  try {
    await readRecord(person, deps);
  } catch (error) {
    if (!(error instanceof CartographError)) failed.add(person);
    onFault(error);
  }
}
