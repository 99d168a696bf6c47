/** The one door: every request for data passes it, and handlers learn from it who calls. */
import type { Request, RequestHandler, Response } from 'express';
import type { Access, Caller, Identify } from '../../auth/caller.ts';
import { refuseAccess } from '../../auth/refuse-access.ts';
import { isResourceType } from '../../fhir/element-types.ts';
import { addLogFields, MOUNTS } from './request-log.ts';

const callers = new WeakMap<Response, Caller>();

/** Where the jobs of Bulk Data stand below the FHIR base, and their files. */
export const BULK_JOBS = '_bulk';

/** Places that tell nothing about anybody. */
const PUBLIC = new Set([`${MOUNTS.fhir}/metadata`, `${MOUNTS.cohort}/openapi.json`]);

export function door(identify: Identify): RequestHandler {
  return async (req, res, next) => {
    if (!PUBLIC.has(pathOf(req))) await enter(req, res, accessOf(req), identify);
    next();
  };
}

/** Finds out who calls, and lets nobody in who may not do this. Throws what `identify` throws, or `access-denied`. */
export async function enter(req: Request, res: Response, access: Access, identify: Identify): Promise<void> {
  const caller = await identify({ authorization: req.get('authorization') });
  callers.set(res, caller);
  addLogFields(res, { caller: caller.name });
  refuseAccess(caller, access);
}

/** Who calls. Throws where the request has not come through the door, which is a defect. */
export function callerOf(res: Response): Caller {
  const caller = callers.get(res);
  if (caller === undefined) throw new Error('A request did not pass the door');
  return caller;
}

/** A bundle may hold anything, and operations and the cohort read of everything. */
export function accessOf(req: Pick<Request, 'method' | 'originalUrl'>): Access {
  const path = pathOf(req);
  const [first = '', second = '', third = '', fourth = ''] = path.startsWith(`${MOUNTS.fhir}/`)
    ? path.slice(MOUNTS.fhir.length + 1).split('/')
    : [];
  const operation = [first, second, third].find((part) => part.startsWith('$'));
  if (operation === '$import' || operation === '$process-message') {
    return { action: 'write', type: undefined };
  }
  if (operation === '$export' || first === BULK_JOBS) {
    return { action: 'read', type: undefined, isNarrowed: true };
  }
  // What a compartment is searched for stands behind it.
  const named = isResourceType(third) ? third : first;
  const type = isResourceType(named) && operation === undefined ? named : undefined;
  const isSearch = [first, second, fourth].includes('_search');
  const isRead = req.method === 'GET' || req.method === 'HEAD' || isSearch || operation !== undefined;
  return { action: isRead ? 'read' : 'write', type };
}

function pathOf({ originalUrl }: Pick<Request, 'originalUrl'>): string {
  return originalUrl.split('?')[0] ?? '';
}
