/** What a finished bulk job answers: which files there are. */
import type { ImportCounts, ImportProgress, ImportRequest } from '../../ingest/import/import-request.ts';
import { NOTHING_IMPORTED } from '../../ingest/import/import-request.ts';
import type { BulkFile, BulkList } from '../../store/bulk/bulk-files.ts';
import type { BulkJob } from '../../store/bulk/bulk-jobs.ts';

/** One file of the job. */
interface ManifestFile {
  readonly type: string;
  readonly url: string;
  /** Lines. */
  readonly count: number;
}

interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly error: readonly ManifestFile[];
}

/** As the Bulk Data Access guide has it. */
export interface ExportManifest extends Manifest {
  readonly output: readonly ManifestFile[];
  readonly deleted: readonly ManifestFile[];
}

/** In the same manner, with what became of each file that was read. */
export interface ImportManifest extends Manifest {
  readonly input: readonly (ImportCounts & { readonly source: string })[];
}

export interface ManifestContext {
  readonly files: readonly BulkFile[];
  readonly urlOf: (file: BulkFile) => string;
  readonly requiresAccessToken: boolean;
}

export function bulkManifest(job: BulkJob, context: ManifestContext): ExportManifest | ImportManifest {
  const listed = (list: BulkList): readonly ManifestFile[] =>
    context.files.flatMap((file) =>
      file.list === list ? [{ type: file.type, url: context.urlOf(file), count: file.count }] : [],
    );
  const common = {
    transactionTime: (job.transactionTime ?? job.createdAt).toISOString(),
    request: job.request,
    requiresAccessToken: context.requiresAccessToken,
  };
  if (job.kind === 'import') return { ...common, input: inputOf(job), error: listed('error') };
  return { ...common, output: listed('output'), deleted: listed('deleted'), error: listed('error') };
}

function inputOf({ parameters, progress }: BulkJob): ImportManifest['input'] {
  const { sources } = parameters as ImportRequest;
  const { counts = [] } = progress as Partial<ImportProgress>;
  return sources.map(({ name }, index) => ({ source: name, ...(counts[index] ?? NOTHING_IMPORTED) }));
}
