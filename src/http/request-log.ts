/** One log line a request: what was asked and how it ended, and nothing of a patient, neither id nor query. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { HttpDeps } from './http-deps.ts';

/** UUIDs and trace ids: nothing that could be a patient's number. */
const CORRELATION_ID = /^(?=.*[a-f-])[0-9a-f-]{16,64}$/i;

/** What the handlers add to the line. */
export interface LogFields {
  /** Name of the caller's registration. */
  readonly caller?: string;
  readonly code?: string;
  readonly expression?: string;
  readonly findings?: number;
  readonly entries?: number;
}

export function addLogFields(res: Response, fields: LogFields): void {
  res.locals['log'] = { ...(res.locals['log'] as LogFields | undefined), ...fields };
}

/** The id under which this request stands in the log. */
export function correlationIdOf(res: Response): string {
  return String(res.locals['correlationId']);
}

export function logRequests({ log, now, newId }: Pick<HttpDeps, 'log' | 'now' | 'newId'>): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const started = now().getTime();
    const given = req.get('x-correlation-id') ?? '';
    const correlationId = CORRELATION_ID.test(given) ? given : newId();
    res.locals['correlationId'] = correlationId;
    res.set('x-correlation-id', correlationId);
    res.on('close', () => {
      const fields = res.locals['log'] as LogFields | undefined;
      const ms = now().getTime() - started;
      const status = res.writableFinished ? res.statusCode : 'aborted';
      log.info({ method: req.method, route: routeOf(req), status, ms, correlationId, ...fields }, 'request');
    });
    next();
  };
}

/** Where the routers stand. */
export const MOUNTS = {
  fhir: '/fhir/R4',
  cohort: '/cohort',
  health: '/health',
  cds: '/cds-services',
} as const;

/** The pattern, such as `/fhir/R4/:type/:id`. Express forgets the router's place once a handler has thrown. */
function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  const mount = Object.values(MOUNTS).find((prefix) => req.originalUrl.startsWith(prefix)) ?? '';
  return typeof path === 'string' ? `${mount}${path}` : 'none';
}
