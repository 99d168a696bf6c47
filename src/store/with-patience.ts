import { setTimeout as sleep } from 'node:timers/promises';
import { rejection } from '../core/cartograph-error.ts';

/** What the database answers, or after so many milliseconds `service-busy`: who only wants to know does not wait long. */
export async function withPatience<T>(answer: Promise<T>, milliseconds: number): Promise<T> {
  const waited = new AbortController();
  const tooLong = sleep(milliseconds, undefined, { signal: waited.signal }).then(() => {
    throw rejection('service-busy', 'The database does not answer');
  });
  try {
    return await Promise.race([answer, tooLong]);
  } finally {
    waited.abort();
    tooLong.catch(() => undefined);
    answer.catch(() => undefined);
  }
}
