/** Runs planned entries in one transaction of the database, in the order that FHIR prescribes. */
import type { BundleEntry, BundleEntryResponse } from '@medplum/fhirtypes';
import { rejection } from '../core/cartograph-error.ts';
import { isFresh } from '../fhir/is-fresh.ts';
import { outcomeOf } from '../fhir/operation-outcome.ts';
import type {
  PlannedDelete,
  PlannedEntry,
  PlannedQuery,
  PlannedRead,
  PlannedWrite,
} from '../fhir/plan-entry.ts';
import type { Queryable } from '../store/database.ts';
import { readVersion } from '../store/history-store.ts';
import { parseStored } from '../store/parse-stored.ts';
import { readResource } from '../store/resource-store.ts';
import type { EntryAnswers, IngestContext, IngestDeps } from './ingest-deps.ts';
import { missingResource } from './missing-resource.ts';
import { resolvePatches } from './resolve-patches.ts';
import type { WriteResult } from './save-drafts.ts';
import { storeWrites } from './store-writes.ts';

/** Response entries in the order of the entries. Nothing is stored where it throws. */
export async function runEntries(
  entries: readonly PlannedEntry[],
  context: IngestContext,
  deps: IngestDeps,
  { answerQuery, returning }: EntryAnswers,
): Promise<readonly BundleEntry[]> {
  const done = await inTransaction(deps, async (tx) => {
    const results = await writeEntries(tx, entries, context, deps);
    const answers: BundleEntry[] = [];
    for (const entry of entries) {
      if (entry.kind === 'read') answers.push(await answerRead(tx, entry));
      else if (entry.kind === 'query') answers.push(await queried(tx, entry, answerQuery));
      else answers.push(await answerWrite(tx, results.get(entry), returning));
    }
    return { answers, results };
  });
  if (returning !== 'OperationOutcome') return done.answers;
  return reported(done.answers, entries, deps);
}

/** Reports instead of the resources that were written. They are made once all is stored, for they take their time. */
async function reported(
  answers: readonly BundleEntry[],
  entries: readonly PlannedEntry[],
  { judgeStored }: IngestDeps,
): Promise<readonly BundleEntry[]> {
  const isWrite = (index: number): boolean => !['read', 'query'].includes(entries[index]?.kind ?? '');
  const written = answers.flatMap(({ resource }, index) =>
    isWrite(index) && resource !== undefined ? [[index, resource] as const] : [],
  );
  const found = await judgeStored(written.map(([, resource]) => resource));
  const findings = new Map(written.map(([index], place) => [index, found[place]]));
  return answers.map((answer, index) => {
    if (!isWrite(index)) return answer;
    const { resource: _resource, response, ...rest } = answer;
    return {
      ...rest,
      response: { ...response, outcome: outcomeOf(findings.get(index) ?? []) } as BundleEntryResponse,
    };
  });
}

/** The result of one entry that writes, undefined where a deletion found nothing. */
export async function runWrite(
  entry: PlannedEntry,
  context: IngestContext,
  deps: IngestDeps,
): Promise<WriteResult | undefined> {
  const { results } = await inTransaction(deps, async (tx) => ({
    results: await writeEntries(tx, [entry], context, deps),
  }));
  return results.get(entry);
}

/** What was written is told of once it is committed. */
async function inTransaction<T extends { readonly results: ReadonlyMap<PlannedEntry, WriteResult> }>(
  { database, observer }: IngestDeps,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const done = await observer.step('store', () => database.transaction(work));
  observer.stored(done.results.values());
  return done;
}

/** Work in one transaction of which writes are a part; `write` may be called once. Nothing is stored where it throws. */
export async function writeInTransaction<T>(
  deps: IngestDeps,
  work: (
    tx: Queryable,
    write: (writes: readonly PlannedWrite[], context: IngestContext) => Promise<void>,
  ) => Promise<T>,
): Promise<T> {
  const { value } = await inTransaction(deps, async (tx) => {
    let results: ReadonlyMap<PlannedEntry, WriteResult> = new Map();
    const done = await work(tx, async (writes, context) => {
      results = await writeEntries(tx, writes, context, deps);
    });
    return { value: done, results };
  });
  return value;
}

