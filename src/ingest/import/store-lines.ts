/** Stores what can be stored of a chunk, within the transaction of its caller. */
import { CartographError } from '../../core/cartograph-error.ts';
import type { Finding } from '../../core/finding.ts';
import type { PlannedWrite } from '../../fhir/plan-entry.ts';
import type { Queryable } from '../../store/database.ts';
import type { IngestContext, IngestDeps } from '../ingest-deps.ts';
import type { WriteResult } from '../save-drafts.ts';
import { storeWrites } from '../store-writes.ts';

export interface WriteLine {
  readonly line: number;
  readonly write: PlannedWrite;
}

export type LineOutcome =
  | { readonly line: number; readonly result: WriteResult }
  | { readonly line: number; readonly findings: readonly Finding[] };

/** Where one of the lines is refused they are halved, until it stands alone: the others are stored all the same. */
export async function storeLines(
  tx: Queryable,
  lines: readonly WriteLine[],
  context: IngestContext,
  deps: IngestDeps,
): Promise<readonly LineOutcome[]> {
  const [first] = lines;
  if (first === undefined) return [];
  await tx.query('savepoint chunk');
  try {
    const { writes } = await storeWrites(
      tx,
      lines.map(({ write }) => write),
      [],
      context,
      deps,
    );
    await tx.query('release savepoint chunk');
    return lines.flatMap(({ line }, index) => {
      const result = writes[index];
      return result === undefined ? [] : [{ line, result }];
    });
  } catch (error) {
    if (!(error instanceof CartographError) || error.code === 'service-busy') throw error;
    await tx.query('rollback to savepoint chunk');
    if (lines.length === 1) return [{ line: first.line, findings: error.findings }];
  }
  const half = Math.ceil(lines.length / 2);
  return [
    ...(await storeLines(tx, lines.slice(0, half), context, deps)),
    ...(await storeLines(tx, lines.slice(half), context, deps)),
  ];
}
