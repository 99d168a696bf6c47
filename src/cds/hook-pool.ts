/** Answers hook calls on threads of their own, so that calls with long histories leave the service free for others. */
import { Worker } from 'node:worker_threads';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import type { HookOutcome, HookTask } from './hook-task.ts';

/** What a thread starts with. */
export interface WorkerSettings {
  readonly mappingsFolder: string;
  /** Clinical parameters that the settings change. */
  readonly parameters: ParameterOverrides;
}

export interface WorkerTask {
  readonly number: number;
  readonly task: HookTask;
}

export type WorkerAnswer =
  | { readonly number: number; readonly outcome: HookOutcome }
  | { readonly number: number; readonly fault: unknown };

export interface HookPool {
  /** Throws what the call is refused for. */
  run(task: HookTask): Promise<Exclude<HookOutcome, { readonly kind: 'refused' }>>;
  /** Ends the threads; calls that are still running are refused. */
  close(): Promise<void>;
}

interface Pending {
  readonly done: (outcome: HookOutcome) => void;
  readonly fail: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Beside this file, in the sources as in what is built from them. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('./hook-worker.ts', import.meta.url)
  : new URL('./hook-worker.js', import.meta.url);

/** Threads start with the first calls; one that ends by a fault takes its calls with it, and another takes its place. */
export function createHookPool(workerData: WorkerSettings, size: number): HookPool {
  const threads: Thread[] = [];
  let next = 0;
  const start = (): Thread => {
    const worker = new Worker(WORKER, { workerData });
    const thread: Thread = { worker, pending: new Map() };
    const end = (error: unknown): void => {
      const index = threads.indexOf(thread);
      if (index !== -1) threads.splice(index, 1);
      for (const { fail } of thread.pending.values()) fail(error);
      thread.pending.clear();
    };
    worker.on('message', (answer: WorkerAnswer) => settle(thread, answer));
    worker.once('error', end);
    worker.once('exit', () => end(rejection('service-busy', 'The call was cut off')));
    worker.unref();
    threads.push(thread);
    return thread;
  };
  return {
    run: async (task) => {
      const idle = threads.find(({ pending }) => pending.size === 0);
      const thread = idle ?? (threads.length < size ? start() : leastBusy(threads));
      const number = next++;
      const outcome = await new Promise<HookOutcome>((done, fail) => {
        thread.pending.set(number, { done, fail });
        thread.worker.postMessage({ number, task } satisfies WorkerTask);
      });
      if (outcome.kind === 'refused') throw new CartographError(outcome.findings);
      return outcome;
    },
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function settle({ pending }: Thread, answer: WorkerAnswer): void {
  const waiting = pending.get(answer.number);
  pending.delete(answer.number);
  if ('fault' in answer) waiting?.fail(answer.fault);
  else waiting?.done(answer.outcome);
}

function leastBusy(threads: readonly Thread[]): Thread {
  const [first, ...rest] = threads as readonly [Thread, ...Thread[]];
  return rest.reduce((best, one) => (one.pending.size < best.pending.size ? one : best), first);
}
