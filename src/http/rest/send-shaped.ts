/** Answers in the form that the caller asked for: `_pretty`, `_summary`, `_elements`. */
import type { Resource } from '@medplum/fhirtypes';
import type { Request, Response } from 'express';
import { parseShape, type Shape, shapeResource } from '../../fhir/shape-resource.ts';
import { stringifyWritten } from '../../fhir/written-decimals.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import { queryOf } from './request-target.ts';

/** What of the query concerns every answer. Throws `parameter-invalid`. */
export function answerFormOf(req: Request): { readonly shape: Shape; readonly isPretty: boolean } {
  const query = new URLSearchParams(queryOf(req));
  return { shape: parseShape(query), isPretty: query.get('_pretty') === 'true' };
}

/** A resource, or its JSON, in that form. */
export function sendShaped(req: Request, res: Response, resource: Resource | string): void {
  const { shape, isPretty } = answerFormOf(req);
  if (shape.kind === 'whole' && !isPretty) {
    sendFhir(res, resource);
    return;
  }
  const parsed = typeof resource === 'string' ? parseStored(resource) : resource;
  sendFhir(res, stringifyWritten(shapeResource(parsed, shape), isPretty ? 2 : undefined));
}
