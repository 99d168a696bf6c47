/** Reads the files of an import, chunk by chunk, each with how far it has come in one transaction. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CartographError } from '../../core/cartograph-error.ts';
import type { Finding } from '../../core/finding.ts';
import { unpackBytes } from '../../fhir/unpack-bytes.ts';
import { removeChunks, saveChunk } from '../../store/bulk/bulk-files.ts';
import type { BulkJob } from '../../store/bulk/bulk-jobs.ts';
import { type BulkRun, saveRunState } from '../../store/bulk/bulk-runs.ts';
import type { Queryable } from '../../store/database.ts';
import type { IngestDeps } from '../ingest-deps.ts';
import type { WriteResult } from '../save-drafts.ts';
import { type ImportChunk, importChunks } from './import-chunks.ts';
import { importErrorLine } from './import-error-line.ts';
import {
  IMPORT_BEGINNING,
  type ImportCounts,
  type ImportProgress,
  type ImportRequest,
  type ImportSource,
  NOTHING_IMPORTED,
} from './import-request.ts';
import { type ImportAllowance, type OpenSource, openSource, unreadable } from './import-sources.ts';
import { type LineOutcome, storeLines } from './store-lines.ts';

export interface ImportDeps {
  readonly ingest: IngestDeps;
  readonly allowance: ImportAllowance;
  /** Bytes of a line. */
  readonly maxLineBytes: number;
}

/** Lines of a transaction: a kill loses no more, and its locks are held no longer, than a few hundredths of a second. */
const CHUNK = { maxLines: 200, maxBytes: 4_000_000 } as const;
/** Times that a download which breaks off without having got anywhere, or a file that has changed, is begun anew. */
const MAX_RETRIES = 5;
const RETRY_MS = 1_000;

/** Goes on where an earlier run has ended. Throws RunSuperseded, a rejection, or what the signal says. */
export async function runImport(
  run: BulkRun,
  job: BulkJob,
  signal: AbortSignal,
  deps: ImportDeps,
): Promise<void> {
  const { sources } = job.parameters as ImportRequest;
  const importer = new Importer(run, job, signal, deps);
  for (const [index, source] of sources.entries()) {
    if (index >= importer.progress.source) await importer.readWhole(index, source);
  }
}

class Importer {
  progress: ImportProgress;
  readonly #run: BulkRun;
  readonly #job: BulkJob;
  readonly #signal: AbortSignal;
  readonly #deps: ImportDeps;

  constructor(run: BulkRun, job: BulkJob, signal: AbortSignal, deps: ImportDeps) {
    this.#run = run;
    this.#job = job;
    this.#signal = signal;
    this.#deps = deps;
    this.progress = { ...IMPORT_BEGINNING, ...(job.progress as Partial<ImportProgress>) };
  }