async function writeEntries(
  tx: Queryable,
  entries: readonly PlannedEntry[],
  context: IngestContext,
  deps: IngestDeps,
): Promise<ReadonlyMap<PlannedEntry, WriteResult>> {
  const deletes = entries.filter((entry): entry is PlannedDelete => entry.kind === 'delete');
  const patched = await resolvePatches(tx, entries);
  const writes = entries.flatMap((entry): readonly (readonly [PlannedEntry, PlannedWrite])[] => {
    const write = entry.kind === 'patch' ? patched.get(entry) : entry;
    return write?.kind === 'write' ? [[entry, write]] : [];
  });
  const isCreate = ([, { interaction }]: (typeof writes)[number]): boolean => interaction.kind === 'create';
  const ordered = [...writes.filter(isCreate), ...writes.filter((one) => !isCreate(one))];
  const stored = await storeWrites(
    tx,
    ordered.map(([, write]) => write),
    deletes,
    context,
    deps,
  );
  const results = new Map<PlannedEntry, WriteResult>();
  for (const [index, result] of stored.writes.entries()) {
    const entry = ordered[index]?.[0];
    if (entry !== undefined) results.set(entry, result);
  }
  for (const [index, entry] of deletes.entries()) {
    const result = stored.removals[index];
    if (result !== undefined) results.set(entry, result);
  }
  return results;
}

async function answerRead(tx: Queryable, entry: PlannedRead): Promise<BundleEntry> {
  const expression = `${entry.path}.request.url`;
  const found =
    entry.version === undefined ? await readResource(tx, entry) : await readVersion(tx, entry, entry.version);
  if (found === undefined && entry.version === undefined) throw await missingResource(tx, entry, expression);
  if (found === undefined)
    throw rejection('resource-not-found', `${expression}: no such version`, { expression });
  if (found.content === null)
    throw rejection('resource-deleted', `${expression}: that version is a deletion`, { expression });
  const { version, lastUpdated } = found;
  const shown = { etag: `W/"${version}"`, lastModified: lastUpdated.toISOString() };
  if (isFresh(entry.known, version, lastUpdated)) return { response: { status: '304', ...shown } };
  const response = { status: '200', ...shown };
  return entry.isHead ? { response } : { resource: parseStored(found.content), response };
}

async function queried(
  tx: Queryable,
  { url, path, isHead }: PlannedQuery,
  answer: EntryAnswers['answerQuery'],
): Promise<BundleEntry> {
  const resource = await answer(tx, url, `${path}.request.url`);
  const response = { status: '200' };
  return isHead ? { response } : { resource, response };
}

async function answerWrite(
  tx: Queryable,
  result: WriteResult | undefined,
  returning: EntryAnswers['returning'],
): Promise<BundleEntry> {
  const response = responseOf(result);
  if (returning === 'minimal' || result === undefined || result.outcome === 'deleted') return { response };
  const content = result.content ?? (await readVersion(tx, result, result.version))?.content;
  return typeof content === 'string' ? { resource: parseStored(content), response } : { response };
}

function responseOf(result: WriteResult | undefined): BundleEntryResponse {
  if (result === undefined) return { status: '204' };
  const { type, id, version, lastUpdated, outcome } = result;
  if (outcome === 'deleted')
    return { status: '204', etag: `W/"${version}"`, lastModified: lastUpdated.toISOString() };
  return {
    status: outcome === 'created' ? '201' : '200',
    location: `${type}/${id}/_history/${version}`,
    etag: `W/"${version}"`,
    lastModified: lastUpdated.toISOString(),
  };
}
