/** One job of the queue, to its end or failure, or back to the queue. */
import { CartographError } from '../../core/cartograph-error.ts';
import { CATALOGUE, type Code } from '../../core/catalogue.ts';
import type { Finding } from '../../core/finding.ts';
import type { Database } from '../database.ts';
import type { BulkJob } from './bulk-jobs.ts';
import {
  type BegunRun,
  type BulkRun,
  beginRun,
  endRun,
  isCurrentRun,
  RunSuperseded,
  releaseRun,
} from './bulk-runs.ts';

export interface BulkRunDeps {
  readonly database: Database;
  readonly now: () => Date;
  /** Milliseconds for which the files of a job stay after its end. */
  readonly keepMs: number;
  readonly onFault: (error: unknown) => void;
}

/** Throws RunSuperseded where the run counts no more, and anything where the signal told it to end. */
export type BulkWork = (run: BulkRun, job: BulkJob, signal: AbortSignal) => Promise<void>;

/** Beginnings that got nowhere, such as deaths of the service in the midst of it, after which the job is to blame. */
const MAX_ATTEMPTS = 10;

/** Throws where the queue is to give the job out again. */
export async function runBulkJob(
  jobId: string,
  signal: AbortSignal,
  work: BulkWork,
  deps: BulkRunDeps,
): Promise<void> {
  let begun = await beginRun(deps.database, jobId);
  while (begun !== undefined) {
    const isOver = await runOnce(begun, signal, work, deps);
    // An erasure sends the work back to its beginning; what another instance has begun is left to it.
    begun = isOver ? undefined : await beginRun(deps.database, jobId, false);
  }
}

/** False where the run was superseded. */
async function runOnce(
  run: BegunRun,
  signal: AbortSignal,
  work: BulkWork,
  deps: BulkRunDeps,
): Promise<boolean> {
  try {
    if (run.attempts > MAX_ATTEMPTS) {
      await end(run, deps, [findingOf('job-abandoned')]);
      return true;
    }
    await watched(run, deps, (superseded) => work(run, run.job, AbortSignal.any([signal, superseded])));
    await end(run, deps);
    return true;
  } catch (error) {
    if (error instanceof RunSuperseded) return false;
    await settle(run, signal, error, deps);
    return true;
  }
}

const WATCH_MS = 2_000;

/**
 * Ends the work where its run counts no more, though it may write nothing that would tell it so for a long time: it
 * waits for a host, or for a long query. Throws RunSuperseded then.
 */
async function watched(
  run: BulkRun,
  { database }: BulkRunDeps,
  work: (superseded: AbortSignal) => Promise<void>,
): Promise<void> {
  const superseded = new AbortController();
  const watch = setInterval(() => {
    // While the database does not answer, nobody knows.
    isCurrentRun(database, run).then(
      (isCurrent) => isCurrent || superseded.abort(new RunSuperseded()),
      () => undefined,
    );
  }, WATCH_MS);
  try {
    await work(superseded.signal);
  } catch (error) {
    throw superseded.signal.aborted ? new RunSuperseded() : error;
  } finally {
    clearInterval(watch);
  }
}

/** What will pass is thrown on; anything else is why the job failed. */
async function settle(run: BegunRun, signal: AbortSignal, error: unknown, deps: BulkRunDeps): Promise<void> {
  if (signal.aborted || (error instanceof CartographError && error.code === 'service-busy')) {
    if (signal.aborted) await releaseRun(deps.database, run);
    throw error;
  }
  if (!(error instanceof CartographError)) deps.onFault(error);
  const findings = error instanceof CartographError ? error.findings : [findingOf('internal-fault')];
  await end(run, deps, findings).catch((ended: unknown) => {
    if (!(ended instanceof RunSuperseded)) throw ended;
  });
}

function end(run: BulkRun, deps: BulkRunDeps, failure?: readonly Finding[]): Promise<void> {
  const now = deps.now();
  return endRun(deps.database, run, {
    now,
    expiresAt: new Date(now.getTime() + deps.keepMs),
    ...(failure === undefined ? {} : { failure }),
  });
}

function findingOf(code: Code): Finding {
  return { code, severity: 'error', message: CATALOGUE[code].meaning };
}
