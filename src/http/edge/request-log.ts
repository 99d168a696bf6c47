/** One log line a request: what was asked and how it ended, and nothing of a patient, neither id nor query. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { HttpDeps } from '../http-deps.ts';
import { correlationIdOf } from './correlation-id.ts';
import { statusSent } from './status-sent.ts';

/** What the handlers add to the line. */
export interface LogFields {
  /** Name of the caller's registration. */
  readonly caller?: string;
  readonly code?: string;
  /** Code of PostgreSQL or of the system behind it. */
  readonly cause?: string;
  readonly expression?: string;
  readonly findings?: number;
  readonly entries?: number;
  readonly traceId?: string;
}

export function addLogFields(res: Response, fields: LogFields): void {
  res.locals['log'] = { ...(res.locals['log'] as LogFields | undefined), ...fields };
}

/** Asked for every few seconds by machines, so their lines are not for the usual log. */
const PROBES = /^\/(?:health|metrics)\b/;

export function logRequests({ log, now }: Pick<HttpDeps, 'log' | 'now'>): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const started = now().getTime();
    const level = PROBES.test(req.originalUrl) ? 'debug' : 'info';
    res.on('close', () => {
      const fields = res.locals['log'] as LogFields | undefined;
      const ms = now().getTime() - started;
      const status = statusSent(res);
      const correlationId = correlationIdOf(res);
      log[level](
        { method: req.method, route: routeOf(req), status, ms, correlationId, ...fields },
        'request',
      );
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
  metrics: '/metrics',
} as const;

/** The pattern, such as `/fhir/R4/:type/:id`. Express forgets the router's place once a handler has thrown. */
export function routeOf(req: Request): string {
  const path: unknown = req.route?.path;
  const mount = Object.values(MOUNTS).find((prefix) => req.originalUrl.startsWith(prefix)) ?? '';
  return typeof path === 'string' ? `${mount}${path}` : 'none';
}
