/** Search by GET and by POST to `_search`. */
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { stringifyWritten } from '../../fhir/written-decimals.ts';
import { requireFormat } from '../edge/negotiate-format.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { baseOf, idOf, queryOf, typeOf } from './request-target.ts';
import { type SearchCall, searchBundle } from './search-bundle.ts';

export function search(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  return answerSearch(req, res, deps, { type: typeOf(req) });
}

/** The same of `Patient/{id}/Type`. */
export function searchCompartment(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  return answerSearch(req, res, deps, { type: typeOf(req), patientId: idOf(req) });
}

/** The same of the types that `_type` names. */
export function searchSystem(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  return answerSearch(req, res, deps, { type: undefined });
}

async function answerSearch(
  req: Request,
  res: Response,
  deps: HttpDeps,
  scope: Pick<SearchCall, 'type' | 'patientId'>,
): Promise<void> {
  const form = formOf(req);
  const format = form.get('_format') ?? '';
  if (format !== '') requireFormat(format);
  const query = new URLSearchParams([...new URLSearchParams(queryOf(req)), ...form]);
  const isStrict = /\bhandling\s*=\s*"?strict\b/i.test(req.get('prefer') ?? '');
  const bundle = await searchBundle(deps.ingest.database, {
    ...scope,
    query,
    base: baseOf(req),
    isStrict,
    expand: deps.expandValueSet,
    now: deps.now(),
  });
  if (query.get('_pretty') === 'true') sendFhir(res, stringifyWritten(bundle, 2));
  else sendFhir(res, bundle);
}

/** Parameters of a POST. Throws `media-type-unsupported`. */
function formOf(req: Request): URLSearchParams {
  if (req.method !== 'POST' || !Buffer.isBuffer(req.body) || req.body.length === 0)
    return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded\b/i.test(req.get('content-type') ?? '')) {
    throw rejection('media-type-unsupported', 'Content-Type: expected application/x-www-form-urlencoded', {
      expected: 'application/x-www-form-urlencoded',
    });
  }
  return new URLSearchParams(req.body.toString('utf8'));
}
