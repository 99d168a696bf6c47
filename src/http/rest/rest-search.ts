/** Search by GET and by POST to `_search`. */
import type { Request, Response } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { stringifyWritten } from '../../fhir/written-decimals.ts';
import { requireFormat } from '../edge/negotiate-format.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { baseOf, idOf, queryOf, typeOf } from './request-target.ts';
import { searchBundle } from './search-bundle.ts';

export function search(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  return answerSearch(req, res, deps);
}

/** The same of `Patient/{id}/Type`. */
export function searchCompartment(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  return answerSearch(req, res, deps, idOf(req));
}

async function answerSearch(req: Request, res: Response, deps: HttpDeps, patientId?: string): Promise<void> {
  const type = typeOf(req);
  const form = formOf(req);
  const format = form.get('_format') ?? '';
  if (format !== '') requireFormat(format);
  const query = new URLSearchParams([...new URLSearchParams(queryOf(req)), ...form]);
  const isStrict = /\bhandling\s*=\s*"?strict\b/i.test(req.get('prefer') ?? '');
  const bundle = await searchBundle(deps.ingest.database, {
    type,
    query,
    base: baseOf(req),
    isStrict,
    expand: deps.expandValueSet,
    now: deps.now(),
    ...(patientId === undefined ? {} : { patientId }),
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
