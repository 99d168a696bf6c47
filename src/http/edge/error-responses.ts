/** Every failure as the caller may see it: OperationOutcome under /fhir, problem+json elsewhere. */
import type { ErrorRequestHandler, Response } from 'express';
import { CartographError, rejection } from '../../core/cartograph-error.ts';
import { CATALOGUE } from '../../core/catalogue.ts';
import type { Finding } from '../../core/finding.ts';
import { outcomeOf, statusOf } from '../../fhir/operation-outcome.ts';
import type { HttpDeps } from '../http-deps.ts';
import { correlationIdOf } from './correlation-id.ts';
import { loggableExpression } from './loggable-expression.ts';
import { addLogFields } from './request-log.ts';
import { sendFhir } from './send-fhir.ts';

/** Seconds after which to try again: the service will have room soon, a bulk job takes longer. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 503: '2', 429: '30' };

export function respondWithErrors({ log }: Pick<HttpDeps, 'log'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const known = error instanceof CartographError ? error : translate(error);
    if (known === undefined)
      log.error({ correlationId: correlationIdOf(res), ...describeFault(error) }, 'fault');
    else addCause(res, known);
    const findings = known?.findings ?? [faultFinding(correlationIdOf(res))];
    if (res.headersSent) {
      next(error);
      return;
    }
    const isFhir = req.originalUrl === '/fhir' || req.originalUrl.startsWith('/fhir/');
    const isBundle = req.method === 'POST' && /^\/fhir\/R4\/?(?:\?|$)/.test(req.originalUrl);
    answer(res, findings, isFhir, isBundle);
  };
}

/** Name, code, PostgreSQL code of the cause, and place of a defect; never its message, which may quote data. */
export function describeFault(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { fault: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = codeOf(error);
  const cause = codeOf(error.cause);
  return {
    fault: error.name,
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined ? {} : { cause }),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** Of PostgreSQL, or of the system: why the service is busy, for whoever reads the log. */
function addCause(res: Response, { cause }: CartographError): void {
  const code = codeOf(cause);
  if (code !== undefined) addLogFields(res, { cause: code });
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : undefined;
}

/** Status, `Retry-After` and the fields of the log line of an answer that refuses. */
export function markRefused(res: Response, findings: readonly Finding[], status: number): void {
  const [first] = findings;
  const { code, expression: given = '' } = first ?? faultFinding('');
  const expression = loggableExpression(given);
  addLogFields(res, { code, findings: findings.length, ...(expression === undefined ? {} : { expression }) });
  const retryAfter = RETRY_AFTER[status];
  if (retryAfter !== undefined) res.set('Retry-After', retryAfter);
  res.status(status);
}

function answer(res: Response, findings: readonly Finding[], isFhir: boolean, isBundle: boolean): void {
  const first = findings[0] ?? faultFinding('');
  const { code, expression, message } = first;
  const status = isBundle ? bundleStatus(statusOf(code)) : statusOf(code);
  markRefused(res, findings, status);
  if (isFhir) {
    sendFhir(res, { ...outcomeOf(findings), id: correlationIdOf(res) });
    return;
  }
  const { found, expected } = first;
  const correlationId = correlationIdOf(res);
  const problem = { type: 'about:blank', title: CATALOGUE[code].meaning, status, code, detail: message };
  const more = { expression, found, expected, correlationId };
  res.type('application/problem+json').send(JSON.stringify({ ...problem, ...more }));
}

/** At the base, a status that speaks of what an entry names would seem to speak of the base. */
function bundleStatus(status: number): number {
  return [404, 405, 410].includes(status) ? 422 : status;
}

function faultFinding(correlationId: string): Finding {
  const message = `${CATALOGUE['internal-fault'].meaning} Correlation id: ${correlationId}`;
  return { code: 'internal-fault', severity: 'error', message };
}

/** Rejections by Express; undefined for a defect. */
function translate(error: unknown): CartographError | undefined {
  if (!(error instanceof URIError)) return undefined;
  return rejection('url-invalid', 'The URL has a percent sign that encodes nothing', {
    expected: 'a valid URL',
  });
}
