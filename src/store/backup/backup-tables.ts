/** Which tables are ours, as the migrations make them, and which of them a backup holds. */
import { MIGRATIONS } from '../migrations.ts';

/** Work at hand and the files that it made: they end with the database that they ran on. */
const TRANSIENT: ReadonlySet<string> = new Set(['bulk_job', 'bulk_chunk']);

/** In the order in which the migrations make them. */
export function tablesOf(numbers: readonly number[]): readonly string[] {
  return MIGRATIONS.filter(({ number }) => numbers.includes(number)).flatMap(({ sql }) =>
    [...sql.matchAll(/^\s*create table (?:if not exists )?([a-z_]+)/gm)].map(([, name]) => name ?? ''),
  );
}

export function backedUpTables(numbers: readonly number[]): readonly string[] {
  return tablesOf(numbers).filter((name) => !TRANSIENT.has(name));
}
