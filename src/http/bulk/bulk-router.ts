/** Bulk jobs after their kick-off: how far they are, their files, their end. */
import type { Request, Response, Router } from 'express';
import type { Caller } from '../../auth/caller.ts';
import { mayAccess } from '../../auth/refuse-access.ts';
import { CartographError, rejection } from '../../core/cartograph-error.ts';
import type { ExportRequest } from '../../export/export-request.ts';
import type { ExportProgress } from '../../export/run-export.ts';
import type { ImportProgress, ImportRequest } from '../../ingest/import/import-request.ts';
import { type BulkFile, listFiles, readFile } from '../../store/bulk/bulk-files.ts';
import { type BulkJob, readBulkJob, removeBulkJob } from '../../store/bulk/bulk-jobs.ts';
import { BULK_JOBS, callerOf } from '../edge/door.ts';
import { placeRouter } from '../edge/place-router.ts';
import { sendStream } from '../edge/send-stream.ts';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { baseOf } from '../rest/request-target.ts';
import { bulkManifest } from './bulk-manifest.ts';

const JOB = `/${BULK_JOBS}/:job`;
const FILE = `${JOB}/:file`;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function bulkRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  router.get(JOB, (req, res) => answerStatus(req, res, deps));
  router.delete(JOB, async (req, res) => {
    const job = await visibleJob(req, res, deps);
    await removeBulkJob(deps.ingest.database, job.id);
    res.status(202).end();
  });
  router.get(FILE, (req, res) => sendFile(req, res, deps));
  refuseMethods(router, { [JOB]: ['GET', 'DELETE'], [FILE]: ['GET'] });
  return router;
}

/** Throws `job-not-found` for what the caller may not see, as for what is not there. */
async function visibleJob(req: Request, res: Response, deps: HttpDeps): Promise<BulkJob> {
  const id = String(req.params['job']);
  const job = UUID.test(id) ? await readBulkJob(deps.ingest.database, id, deps.now()) : undefined;
  if (job !== undefined && maySee(job, callerOf(res))) return job;
  throw rejection('job-not-found', 'There is no such job');
}

/** Its own, as long as its scopes cover what the job reads or stores. */
function maySee(job: BulkJob, caller: Caller): boolean {
  if (job.caller !== caller.name) return false;
  if (job.kind === 'import') return mayAccess(caller, { action: 'write', type: undefined });
  const { types = [undefined] } = job.parameters as ExportRequest;
  return types.every((type) => mayAccess(caller, { action: 'read', type }));
}

async function answerStatus(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const job = await visibleJob(req, res, deps);
  if (job.status === 'failed') {
    const [first, ...rest] = job.failure ?? [];
    if (first === undefined) throw new Error('A failed job does not say why');
    throw new CartographError([first, ...rest]);
  }
  if (job.status !== 'done') {
    res
      .status(202)
      .set({ 'X-Progress': progressOf(job), 'Retry-After': retryAfter(job, deps) })
      .end();
    return;
  }
  const { database } = deps.ingest;
  const files = await listFiles(database, job.id);
  const urlOf = (file: BulkFile): string => `${baseOf(req)}/${BULK_JOBS}/${job.id}/${nameOf(file)}`;
  if (job.expiresAt !== null) res.set('Expires', job.expiresAt.toUTCString());
  const { requiresAccessToken } = deps.bulk;
  res.type('application/json').send(JSON.stringify(bulkManifest(job, { files, urlOf, requiresAccessToken })));
}

/** Less than 100 characters. */
function progressOf({ kind, status, progress, parameters }: BulkJob): string {
  if (status === 'waiting') return 'waiting';
  return kind === 'export'
    ? exportProgress(progress as Partial<ExportProgress>)
    : importProgress(progress as Partial<ImportProgress>, parameters as ImportRequest);
}

function exportProgress({ lines, type }: Partial<ExportProgress>): string {
  return lines === undefined ? 'started' : `${lines} resources written, now ${type}`;
}

function importProgress({ source, line }: Partial<ImportProgress>, { sources }: ImportRequest): string {
  return source === undefined ? 'started' : `file ${source + 1} of ${sources.length}, line ${line}`;
}

const LONGEST_PAUSE_SECONDS = 60;

/** A tenth of its age: a short job is asked after soon, a long one seldom. */
function retryAfter({ createdAt }: BulkJob, { now }: HttpDeps): string {
  const age = (now().getTime() - createdAt.getTime()) / 1_000;
  return String(Math.min(LONGEST_PAUSE_SECONDS, Math.max(1, Math.round(age / 10))));
}

function nameOf({ type, file }: BulkFile): string {
  return `${type}-${file}.ndjson`;
}

async function sendFile(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const job = await visibleJob(req, res, deps);
  const { database } = deps.ingest;
  const files = job.status === 'done' ? await listFiles(database, job.id) : [];
  const file = files.find((one) => nameOf(one) === req.params['file']);
  if (file === undefined) throw rejection('job-not-found', 'The job has no such file');
  res.type('application/fhir+ndjson');
  if (job.expiresAt !== null) res.set('Expires', job.expiresAt.toUTCString());
  const coding = req.acceptsEncodings('gzip', 'identity') === 'gzip' ? 'gzip' : 'identity';
  res.vary('Accept-Encoding');
  if (coding === 'gzip') res.set('Content-Encoding', coding);
  if (req.method === 'HEAD') res.end();
  else await sendStream(res, readFile(database, job.id, file.file), coding);
}
