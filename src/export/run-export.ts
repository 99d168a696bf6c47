/** Writes the files of an export: one snapshot of the store, resource type by type. */
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import type { ExpandValueSet } from '../fhir/search/parse-criterion.ts';
import { shapeResource } from '../fhir/shape-resource.ts';
import { stringifyWritten } from '../fhir/written-decimals.ts';
import type { RecordDeps } from '../ingest/reads/read-record.ts';
import { removeChunks } from '../store/bulk/bulk-files.ts';
import type { BulkJob } from '../store/bulk/bulk-jobs.ts';
import { type BulkRun, saveRunState } from '../store/bulk/bulk-runs.ts';
import {
  type DeletedResource,
  type ExportPatients,
  listStoredTypes,
  markExported,
  readDeleted,
  readExportPage,
} from '../store/bulk/export-source.ts';
import type { Database, Queryable } from '../store/database.ts';
import { parseStored } from '../store/parse-stored.ts';
import { safeInstant } from '../store/safe-instant.ts';
import { inSnapshot } from '../store/snapshot.ts';
import { readKeptSince } from '../store/version-retention.ts';
import { ChunkWriter } from './chunk-writer.ts';
import type { ExportRequest, IgnoredParameter } from './export-request.ts';
import { elementNamesOf } from './exported-elements.ts';
import { scopePatients } from './scope-patients.ts';
import { parseTypeFilter } from './type-filter.ts';

export interface ExportDeps {
  readonly database: Database;
  readonly records: RecordDeps;
  readonly expand: ExpandValueSet;
  readonly now: () => Date;
  readonly linesPerFile: number;
}

/** How far an export is. */
export interface ExportProgress {
  readonly lines: number;
  /** Type at hand. */
  readonly type: string;
}

/** Throws RunSuperseded, or what the signal says. */
export async function runExport(
  run: BulkRun,
  job: BulkJob,
  signal: AbortSignal,
  deps: ExportDeps,
): Promise<void> {
  const { database } = deps;
  const request = job.parameters as ExportRequest;
  await removeChunks(database, run);
  const transactionTime = await safeInstant(database, deps.now);
  const patients = await scopePatients(request, database, deps.records);
  const writer = new ChunkWriter(database, run, deps.linesPerFile);
  const untold = await inSnapshot(database, async (tx) => {
    await saveRunState(database, run, { transactionTime });
    if (patients !== undefined) await markExported(tx, patients);
    for (const type of await typesOf(request, tx)) {
      for await (const lines of writeType(type, { request, patients, writer, tx, deps })) {
        signal.throwIfAborted();
        await saveRunState(database, run, { progress: { lines, type } satisfies ExportProgress });
      }
    }
    await writeDeleted(request, patients, writer, tx);
    return patients === undefined ? [] : untoldLines(request, await readKeptSince(tx));
  });
  await writer.write('error', 'OperationOutcome', [...request.ignored.map(ignoredLine), ...untold], []);
}

/** Patients first, so that who reads the files in order knows whom the others are about. */
async function typesOf({ types }: ExportRequest, tx: Queryable): Promise<readonly string[]> {
  const all = types ?? (await listStoredTypes(tx));
  return all.toSorted((a, b) => Number(b === 'Patient') - Number(a === 'Patient') || (a < b ? -1 : 1));
}

interface Writing {
  readonly request: ExportRequest;
  readonly patients: ExportPatients | undefined;
  readonly writer: ChunkWriter;
  readonly tx: Queryable;
  readonly deps: ExportDeps;
}

/** Yields the number of lines so far after each page. */
async function* writeType(
  type: string,
  { request, patients, writer, tx, deps }: Writing,
): AsyncGenerator<number, void, undefined> {
  const query = {
    type,
    since: request.since,
    isMarked: patients !== undefined,
    filters: request.typeFilters
      .map((text) => parseTypeFilter(text, { expand: deps.expand, now: deps.now() }))
      .filter((filter) => filter.type === type)
      .map(({ criteria }) => criteria),
  };
  const names = elementNamesOf(type, request.elements ?? []);
  let after = '0';
  for (;;) {
    const page = await readExportPage(tx, query, after);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
    await writer.write(
      'output',
      type,
      page.map(({ content }) => (names === undefined ? content : partOf(content, names))),
      page.map(({ id }) => id),
    );
    yield writer.lines;
  }
}

function partOf(content: string, names: readonly string[]): string {
  return stringifyWritten(shapeResource(parseStored(content), { kind: 'elements', names }));
}

const DELETIONS_PER_BUNDLE = 100;

async function writeDeleted(
  { since, types }: ExportRequest,
  patients: ExportPatients | undefined,
  writer: ChunkWriter,
  tx: Queryable,
): Promise<void> {
  if (since === undefined) return;
  for await (const deleted of readDeleted(tx, since, types, patients)) {
    const lines: string[] = [];
    for (let from = 0; from < deleted.length; from += DELETIONS_PER_BUNDLE) {
      lines.push(JSON.stringify(deletionBundle(deleted.slice(from, from + DELETIONS_PER_BUNDLE))));
    }
    await writer.write('deleted', 'Bundle', lines, []);
  }
}

function deletionBundle(deleted: readonly DeletedResource[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: deleted.map(({ type, id }) => ({ request: { method: 'DELETE', url: `${type}/${id}` } })),
  };
}

function ignoredLine({ name, reason }: IgnoredParameter): string {
  return outcomeLine('not-supported', `Parameter ${name} was left out: ${reason}`);
}

/** Whom something was about that was deleted before the horizon, nobody knows any more. */
function untoldLines({ since }: ExportRequest, keptSince: Date | undefined): readonly string[] {
  if (since === undefined || keptSince === undefined || keptSince.getTime() <= Date.parse(since)) return [];
  const horizon = keptSince.toISOString();
  const told = 'only Patients are told as deleted, for versions of that time are not kept';
  return [outcomeLine('incomplete', `Of what was deleted before ${horizon}, ${told}`)];
}

function outcomeLine(code: 'not-supported' | 'incomplete', diagnostics: string): string {
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'warning', code, diagnostics }],
  };
  return JSON.stringify(outcome);
}
