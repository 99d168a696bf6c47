/** Messages that were processed, with what was answered: who sends one again gets the same answer. */
import type { Queryable } from './database.ts';

export interface ProcessedMessage {
  /** Of what it brought. */
  readonly digest: string;
  /** JSON of the answer. */
  readonly response: string;
}

/** Days for which they are kept. */
export const MESSAGE_CACHE_DAYS = 30;

/** Until the transaction ends nobody else processes that message. Undefined where it is new. */
export async function lockMessage(
  tx: Queryable,
  site: string,
  id: string,
): Promise<ProcessedMessage | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`message ${site} ${id}`]);
  const [row] = await tx.query<ProcessedMessage>(
    'select digest, response::text as response from processed_message where site = $1 and id = $2',
    [site, id],
  );
  return row;
}

/** Forgets on the way those that are too old. */
export async function saveMessage(
  tx: Queryable,
  site: string,
  id: string,
  { digest, response }: ProcessedMessage,
  at: Date,
): Promise<void> {
  await tx.query(
    `with old as (
       delete from processed_message
        where (site, id) in (
          select site, id from processed_message
           where processed_at < $5::timestamptz - make_interval(days => $6)
           order by processed_at limit 100 for update skip locked))
     insert into processed_message (site, id, digest, response, processed_at) values ($1, $2, $3, $4::json, $5)`,
    [site, id, digest, response, at, MESSAGE_CACHE_DAYS],
  );
}
