import { installJobQueue } from './bulk/job-queue.ts';
import type { Database, Queryable } from './database.ts';
import { MIGRATION_TABLE, MIGRATIONS } from './migrations.ts';
import { explainUnusable, refuseUnfit } from './unusable-database.ts';

/** Any number that is only ours; one instance migrates or restores, the others wait. */
export const MIGRATION_LOCK = 20_260_201;

/**
 * Brings the database to the newest schema, each step in a transaction of its own. Throws, with what can be done about
 * it, `service-busy` where the database cannot be reached, `configuration-invalid` where it will not do.
 */
export async function migrate(database: Database): Promise<void> {
  try {
    await takeSteps(database);
  } catch (error) {
    throw explainUnusable(error);
  }
}

async function takeSteps(database: Database): Promise<void> {
  await database.session(async (session) => {
    await refuseUnfit(session);
    // An index on a large table, and the wait for another instance that makes it, take their time.
    await session.query('set statement_timeout = 0');
    await session.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await session.query(MIGRATION_TABLE);
      const done = await session.query<{ number: number }>('select number from schema_migration');
      const applied = new Set(done.map(({ number }) => number));
      for (const migration of MIGRATIONS.filter(({ number }) => !applied.has(number))) {
        await session.query('begin');
        await session.query(migration.sql);
        await session.query('insert into schema_migration (number, title) values ($1, $2)', [
          migration.number,
          migration.title,
        ]);
        await session.query('commit');
      }
      await installJobQueue(database);
    } finally {
      await session.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      await session.query('reset statement_timeout').catch(() => undefined);
    }
  });
}

/** True where every step of this version has been taken; later ones by a newer version do no harm. */
export async function isMigrated(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ readonly done: number }>(
    'select count(*)::integer as done from schema_migration where number = any ($1::integer[])',
    [MIGRATIONS.map(({ number }) => number)],
  );
  return row?.done === MIGRATIONS.length;
}
