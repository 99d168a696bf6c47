/** The FHIR interface at /fhir/R4: parse, call, render. */
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { type Request, type Response, Router } from 'express';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { checkStructure, isResourceId } from '../fhir/check-structure.ts';
import { isResourceType } from '../fhir/element-types.ts';
import { parseIdentifierCondition } from '../fhir/identifier-condition.ts';
import type { Interaction } from '../fhir/plan-entry.ts';
import { ingestBundle } from '../ingest/ingest-bundle.ts';
import { ingestResource } from '../ingest/ingest-resource.ts';
import type { WriteResult } from '../ingest/store-writes.ts';
import { readResource } from '../store/resource-store.ts';
import { buildCapabilityStatement } from './capability-statement.ts';
import type { HttpDeps } from './http-deps.ts';
import { refuseMethods } from './method-not-allowed.ts';
import { operationRouter } from './operation-router.ts';
import { parseBody, readBytes } from './read-body.ts';
import { addLogFields } from './request-log.ts';
import { sendFhir } from './send-fhir.ts';

export function fhirRouter(deps: HttpDeps): Router {
  const router = Router();
  const body = readBytes(deps.maxBodyBytes);
  const capabilities = buildCapabilityStatement(deps.softwareVersion, deps.today());
  router.get('/metadata', (_req, res) => sendFhir(res, capabilities));
  refuseMethods(router, { '/metadata': ['GET'] });
  router.post('/', body, async (req, res) => {
    const bundle = parseBody(req);
    addLogFields(res, { entries: countEntries(bundle) });
    const response: Bundle = await ingestBundle(bundle, deps.context, deps.ingest);
    sendFhir(res, response);
  });
  router.use(operationRouter(deps));
  router.post('/:type', body, (req, res) => {
    const type = typeOf(req);
    return write(req, res, deps, createOf(type, req.get('if-none-exist')));
  });
  router.put('/:type', body, (req, res) => {
    const type = typeOf(req);
    const where = parseIdentifierCondition(type, queryOf(req), `${type}?…`);
    return write(req, res, deps, { kind: 'update-where', type, where });
  });
  router.put('/:type/:id', body, (req, res) =>
    write(req, res, deps, { kind: 'update', type: typeOf(req), id: idOf(req) }),
  );
  router.get('/:type/:id', (req, res) => read(req, res, deps));
  refuseMethods(router, {
    '/': ['POST'],
    '/:type': ['POST', 'PUT'],
    '/:type/:id': ['GET', 'PUT'],
  });
  return router;
}

function createOf(type: string, ifNoneExist: string | undefined): Interaction {
  if (ifNoneExist === undefined) return { kind: 'create', type };
  return { kind: 'create', type, unless: parseIdentifierCondition(type, ifNoneExist, 'If-None-Exist') };
}

async function write(req: Request, res: Response, deps: HttpDeps, interaction: Interaction): Promise<void> {
  for (const header of ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']) {
    if (req.get(header) !== undefined) {
      throw rejection('condition-unsupported', `${header} is not supported on a write`, {
        expected: 'no such header',
      });
    }
  }
  const resource = parseBody(req);
  const [first, ...rest] = checkStructure(resource);
  if (first !== undefined) throw new CartographError([first, ...rest]);
  const result = await ingestResource(resource as Resource, interaction, deps.context, deps.ingest);
  await answerWrite(req, res, deps, result);
}

async function answerWrite(req: Request, res: Response, deps: HttpDeps, result: WriteResult): Promise<void> {
  const { type, id, version, lastUpdated, outcome } = result;
  const base = `${req.protocol}://${req.get('host') ?? 'localhost'}${req.baseUrl}`;
  res.status(outcome === 'created' ? 201 : 200);
  res.location(`${base}/${type}/${id}/_history/${version}`);
  setVersion(res, version, lastUpdated);
  if (/\breturn=minimal\b/.test(req.get('prefer') ?? '')) {
    res.end();
    return;
  }
  const stored = await readResource(deps.ingest.database, { type, id });
  sendFhir(res, stored?.content ?? '');
}

async function read(req: Request, res: Response, deps: HttpDeps): Promise<void> {
  const key = { type: typeOf(req), id: idOf(req) };
  const found = await readResource(deps.ingest.database, key);
  if (found === undefined) throw rejection('resource-not-found', `No ${key.type} of that id is stored`);
  setVersion(res, found.version, found.lastUpdated);
  sendFhir(res, found.content);
}

function setVersion(res: Response, version: number, lastUpdated: Date): void {
  res.set({ ETag: `W/"${version}"`, 'Last-Modified': lastUpdated.toUTCString() });
}

function typeOf(req: Request): string {
  const type = String(req.params['type']);
  if (isResourceType(type)) return type;
  throw rejection('resource-type-unknown', `${quote(type)} is no resource type of FHIR R4`, {
    found: quote(type),
    expected: 'a resource type of FHIR R4',
  });
}

function idOf(req: Request): string {
  const id = String(req.params['id']);
  if (isResourceId(id)) return id;
  throw rejection('id-invalid', 'The id in the URL is none', {
    found: quote(id),
    expected: '1 to 64 of A-Z, a-z, 0-9, hyphen and dot',
  });
}

function queryOf(req: Request): string {
  const start = req.originalUrl.indexOf('?');
  return start === -1 ? '' : req.originalUrl.slice(start + 1);
}

function countEntries(bundle: unknown): number {
  const entries =
    typeof bundle === 'object' && bundle !== null && 'entry' in bundle ? bundle.entry : undefined;
  return Array.isArray(entries) ? entries.length : 0;
}
