import type { Queryable } from './database.ts';

/**
 * Until the transaction ends nobody else stores or removes a resource; who reads is not hindered. Once this resolves,
 * whatever others have stored before is there to be seen. To be the first that a transaction locks of resources.
 */
export async function lockWriters(tx: Queryable): Promise<void> {
  // A weaker mode would let those on who hold rows already, and they and we could wait for each other.
  await tx.query('lock table resource in exclusive mode');
}
