import type { ImportAllowance } from '../../ingest/import/import-sources.ts';
import type { JobQueue } from '../../store/bulk/job-queue.ts';

/** What Bulk Data needs beside the rest. */
export interface BulkDeps {
  readonly queue: JobQueue;
  /** Jobs that may wait or run at one time, over all instances. */
  readonly maxJobs: number;
  /** Whether files are to be asked for with a token, as the operation was. */
  readonly requiresAccessToken: boolean;
  readonly importFrom: ImportAllowance;
}
