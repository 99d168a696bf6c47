import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';
import { SNAPSHOT_READER } from './snapshot.ts';

/** Time between giving a version its instant and its reaching the database, and between the instances' clocks. */
const ALLOWANCE_MS = 500;

/**
 * An instant before which nothing more will be stored: what carries an earlier `lastUpdated` is committed, or never
 * will be, once this resolves. Versions get their instant before their transaction commits, so "now" is no such
 * instant while others write: it is that of the oldest transaction that was open. Where nobody writes, it is now.
 */
export async function safeInstant(database: Database, now: () => Date): Promise<Date> {
  const asked = now().getTime();
  await sleep(ALLOWANCE_MS);
  const [row] = await database.query<{ readonly age: number }>(
    `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 * 1000 as age
       from pg_stat_activity
      where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
        and application_name <> $1`,
    [SNAPSHOT_READER],
  );
  const oldest = row === undefined || row.age === 0 ? asked : now().getTime() - row.age - ALLOWANCE_MS;
  return new Date(Math.min(asked, oldest));
}
