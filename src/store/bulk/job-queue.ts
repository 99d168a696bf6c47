/**
 * Who does which job when: pg-boss on the same PostgreSQL, in a schema of its own. The only file that knows the
 * library. Several instances share the queues; a job whose instance has died is given to another.
 */
import { type Db, type Job, PgBoss } from 'pg-boss';
import type { Database, Queryable } from '../database.ts';

/** Each with the work of one kind. */
export const JOB_QUEUES = ['export', 'import'] as const;
export type JobQueueName = (typeof JOB_QUEUES)[number];

/** Throws where the job cannot be done now: it is then done again, by this instance or another. */
export type JobHandler = (jobId: string, signal: AbortSignal) => Promise<void>;

export interface JobQueue {
  /** Part of the transaction: the job is there if and only if it commits. */
  send(tx: Queryable, queue: JobQueueName, jobId: string): Promise<void>;
  /** One job of the queue at a time on this instance. */
  work(queue: JobQueueName, handler: JobHandler): Promise<void>;
  /** Looks for work at once instead of at the next poll. */
  wake(queue: JobQueueName): void;
  /** Takes no new job, tells those at hand to end, and waits for them. */
  stop(): Promise<void>;
}

const SCHEMA = 'job_queue';
/** An instance that has not been heard of for so long is dead; the library allows no less. */
const HEARTBEAT_SECONDS = 10;
const QUEUE = {
  heartbeatSeconds: HEARTBEAT_SECONDS,
  // The heartbeat says whether it lives; how long it takes says nothing. The library allows no more than a day.
  expireInSeconds: 86_400,
  // How often is too often is decided where it is known whether the job got anywhere: store/bulk-runs.ts.
  retryLimit: 10_000,
  retryDelay: 1,
  deleteAfterSeconds: 3_600,
};
const POLL_SECONDS = 2;
/** How often somebody looks for jobs of the dead. */
const WATCH_SECONDS = 5;
const NO_JOB = '00000000-0000-0000-0000-000000000000';

/** Makes or brings up to date the schema and the queues. Called by one instance at a time, under the migration lock. */
export async function installJobQueue(database: Database): Promise<void> {
  const boss = new PgBoss({ ...options(database), migrate: true, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
  for (const queue of JOB_QUEUES) {
    if ((await boss.getQueue(queue)) === null) await boss.createQueue(queue, QUEUE);
  }
  await boss.stop({ graceful: false });
}

/** Throws where the schema has not been installed. */
export async function openJobQueue(database: Database, onFault: (error: unknown) => void): Promise<JobQueue> {
  const boss = new PgBoss({
    ...options(database),
    migrate: false,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
  });
  boss.on('error', onFault);
  await boss.start();
  // The first send on a queue that the library has not looked up yet takes a second connection, within a transaction.
  for (const queue of JOB_QUEUES) await boss.findJobs(queue, { id: NO_JOB });
  const workers = new Map<JobQueueName, string>();
  const stopping = new AbortController();
  return {
    send: async (tx, queue, jobId) => {
      await boss.send(queue, { jobId }, { id: jobId, db: adapter(tx) });
    },
    work: async (queue, handler) => {
      const worker = await boss.work(
        queue,
        { pollingIntervalSeconds: POLL_SECONDS },
        async ([job]: Job<{ jobId: string }>[]) => {
          if (job !== undefined)
            await handler(job.data.jobId, AbortSignal.any([job.signal, stopping.signal]));
        },
      );
      workers.set(queue, worker);
    },
    wake: (queue) => {
      const worker = workers.get(queue);
      if (worker !== undefined) boss.notifyWorker(worker);
    },
    stop: async () => {
      stopping.abort();
      // The library's own wait looks once a second; this one ends with the last job.
      await Promise.all([...workers.keys()].map((queue) => boss.offWork(queue, { wait: true })));
      await boss.stop({ graceful: false });
    },
  };
}

function options(database: Queryable) {
  return { db: adapter(database), schema: SCHEMA, schedule: false, monitorVacuum: false };
}

function adapter(queryable: Queryable): Db {
  return {
    executeSql: async (text, values) => ({ rows: [...(await queryable.query(text, values ?? []))] }),
  };
}
