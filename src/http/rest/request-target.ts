/** What a URL of the FHIR interface names. */
import type { Request } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { isResourceId } from '../../fhir/check-structure.ts';
import { isResourceType } from '../../fhir/element-types.ts';
import { originOf } from '../edge/known-host.ts';

/** Throws `route-not-found`: a type that is none is no place of a server (FHIR R4, http: 404 for a type that is not supported). */
export function typeOf(req: Request): string {
  const type = String(req.params['type']);
  if (isResourceType(type)) return type;
  throw rejection('route-not-found', `${quote(type)} is no resource type of FHIR R4`, {
    found: quote(type),
    expected: 'a resource type of FHIR R4',
  });
}

/** Throws `id-invalid`, or `route-not-found` for an operation that is not offered there. */
export function idOf(req: Request): string {
  const id = String(req.params['id']);
  if (isResourceId(id)) return id;
  if (id.startsWith('$')) {
    throw rejection('route-not-found', `Operation ${quote(id)} is not offered there`, {
      found: quote(id),
      expected: 'an operation of the CapabilityStatement',
    });
  }
  throw rejection('id-invalid', 'The URL holds no FHIR id', {
    found: quote(id),
    expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
  });
}

/** What stands behind the question mark. */
export function queryOf(req: Request): string {
  const start = req.originalUrl.indexOf('?');
  return start === -1 ? '' : req.originalUrl.slice(start + 1);
}

/** Address of the FHIR interface, as the caller knows it. */
export function baseOf(req: Request): string {
  return `${originOf(req)}${req.baseUrl}`;
}
