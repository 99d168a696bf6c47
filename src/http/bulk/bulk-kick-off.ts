/** The kick-off of a job in the background, as FHIR's asynchronous pattern has it. */
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { type BulkJobKind, saveBulkJob } from '../../store/bulk/bulk-jobs.ts';
import { BULK_JOBS, callerOf } from '../edge/door.ts';
import { originOf } from '../edge/known-host.ts';
import type { HttpDeps } from '../http-deps.ts';
import { baseOf } from '../rest/request-target.ts';

/** Throws `async-required`. */
export function requireAsync(req: Request): void {
  if (/(?:^|[,;\s])respond-async(?:$|[,;\s])/i.test(req.get('prefer') ?? '')) return;
  throw rejection('async-required', 'The operation runs in the background only', {
    expression: 'Prefer',
    found: 'no respond-async',
    expected: 'Prefer: respond-async',
  });
}

export function isLenient(req: Request): boolean {
  return /\bhandling=lenient\b/i.test(req.get('prefer') ?? '');
}

/** Queues the job and answers 202 with the place to ask how far it is. Throws `too-many-jobs`. */
export async function kickOff(
  req: Request,
  res: Response,
  { kind, parameters }: { readonly kind: BulkJobKind; readonly parameters: unknown },
  deps: HttpDeps,
): Promise<void> {
  const { queue, maxJobs } = deps.bulk;
  const { name: caller, site } = callerOf(res);
  const id = deps.newId();
  const job = { id, kind, caller, site, request: urlOf(req), parameters, createdAt: deps.now() };
  const isTaken = await saveBulkJob(deps.ingest.database, job, maxJobs, (tx) => queue.send(tx, kind, id));
  if (!isTaken) {
    throw rejection('too-many-jobs', `${maxJobs} bulk jobs are waiting or running`, {
      found: `${maxJobs} jobs`,
      expected: `fewer than ${maxJobs}`,
    });
  }
  queue.wake(kind);
  res
    .status(202)
    .set('Content-Location', `${baseOf(req)}/${BULK_JOBS}/${id}`)
    .end();
}

/** The URL that was called, as the caller knows it. */
function urlOf(req: Request): string {
  return `${originOf(req)}${req.originalUrl}`;
}
