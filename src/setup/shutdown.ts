/** The way down: first nobody is sent here any more, then what is at hand ends, then all is closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Phase } from '../http/http-deps.ts';

/** Milliseconds for which work at hand is waited for: a statement of a job or of a worker may take longer. */
const PATIENCE_MS = 15_000;

export interface ShutdownSteps {
  /** Milliseconds for which the service still serves while it says that it is not ready. */
  readonly delayMs: number;
  /** Takes no new work and waits for what is at hand, without patience once the signal says so. */
  readonly endWork: (hurry: AbortSignal) => Promise<unknown>;
  /** Closes what the work was done with. */
  readonly close: () => Promise<void>;
}

export interface Shutdown {
  readonly phase: () => Phase;
  /** The same promise however often it is called. */
  stop(steps: ShutdownSteps): Promise<void>;
  /** Neither balancers nor work at hand are waited for any longer. */
  hurry(): void;
}

export function createShutdown(): Shutdown {
  const hurry = new AbortController();
  let phase: Phase = 'serving';
  let stopped: Promise<void> | undefined;
  const run = async ({ delayMs, endWork, close }: ShutdownSteps): Promise<void> => {
    phase = 'leaving';
    await sleep(delayMs, undefined, { signal: hurry.signal }).catch(() => undefined);
    phase = 'stopping';
    const patience = sleep(PATIENCE_MS, undefined, { signal: hurry.signal, ref: false }).catch(
      () => undefined,
    );
    await Promise.race([endWork(hurry.signal), patience]);
    await close();
  };
  return {
    phase: () => phase,
    stop: (steps) => {
      stopped ??= run(steps);
      return stopped;
    },
    hurry: () => hurry.abort(),
  };
}
