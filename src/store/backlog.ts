/** What waits in the database to be done, by whichever instance. */
import type { Queryable } from './database.ts';

export interface Backlog {
  /** Stored Patients whose record may be older than their resources. */
  readonly stalePatients: number;
  /** Seconds since the first mark that is still there; 0 where there is none. */
  readonly oldestSeconds: number;
  readonly jobs: readonly { readonly queue: string; readonly state: string; readonly count: number }[];
}

export async function readBacklog(db: Queryable): Promise<Backlog> {
  const [marks] = await db.query<{ readonly patients: number; readonly seconds: number }>(
    `select count(distinct s.patient_id)::integer as patients,
            coalesce(extract(epoch from clock_timestamp() - min(s.since)), 0)::float8 as seconds
       from stale_patient s join patient_person p using (patient_id)`,
  );
  return {
    stalePatients: marks?.patients ?? 0,
    oldestSeconds: Math.max(0, marks?.seconds ?? 0),
    jobs: await readJobs(db),
  };
}

/** Seconds since a job was asked for that nobody has begun, the longest waiting; undefined where none waits. */
export async function readLongestWait(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query<{ readonly seconds: number | null }>(
    `select extract(epoch from clock_timestamp() - min(created_at))::float8 as seconds
       from bulk_job where status = 'waiting'`,
  );
  return row?.seconds ?? undefined;
}

function readJobs(db: Queryable): Promise<Backlog['jobs']> {
  return db.query(
    `select kind as queue, status as state, count(*)::integer as count from bulk_job group by 1, 2 order by 1, 2`,
  );
}
