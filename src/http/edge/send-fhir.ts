import type { Resource } from '@medplum/fhirtypes';
import type { Response } from 'express';
import { stringifyWritten } from '../../fhir/written-decimals.ts';

/** A resource, or the JSON text of one, as the body. */
export function sendFhir(res: Response, resource: Resource | string): void {
  const body = typeof resource === 'string' ? resource : stringifyWritten(resource);
  res.type('application/fhir+json').send(body);
}
