import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

/** Any number that is only ours; one instance migrates, the others wait. */
const LOCK = 20_260_201;

/** Brings the database to the newest schema, each step in a transaction of its own. */
export async function migrate(database: Database): Promise<void> {
  await database.session(async (session) => {
    // An index on a large table, and the wait for another instance that makes it, take their time.
    await session.query('set statement_timeout = 0');
    await session.query('select pg_advisory_lock($1)', [LOCK]);
    try {
      await session.query(
        `create table if not exists schema_migration (
           number integer primary key, title text not null, applied_at timestamptz not null default now())`,
      );
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
    } finally {
      await session.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
      await session.query('reset statement_timeout').catch(() => undefined);
    }
  });
}