  async readWhole(index: number, source: ImportSource): Promise<void> {
    for (let retries = 0; ; retries += 1) {
      const before = this.progress;
      try {
        await this.#read(index, source);
        return;
      } catch (error) {
        if (!(error instanceof BrokenOff)) throw error;
        if (!error.hasChanged && this.progress.line > before.line) retries = 0;
        const mayRepeat = source.kind === 'url' || error.hasChanged;
        if (!mayRepeat || retries >= MAX_RETRIES) throw error.rejection;
        await sleep(RETRY_MS, undefined, { signal: this.#signal });
      }
    }
  }

  async #read(index: number, source: ImportSource): Promise<void> {
    const opened = await openAgain(source, this.#deps.allowance, this.#signal);
    const { bytes, fingerprint } = opened;
    await this.#begin(index, fingerprint);
    const lines = importChunks(unpacked(bytes, source), this.progress.line, {
      ...CHUNK,
      maxLineBytes: this.#deps.maxLineBytes,
    });
    try {
      // The next chunk is read and checked while PostgreSQL stores the one at hand.
      let next = lines.next();
      for (;;) {
        const { value: chunk, done } = await next;
        if (done === true) break;
        this.#signal.throwIfAborted();
        next = lines.next();
        next.catch(() => undefined);
        await this.#store(chunk, source);
      }
    } finally {
      await lines.return();
    }
    const last = await opened.fingerprintNow();
    if (last !== undefined && last !== fingerprint) {
      throw new BrokenOff(unreadable(source.name, 'a file that changes while it is read'), true);
    }
    // An empty file has no chunk to be saved with.
    await this.#save(this.#deps.ingest.database, this.progress);
  }

  /**
   * Where the file is another than the one that was begun, it is begun anew: what is stored twice changes nothing, and
   * what was wrong with the other is told no more.
   */
  async #begin(index: number, fingerprint: string | undefined): Promise<void> {
    const { counts, errorPieces, earlierPieces, ...progress } = this.progress;
    const isBegun = progress.source === index && counts.length > index;
    if (isBegun && progress.fingerprint === fingerprint) return;
    const earlier = isBegun ? earlierPieces : errorPieces;
    const begun: ImportProgress = {
      source: index,
      line: 0,
      counts: [...counts.slice(0, index), NOTHING_IMPORTED],
      errorPieces: earlier,
      earlierPieces: earlier,
      ...(fingerprint === undefined ? {} : { fingerprint }),
    };
    await this.#deps.ingest.database.transaction(async (tx) => {
      await removeChunks(tx, this.#run, earlier);
      await saveRunState(tx, this.#run, { progress: begun });
    });
    this.progress = begun;
  }

  async #store(chunk: ImportChunk, source: ImportSource): Promise<void> {
    const { ingest } = this.#deps;
    const writes = chunk.lines.flatMap((one) => ('write' in one ? [one] : []));
    const unplanned = chunk.lines.flatMap((one) => ('findings' in one ? [one] : []));
    const { next, results } = await ingest.database.transaction(async (tx) => {
      const stored = await storeLines(tx, writes, { site: this.#job.site }, ingest);
      const outcomes = [...unplanned, ...stored].toSorted((a, b) => a.line - b.line);
      const errors = outcomes.flatMap((one) => ('findings' in one ? [one] : []));
      const advanced = advance(this.progress, chunk.lastLine, outcomes);
      const errorPieces = advanced.errorPieces + (errors.length === 0 ? 0 : 1);
      const after = { ...advanced, errorPieces };
      await this.#saveErrors(tx, source, errors, errorPieces);
      await this.#save(tx, after);
      return { next: after, results: resultsOf(stored) };
    });
    this.progress = next;
    ingest.observer.stored(results);
  }

  #save(db: Queryable, progress: ImportProgress): Promise<void> {
    return saveRunState(db, this.#run, { progress, isLasting: true });
  }

  async #saveErrors(
    tx: Queryable,
    source: ImportSource,
    errors: readonly { readonly line: number; readonly findings: readonly Finding[] }[],
    piece: number,
  ): Promise<void> {
    if (errors.length === 0) return;
    const lines = errors.map(({ line, findings }) => importErrorLine(source.name, line, findings));
    await saveChunk(tx, this.#run, {
      file: 1,
      seq: piece,
      list: 'error',
      type: 'OperationOutcome',
      ids: [],
      lines: lines.length,
      content: `${lines.join('\n')}\n`,
    });
  }
}

function resultsOf(outcomes: readonly LineOutcome[]): readonly WriteResult[] {
  return outcomes.flatMap((one) => ('result' in one ? [one.result] : []));
}

function advance(progress: ImportProgress, line: number, outcomes: readonly LineOutcome[]): ImportProgress {
  const counts = [...progress.counts];
  const { stored, unchanged, failed } = counts.pop() ?? NOTHING_IMPORTED;
  const results = resultsOf(outcomes);
  const same = results.filter(({ outcome }) => outcome === 'unchanged').length;
  const counted: ImportCounts = {
    stored: stored + results.length - same,
    unchanged: unchanged + same,
    failed: failed + outcomes.length - results.length,
  };
  return { ...progress, line, counts: [...counts, counted] };
}

/** The source ended before its end, or was replaced by then; a download or what is another now may be begun anew. */
class BrokenOff extends Error {
  readonly rejection: Error;
  readonly hasChanged: boolean;

  constructor(rejection: Error, hasChanged = false) {
    super('The source broke off', { cause: rejection });
    this.rejection = rejection;
    this.hasChanged = hasChanged;
  }
}

/** A server that does not answer now may answer when it is asked again. */
function openAgain(
  source: ImportSource,
  allowance: ImportAllowance,
  signal: AbortSignal,
): Promise<OpenSource> {
  return openSource(source, allowance, signal).catch((error: unknown) => {
    const mayCome = error instanceof CartographError && error.code === 'import-source-unreadable';
    throw mayCome ? new BrokenOff(error) : error;
  });
}

async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  { name }: ImportSource,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* await unpackBytes(bytes);
  } catch (cause) {
    if (cause instanceof CartographError) throw cause;
    throw new BrokenOff(unreadable(name, 'an end before its end, or damaged compression', cause));
  }
}
