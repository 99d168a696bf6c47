/** The NDJSON files of bulk jobs, kept in pieces so that nobody ever holds a whole one. */

import type { Queryable } from '../database.ts';
import { type BulkRun, RunSuperseded } from './bulk-runs.ts';

/** Where in the manifest a file stands. */
export type BulkList = 'output' | 'deleted' | 'error';

export interface BulkChunk {
  /** Number of the file, from 1. */
  readonly file: number;
  /** Place of the piece in the file, from 1. */
  readonly seq: number;
  readonly list: BulkList;
  /** Resource type of the lines. */
  readonly type: string;
  /** Of the stored resources that the lines are, one a line; empty where they are none. */
  readonly ids: readonly string[];
  readonly lines: number;
  /** Whole lines, each with its newline. */
  readonly content: string;
}

export interface BulkFile {
  readonly file: number;
  readonly list: BulkList;
  readonly type: string;
  /** Lines. */
  readonly count: number;
}

/** Stores the piece if the run still counts. Throws RunSuperseded. */
export async function saveChunk(db: Queryable, run: BulkRun, chunk: BulkChunk): Promise<void> {
  const rows = await db.query(
    `with mine as (
       select id from bulk_job where id = $1 and epoch = $2 and status = 'running' for update)
     insert into bulk_chunk (job_id, file, seq, list, type, ids, lines, content)
     select id, $3, $4, $5, $6, $7, $8, $9 from mine
     returning job_id`,
    [
      run.jobId,
      run.epoch,
      chunk.file,
      chunk.seq,
      chunk.list,
      chunk.type,
      chunk.ids,
      chunk.lines,
      chunk.content,
    ],
  );
  if (rows.length === 0) throw new RunSuperseded();
}

/**
 * Removes what an earlier run has left, of each file the pieces behind this place. Throws RunSuperseded: who was
 * thought dead would else remove what its successor has written.
 */
export async function removeChunks(db: Queryable, { jobId, epoch }: BulkRun, afterSeq = 0): Promise<void> {
  const rows = await db.query(
    `with mine as (
       select id from bulk_job where id = $1 and epoch = $2 and status = 'running' for update),
     gone as (
       delete from bulk_chunk where job_id in (select id from mine) and seq > $3)
     select id from mine`,
    [jobId, epoch, afterSeq],
  );
  if (rows.length === 0) throw new RunSuperseded();
}

export function listFiles(db: Queryable, jobId: string): Promise<readonly BulkFile[]> {
  return db.query<BulkFile>(
    `select file, list, type, sum(lines)::integer as count
       from bulk_chunk where job_id = $1 group by file, list, type having sum(lines) > 0 order by file`,
    [jobId],
  );
}

/** The text of a file, piece by piece; none where there is no such file. */
export async function* readFile(
  db: Queryable,
  jobId: string,
  file: number,
): AsyncGenerator<string, void, undefined> {
  let after = 0;
  for (;;) {
    const [chunk] = await db.query<{ readonly seq: number; readonly content: string }>(
      `select seq, content from bulk_chunk where job_id = $1 and file = $2 and seq > $3 order by seq limit 1`,
      [jobId, file, after],
    );
    if (chunk === undefined) return;
    if (chunk.content !== '') yield chunk.content;
    after = chunk.seq;
  }
}
