/** Takes a person out of the files of bulk jobs. */
import type { Queryable } from './database.ts';
import type { ResourceKey } from './resource-store.ts';

/**
 * Of finished jobs, the lines of these resources go. Exports at work begin anew: their snapshot still holds the person.
 * A job that names one of the patients goes whole.
 */
export async function eraseFromJobs(
  tx: Queryable,
  keys: readonly ResourceKey[],
  patientIds: readonly string[],
): Promise<void> {
  await tx.query(
    `delete from bulk_job
      where kind = 'export'
        and exists (select from json_array_elements_text(coalesce(parameters->'patients', '[]')) as p (id)
                     where p.id = any ($1::text[]))`,
    [patientIds],
  );
  await tx.query(
    `with begun as (
       update bulk_job set status = 'waiting', epoch = epoch + 1
        where kind = 'export' and status = 'running' returning id)
     delete from bulk_chunk where job_id in (select id from begun)`,
  );
  await removeLines(tx, keys);
}

interface ChunkRow {
  readonly jobId: string;
  readonly file: number;
  readonly seq: number;
  readonly ids: readonly string[];
  readonly content: string;
}

async function removeLines(tx: Queryable, keys: readonly ResourceKey[]): Promise<void> {
  const byType = Map.groupBy(keys, ({ type }) => type);
  for (const [type, ofType] of byType) {
    const erased = new Set(ofType.map(({ id }) => id));
    const places = await tx.query<Omit<ChunkRow, 'ids' | 'content'>>(
      `select job_id as "jobId", file, seq from bulk_chunk where type = $1 and ids && $2::text[]`,
      [type, [...erased]],
    );
    // One piece at a time: a person may be in many of them.
    for (const place of places) await removeLinesOf(tx, place, erased);
  }
}

async function removeLinesOf(
  tx: Queryable,
  { jobId, file, seq }: Omit<ChunkRow, 'ids' | 'content'>,
  erased: ReadonlySet<string>,
): Promise<void> {
  const at = [jobId, file, seq];
  const [chunk] = await tx.query<ChunkRow>(
    'select ids, content from bulk_chunk where job_id = $1 and file = $2 and seq = $3 for update',
    at,
  );
  if (chunk === undefined) return;
  const lines = chunk.content.split('\n');
  const kept = chunk.ids.flatMap((id, index) => (erased.has(id) ? [] : [{ id, line: lines[index] ?? '' }]));
  await tx.query(
    `update bulk_chunk set ids = $4, lines = $5, content = $6 where job_id = $1 and file = $2 and seq = $3`,
    [...at, kept.map(({ id }) => id), kept.length, kept.map(({ line }) => `${line}\n`).join('')],
  );
}
