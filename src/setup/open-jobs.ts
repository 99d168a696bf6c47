/** The background jobs of this instance: the queue, who works on it, and the removal of what has expired. */
import { type ExportDeps, runExport } from '../export/run-export.ts';
import { type ImportDeps, runImport } from '../ingest/import/run-import.ts';
import { removeExpiredJobs } from '../store/bulk/bulk-jobs.ts';
import { type JobQueue, openJobQueue } from '../store/bulk/job-queue.ts';
import { type BulkRunDeps, type BulkWork, runBulkJob } from '../store/bulk/run-bulk-job.ts';
import type { Database } from '../store/database.ts';

export interface JobDeps extends BulkRunDeps {
  readonly database: Database;
  readonly exports: ExportDeps;
  readonly imports: ImportDeps;
}

const SWEEP_MS = 60_000;
/** Files stay so long after they have expired, for who has begun to read one. */
const GRACE_MS = 600_000;

/** Starts working at once. */
export async function openJobs(deps: JobDeps): Promise<JobQueue> {
  const queue = await openJobQueue(deps.database, deps.onFault);
  const handle =
    (work: BulkWork) =>
    (jobId: string, signal: AbortSignal): Promise<void> =>
      runBulkJob(jobId, signal, work, deps);
  await queue.work(
    'export',
    handle((run, job, signal) => runExport(run, job, signal, deps.exports)),
  );
  await queue.work(
    'import',
    handle((run, job, signal) => runImport(run, job, signal, deps.imports)),
  );
  const sweep = (): void => {
    const before = new Date(deps.now().getTime() - GRACE_MS);
    removeExpiredJobs(deps.database, before).catch(deps.onFault);
  };
  sweep();
  const sweeper = setInterval(sweep, SWEEP_MS);
  return {
    ...queue,
    stop: async () => {
      clearInterval(sweeper);
      await queue.stop();
    },
  };
}
