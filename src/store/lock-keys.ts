import type { Queryable } from './database.ts';

export interface LockKey {
  /** What is locked, such as `identifier Patient system|value`. */
  readonly key: string;
  /** Exclusive against everybody; shared only against the exclusive. */
  readonly exclusive: boolean;
}

/** Above this many keys a transaction excludes all others instead, for PostgreSQL's lock table is finite. */
const MAX_KEYS = 500;

/** The kinds of keys, in the order in which a transaction locks them; each with the lock that stands for all. */
const SCOPES = { patches: 20_260_204, identifiers: 20_260_202, resources: 20_260_203 } as const;

/**
 * Locks until the transaction ends, always in the order of the keys' hashes. Called at most once for each scope, in
 * their order, it never lets two transactions wait for each other in a circle.
 */
export async function lockKeys(
  tx: Queryable,
  scope: keyof typeof SCOPES,
  keys: readonly LockKey[],
): Promise<void> {
  if (keys.length === 0) return;
  if (keys.length > MAX_KEYS) {
    await tx.query('select pg_advisory_xact_lock($1)', [SCOPES[scope]]);
    return;
  }
  await tx.query(
    `select pg_advisory_xact_lock_shared($3)::text
     union all
     select case when exclusive then pg_advisory_xact_lock(hash)::text
                 else pg_advisory_xact_lock_shared(hash)::text end
       from (select hashtextextended(key, 0) as hash, bool_or(exclusive) as exclusive
               from unnest($1::text[], $2::boolean[]) as wanted (key, exclusive)
              group by 1 order by 1) as sorted`,
    [keys.map(({ key }) => key), keys.map(({ exclusive }) => exclusive), SCOPES[scope]],
  );
}
