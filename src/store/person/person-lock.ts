import type { Database, Queryable } from '../database.ts';
import { BEGIN_SNAPSHOT } from '../snapshot.ts';

/** Until the transaction ends nobody builds a record of these persons. */
export async function lockPersons(tx: Queryable, personIds: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hash)
       from (select distinct hashtextextended(name, 0) as hash from unnest($1::text[]) as n (name) order by 1) as sorted`,
    [personIds.map(lockName)],
  );
}

/**
 * Runs `work` in one consistent snapshot of the database, while nobody else does so for that person. The lock is
 * taken before the snapshot, so the snapshot holds what the one before it has written.
 */
export function withPersonLock<T>(
  database: Database,
  personId: string,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return database.session(async (session) => {
    const name = lockName(personId);
    await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    try {
      await session.query(BEGIN_SNAPSHOT);
      const result = await work(session);
      await session.query('commit');
      return result;
    } catch (error) {
      await session.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await session
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch(() => undefined);
    }
  });
}

function lockName(personId: string): string {
  return `person ${personId}`;
}
