/** `$validate` of the system and of a type: answers with an OperationOutcome, whatever is wrong with the resource. */
import type { Request, Response, Router } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { outcomeOf } from '../../fhir/operation-outcome.ts';
import { placeRouter } from '../edge/place-router.ts';
import { parseBody, readBytes } from '../edge/read-body.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { queryOf, typeOf } from '../rest/request-target.ts';
import { invalid } from './operation-parameters.ts';

export function validateRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const body = readBytes(deps.maxBodyBytes);
  const answer = async (req: Request, res: Response, type?: string): Promise<void> => {
    const { resource, profiles } = readCall(req);
    if (type !== undefined) refuseOtherType(resource, type);
    const validator = await deps.validator();
    const { observer } = deps.ingest;
    const issues = observer.step('validate', () => validator.validateResource(resource, { profiles }));
    observer.found(issues);
    sendFhir(res, outcomeOf(issues));
  };
  router.post('/$validate', body, (req, res) => answer(req, res));
  router.post('/:type/$validate', body, (req, res) => answer(req, res, typeOf(req)));
  refuseMethods(router, { '/$validate': ['POST'], '/:type/$validate': ['POST'] });
  return router;
}

interface Call {
  readonly resource: unknown;
  readonly profiles: readonly string[];
}

type Named = readonly (readonly [name: string, value: unknown])[];

/** The body is the resource, or Parameters that hold it. */
function readCall(req: Request): Call {
  const body = parseBody(req);
  const parts = partsOf(body);
  const carried = parts.flatMap((part) =>
    part['name'] === 'resource' && 'resource' in part ? [part['resource']] : [],
  );
  if (carried.length > 1) throw invalid('resource', `${carried.length} resources`, 'one resource');
  const query: Named = [...new URLSearchParams(queryOf(req))];
  if (carried.length === 0) return { resource: body, profiles: readProfiles(query) };
  const given: Named = parts
    .filter(({ name }) => name !== 'resource')
    .map((part) => [String(part['name']), partValue(part)]);
  return { resource: carried[0], profiles: readProfiles([...query, ...given]) };
}

function partsOf(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isObject(body) || body['resourceType'] !== 'Parameters' || !Array.isArray(body['parameter']))
    return [];
  return body['parameter'].filter(isObject);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function partValue(part: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(part).find(([key]) => key.startsWith('value'))?.[1];
}

/** Parameters of every call that say nothing about the operation. */
const GENERAL = new Set(['_format', '_pretty']);
/** Content is looked at in the same way for each of them. */
const MODES: readonly unknown[] = ['create', 'update', 'profile'];

function readProfiles(named: Named): readonly string[] {
  return named.flatMap(([name, value]): readonly string[] => {
    if (GENERAL.has(name)) return [];
    if (name === 'mode') {
      if (!MODES.includes(value)) throw invalid(name, quote(value ?? ''), MODES.join(', '));
      return [];
    }
    if (name !== 'profile') throw invalid(name, 'a parameter of another name', 'resource, profile, mode');
    if (typeof value === 'string' && value !== '') return [value];
    throw invalid(name, 'no text', 'the canonical URL of a profile');
  });
}

/** What has no type at all is for the validator to say. */
function refuseOtherType(resource: unknown, type: string): void {
  const found = isObject(resource) ? resource['resourceType'] : undefined;
  if (typeof found !== 'string' || found === type) return;
  throw rejection('id-mismatch', 'Resource.resourceType differs from the URL', {
    expression: 'Resource.resourceType',
    found: quote(found),
    expected: type,
  });
}
