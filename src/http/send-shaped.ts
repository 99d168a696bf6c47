/** Answers in the form that the caller asked for: `_format`, `_pretty`, `_summary`, `_elements`. */
import type { Resource } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { parseShape, type Shape, shapeResource } from '../fhir/shape-resource.ts';
import { queryOf } from './request-target.ts';
import { sendFhir } from './send-fhir.ts';

const JSON_FORMATS = new Set(['json', 'application/json', 'application/fhir+json', 'text/json']);

/** What of the query concerns every answer. Throws `parameter-invalid`, or `media-type-unsupported` for XML. */
export function answerFormOf(req: Request): { readonly shape: Shape; readonly isPretty: boolean } {
  const query = new URLSearchParams(queryOf(req));
  const format = query.get('_format');
  // A plus sign that was not escaped arrives as a space.
  const isJson = format === null || JSON_FORMATS.has((format.split(';')[0] ?? '').trim().replace(' ', '+'));
  if (!isJson || (format === null && !accepts(req))) {
    throw rejection('format-unsupported', 'Answers are FHIR JSON', {
      found: format === null ? 'another Accept' : quote(format),
      expected: 'application/fhir+json',
    });
  }
  return { shape: parseShape(query), isPretty: query.get('_pretty') === 'true' };
}

/** A resource, or its JSON, in that form. */
export function sendShaped(req: Request, res: Response, resource: Resource | string): void {
  const { shape, isPretty } = answerFormOf(req);
  if (shape.kind === 'whole' && !isPretty) {
    sendFhir(res, resource);
    return;
  }
  const parsed: Resource = typeof resource === 'string' ? JSON.parse(resource) : resource;
  sendFhir(res, JSON.stringify(shapeResource(parsed, shape), null, isPretty ? 2 : undefined));
}

function accepts(req: Request): boolean {
  const accept = req.get('accept');
  return accept === undefined || /json|\*\/\*|application\/\*|text\/html/i.test(accept);
}
