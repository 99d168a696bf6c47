/**
 * The work on a bulk job. Each beginning has a number, the epoch; whoever was thought dead and is not finds that the
 * number has changed, and can write nothing any more.
 */
import type { Finding } from '../../core/finding.ts';
import type { Queryable } from '../database.ts';
import { type BulkJob, JOB_COLUMNS } from './bulk-jobs.ts';

/** The right to work on a job. */
export interface BulkRun {
  readonly jobId: string;
  readonly epoch: number;
}

export interface BegunRun extends BulkRun {
  readonly job: BulkJob;
  /** Times that it was begun since it last got anywhere, this one among them. */
  readonly attempts: number;
}

/** The run was cancelled, or somebody else has begun the job anew. */
export class RunSuperseded extends Error {
  override readonly name = 'RunSuperseded';
}

/**
 * Undefined where there is nothing to do any more. The queue gives out what a dead instance was running too;
 * `isOurs: false` leaves that alone.
 */
export async function beginRun(db: Queryable, jobId: string, isOurs = true): Promise<BegunRun | undefined> {
  const [row] = await db.query<BulkJob & { readonly epoch: number; readonly attempts: number }>(
    `update bulk_job set status = 'running', epoch = epoch + 1, attempts = attempts + 1
      where id = $1 and (status = 'waiting' or status = 'running' and $2)
     returning ${JOB_COLUMNS}, epoch, attempts`,
    [jobId, isOurs],
  );
  if (row === undefined) return undefined;
  const { epoch, attempts, ...job } = row;
  return { jobId, epoch, attempts, job };
}

/** It was neither cancelled nor begun anew. */
export async function isCurrentRun(db: Queryable, { jobId, epoch }: BulkRun): Promise<boolean> {
  const rows = await db.query(`select from bulk_job where id = $1 and epoch = $2 and status = 'running'`, [
    jobId,
    epoch,
  ]);
  return rows.length > 0;
}

/** The work goes back to the queue, as when the service stops. */
export async function releaseRun(db: Queryable, { jobId, epoch }: BulkRun): Promise<void> {
  await db.query(
    `update bulk_job set status = 'waiting', attempts = greatest(attempts - 1, 0)
      where id = $1 and epoch = $2 and status = 'running'`,
    [jobId, epoch],
  );
}

export interface RunState {
  /** What was got so far; JSON. */
  readonly progress?: unknown;
  readonly transactionTime?: Date;
  /** What was got will not be lost if the run dies now. */
  readonly isLasting?: boolean;
}

/** Throws RunSuperseded. */
export async function saveRunState(
  db: Queryable,
  { jobId, epoch }: BulkRun,
  { progress, transactionTime, isLasting }: RunState,
): Promise<void> {
  const rows = await db.query(
    `update bulk_job
        set progress = coalesce($3, progress), transaction_time = coalesce($4, transaction_time),
            attempts = case when $5 then 0 else attempts end
      where id = $1 and epoch = $2 and status = 'running' returning id`,
    [
      jobId,
      epoch,
      progress === undefined ? null : JSON.stringify(progress),
      transactionTime ?? null,
      isLasting === true,
    ],
  );
  if (rows.length === 0) throw new RunSuperseded();
}

export interface RunEnd {
  readonly now: Date;
  readonly expiresAt: Date;
  /** Why it failed; undefined where it did not. */
  readonly failure?: readonly Finding[];
}

/** Throws RunSuperseded. */
export async function endRun(
  db: Queryable,
  { jobId, epoch }: BulkRun,
  { now, expiresAt, failure }: RunEnd,
): Promise<void> {
  const rows = await db.query(
    `update bulk_job set status = $3, failure = $4, finished_at = $5, expires_at = $6
      where id = $1 and epoch = $2 and status = 'running' returning id`,
    [
      jobId,
      epoch,
      failure === undefined ? 'done' : 'failed',
      failure === undefined ? null : JSON.stringify(failure),
      now,
      expiresAt,
    ],
  );
  if (rows.length === 0) throw new RunSuperseded();
}
