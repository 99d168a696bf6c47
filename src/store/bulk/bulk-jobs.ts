/** Bulk jobs as the caller knows them: what was asked for, how far it is, how it ended. */
import type { Finding } from '../../core/finding.ts';
import type { Database, Queryable } from '../database.ts';

export type BulkJobKind = 'export' | 'import';
/** Cancelled jobs are not kept. */
export type BulkJobStatus = 'waiting' | 'running' | 'done' | 'failed';

export interface NewBulkJob {
  readonly id: string;
  readonly kind: BulkJobKind;
  /** Name of the caller's registration. */
  readonly caller: string;
  /** Site of what the job stores, where a resource names none. */
  readonly site: string;
  /** URL of the kick-off request. */
  readonly request: string;
  /** JSON of what was asked for; the store does not look into it. */
  readonly parameters: unknown;
  readonly createdAt: Date;
}

export interface BulkJob extends NewBulkJob {
  readonly status: BulkJobStatus;
  /** JSON of how far it is; the store does not look into it. */
  readonly progress: unknown;
  /** Instant that the output speaks of; null before the work has begun. */
  readonly transactionTime: Date | null;
  readonly failure: readonly Finding[] | null;
  /** When the files go; null before it is finished. */
  readonly expiresAt: Date | null;
}

export const JOB_COLUMNS = `id, kind, caller, site, request, parameters, status, progress, failure,
  transaction_time as "transactionTime", created_at as "createdAt", expires_at as "expiresAt"`;

/** Any number that is only ours: one kick-off counts at a time. */
const COUNT_LOCK = 20_260_206;

/** Until the transaction ends no job is taken. */
export async function lockKickOffs(tx: Queryable): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [COUNT_LOCK]);
}

/**
 * Stores the job, unless `limit` are waiting or running: false then. `andThen` is part of the transaction.
 */
export function saveBulkJob(
  database: Database,
  job: NewBulkJob,
  limit: number,
  andThen: (tx: Queryable) => Promise<void>,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lockKickOffs(tx);
    const [row] = await tx.query<{ readonly n: string }>(
      `select count(*) as n from bulk_job where status in ('waiting', 'running')`,
    );
    if (Number(row?.n) >= limit) return false;
    await tx.query(
      `insert into bulk_job (id, kind, caller, site, request, parameters, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [job.id, job.kind, job.caller, job.site, job.request, JSON.stringify(job.parameters), job.createdAt],
    );
    await andThen(tx);
    return true;
  });
}

/** Undefined where there is none, or its files have expired. */
export async function readBulkJob(db: Queryable, id: string, now: Date): Promise<BulkJob | undefined> {
  const [job] = await db.query<BulkJob>(
    `select ${JOB_COLUMNS} from bulk_job where id = $1 and coalesce(expires_at, 'infinity') > $2`,
    [id, now],
  );
  return job;
}

/** Ends it, whatever its state, and removes its files. */
export async function removeBulkJob(db: Queryable, id: string): Promise<void> {
  await db.query('delete from bulk_job where id = $1', [id]);
}

/** Removes what expired before this instant, with its files. */
export async function removeExpiredJobs(db: Queryable, before: Date): Promise<void> {
  await db.query('delete from bulk_job where expires_at < $1', [before]);
}

/** Imports that wait or run. */
export async function countImports(db: Queryable): Promise<number> {
  const [row] = await db.query<{ readonly n: number }>(
    `select count(*)::integer as n from bulk_job where kind = 'import' and status in ('waiting', 'running')`,
  );
  return row?.n ?? 0;
}

/** Ends them where they are: once this resolves they store nothing more. */
export async function cancelImports(db: Queryable): Promise<void> {
  await db.query(`delete from bulk_job where kind = 'import' and status in ('waiting', 'running')`);
}
