import type { Database, Queryable } from './database.ts';

/** Name of sessions in whose transaction no version of a resource is stored. */
export const SNAPSHOT_READER = 'cartograph snapshot';

export const BEGIN_SNAPSHOT = `begin isolation level repeatable read;
  set local application_name = '${SNAPSHOT_READER}'`;

/** Reads in one snapshot of the database, however long it takes. Temporary tables may be made. */
export function inSnapshot<T>(database: Database, work: (tx: Queryable) => Promise<T>): Promise<T> {
  return database.session(async (session) => {
    await session.query(`${BEGIN_SNAPSHOT}; set local statement_timeout = 0`);
    try {
      return await work(session);
    } finally {
      await session.query('rollback').catch(() => undefined);
    }
  });
}
