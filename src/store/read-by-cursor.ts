import type { Queryable } from './database.ts';

const PAGE = 1_000;

/**
 * Rows of a query, page by page, within the transaction of the caller: however many there are, one page is held. Other
 * queries may run between two pages; `name` is that of no other cursor which is open.
 */
export async function* readByCursor<R>(
  tx: Queryable,
  name: string,
  sql: string,
  parameters: readonly unknown[],
  page = PAGE,
): AsyncGenerator<readonly R[], void, undefined> {
  await tx.query(`declare ${name} no scroll cursor for ${sql}`, parameters);
  for (;;) {
    const rows = await tx.query<R>(`fetch ${page} from ${name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < page) break;
  }
  // Where the caller leaves before, the cursor ends with the transaction.
  await tx.query(`close ${name}`);
}
