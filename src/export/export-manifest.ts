import type { BulkFile } from '../store/bulk-files.ts';
import type { BulkJob } from '../store/bulk-jobs.ts';

/** One file, as the manifest names it. */
export interface ManifestFile {
  readonly type: string;
  readonly url: string;
  /** Lines. */
  readonly count: number;
}

/** What the Bulk Data Access guide has a finished export answer. */
export interface ExportManifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly ManifestFile[];
  readonly deleted: readonly ManifestFile[];
  readonly error: readonly ManifestFile[];
}

export function exportManifest(
  job: BulkJob,
  files: readonly BulkFile[],
  urlOf: (file: BulkFile) => string,
  requiresAccessToken: boolean,
): ExportManifest {
  const listed = (list: BulkFile['list']): readonly ManifestFile[] =>
    files.flatMap((file) =>
      file.list === list ? [{ type: file.type, url: urlOf(file), count: file.count }] : [],
    );
  return {
    transactionTime: (job.transactionTime ?? job.createdAt).toISOString(),
    request: job.request,
    requiresAccessToken,
    output: listed('output'),
    deleted: listed('deleted'),
    error: listed('error'),
  };
}
