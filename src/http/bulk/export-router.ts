/** `$export` of the system, of all patients and of a Group, by GET and POST. */
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Caller } from '../../auth/caller.ts';
import { mayAccess, refuseAccess } from '../../auth/refuse-access.ts';
import type { ExportRequest, ExportScope } from '../../export/export-request.ts';
import { parseExportRequest } from '../../export/parse-export-request.ts';
import { refuseUnknownScope } from '../../export/scope-patients.ts';
import { callerOf } from '../edge/door.ts';
import { placeRouter } from '../edge/place-router.ts';
import { readBytes } from '../edge/read-body.ts';
import type { HttpDeps } from '../http-deps.ts';
import { readNamedValues } from '../operations/operation-parameters.ts';
import { methodNotAllowed, refuseMethods } from '../rest/method-not-allowed.ts';
import { idOf } from '../rest/request-target.ts';
import { answerFormOf } from '../rest/send-shaped.ts';
import { isLenient, kickOff, requireAsync } from './bulk-kick-off.ts';

const METHODS = ['GET', 'POST'] as const;

export function exportRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const body = readBytes(deps.maxBodyBytes);
  const offer = (path: string, scopeOf: (req: Request) => ExportScope): void => {
    const handle: RequestHandler = (req, res) => startExport(req, res, scopeOf(req), deps);
    // A GET that begins something has no HEAD, which must not (RFC 9110, 9.2.1).
    router.head(path, methodNotAllowed(METHODS));
    router.get(path, handle);
    router.post(path, body, handle);
    refuseMethods(router, { [path]: METHODS });
  };
  offer('/$export', () => ({ level: 'system' }));
  offer('/Patient/$export', () => ({ level: 'patient' }));
  offer('/Group/:id/$export', (req) => ({ level: 'group', group: idOf(req) }));
  return router;
}

async function startExport(req: Request, res: Response, scope: ExportScope, deps: HttpDeps): Promise<void> {
  answerFormOf(req);
  requireAsync(req);
  const request = parseExportRequest({
    scope,
    given: readNamedValues(req),
    isLenient: isLenient(req),
    search: { expand: deps.expandValueSet, now: deps.now() },
  });
  const parameters = narrowed(request, callerOf(res));
  // Who asks for a Group or patients that are not there is told so now and not by a failed job.
  await refuseUnknownScope(request, deps.ingest.database, deps.records);
  await kickOff(req, res, { kind: 'export', parameters }, deps);
}

/** To the types that the caller may read. Throws `access-denied` for a type that was asked for, or for all of them. */
function narrowed(request: ExportRequest, caller: Caller): ExportRequest {
  const { types } = request;
  if (types !== undefined) {
    for (const type of types) refuseAccess(caller, { action: 'read', type });
    return request;
  }
  if (mayAccess(caller, { action: 'read', type: undefined })) return request;
  const readable = caller.scopes.flatMap(({ type, actions }) => (actions.includes('read') ? [type] : []));
  if (readable.length === 0) refuseAccess(caller, { action: 'read', type: undefined });
  return { ...request, types: [...new Set(readable)] };
}
