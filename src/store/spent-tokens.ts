/** Tokens that count once, over all instances. */
import { createHash } from 'node:crypto';
import type { Queryable } from './database.ts';

export interface OneTimeToken {
  readonly issuer: string;
  /** `jti`, unique for its issuer. */
  readonly id: string;
  /** From then on it is refused anyway, and need not be remembered. */
  readonly expiresAt: Date;
}

/** True for the first who asks, false for everybody after. Forgets on the way what has expired. */
export async function spendToken(
  db: Queryable,
  { issuer, id, expiresAt }: OneTimeToken,
  now: Date,
): Promise<boolean> {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, id]))
    .digest();
  const rows = await db.query(
    `with old as (
       delete from spent_token
        where digest in (
          select digest from spent_token where expires_at < $3 order by expires_at limit 100 for update skip locked))
     insert into spent_token (digest, expires_at) values ($1, $2) on conflict do nothing returning 1`,
    [digest, expiresAt, now],
  );
  return rows.length > 0;
}
