/** Takes a person out of the files of bulk jobs. */
import type { Queryable } from '../database.ts';
import type { ResourceKey } from '../resource-store.ts';

export interface ErasedFromJobs {
  readonly patientIds: readonly string[];
  /** Of the resources whose lines may tell of the person. */
  readonly keys: readonly ResourceKey[];
  /** Whether a search or a message names the person. */
  readonly isToldBy: (text: string) => boolean;
  /** What stays of a line; undefined where nothing does. */
  readonly rewrite: (line: string) => string | undefined;
}

/**
 * Of finished jobs, the lines go or lose the person. Exports at work begin anew: their snapshot still holds the person.
 * An export that names one of the patients, by id or in a search, goes whole.
 */
export async function eraseFromJobs(tx: Queryable, erased: ErasedFromJobs): Promise<void> {
  await removeNaming(tx, erased);
  await tx.query(
    `with begun as (
       update bulk_job set status = 'waiting', epoch = epoch + 1
        where kind = 'export' and status = 'running' returning id)
     delete from bulk_chunk where job_id in (select id from begun)`,
  );
  await rewriteOutput(tx, erased);
  await rewriteErrors(tx, erased);
}

async function removeNaming(tx: Queryable, { patientIds, isToldBy }: ErasedFromJobs): Promise<void> {
  const jobs = await tx.query<{
    readonly id: string;
    readonly patients: readonly string[] | null;
    readonly typeFilters: readonly string[] | null;
  }>(
    `select id, parameters->'patients' as patients, parameters->'typeFilters' as "typeFilters"
       from bulk_job where kind = 'export'`,
  );
  const naming = jobs.filter(
    ({ patients, typeFilters }) =>
      patients?.some((id) => patientIds.includes(id)) === true || typeFilters?.some(isToldBy) === true,
  );
  await tx.query('delete from bulk_job where id = any ($1::uuid[])', [naming.map(({ id }) => id)]);
}

interface Place {
  readonly jobId: string;
  readonly file: number;
  readonly seq: number;
}

async function rewriteOutput(tx: Queryable, { keys, rewrite }: ErasedFromJobs): Promise<void> {
  for (const [type, ofType] of Map.groupBy(keys, (key) => key.type)) {
    const ids = new Set(ofType.map(({ id }) => id));
    const places = await tx.query<Place>(
      `select job_id as "jobId", file, seq from bulk_chunk where type = $1 and ids && $2::text[]`,
      [type, [...ids]],
    );
    // One piece at a time: a person may be in many of them.
    for (const place of places) {
      await rewritePiece(tx, place, (line, id) => (id !== undefined && ids.has(id) ? rewrite(line) : line));
    }
  }
}

/** Messages quote what they are about. */
async function rewriteErrors(tx: Queryable, { isToldBy }: ErasedFromJobs): Promise<void> {
  const places = await tx.query<Place>(
    `select job_id as "jobId", file, seq from bulk_chunk where list = 'error'`,
  );
  for (const place of places) {
    await rewritePiece(tx, place, (line) => (isToldBy(line) ? undefined : line));
  }
}

async function rewritePiece(
  tx: Queryable,
  { jobId, file, seq }: Place,
  rewrite: (line: string, id: string | undefined) => string | undefined,
): Promise<void> {
  const at = [jobId, file, seq];
  const [chunk] = await tx.query<{ readonly ids: readonly string[]; readonly content: string }>(
    'select ids, content from bulk_chunk where job_id = $1 and file = $2 and seq = $3 for update',
    at,
  );
  if (chunk === undefined) return;
  const kept = chunk.content.split('\n').flatMap((line, index) => {
    const id = chunk.ids[index];
    const left = line === '' ? undefined : rewrite(line, id);
    return left === undefined ? [] : [{ id, line: `${left}\n` }];
  });
  const content = kept.map(({ line }) => line).join('');
  if (content === chunk.content) return;
  await tx.query(
    `update bulk_chunk set ids = $4, lines = $5, content = $6 where job_id = $1 and file = $2 and seq = $3`,
    [...at, kept.flatMap(({ id }) => (id === undefined ? [] : [id])), kept.length, content],
  );
}
