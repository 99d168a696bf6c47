/** The FHIR interface at /fhir/R4: parse, call, render. */
import type { Bundle } from '@medplum/fhirtypes';
import type { Request, RequestHandler, Response, Router } from 'express';
import { mayImport } from '../../ingest/import/import-sources.ts';
import { ingestBundle } from '../../ingest/ingest-bundle.ts';
import { callerOf } from '../edge/door.ts';
import { placeRouter } from '../edge/place-router.ts';
import { parseBody, readBytes } from '../edge/read-body.ts';
import { addLogFields } from '../edge/request-log.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import { type TakeTurn, turnTaking } from '../edge/turn-taking.ts';
import type { HttpDeps } from '../http-deps.ts';
import { cartSummary } from '../operations/cart-summary.ts';
import { operationRouter } from '../operations/operation-router.ts';
import { processMessage } from '../operations/process-message.ts';
import { buildCapabilityStatement } from './capability-statement.ts';
import { entryAnswerer } from './entry-answerer.ts';
import { everything } from './everything.ts';
import { history } from './history-bundle.ts';
import { refuseMethods } from './method-not-allowed.ts';
import { preferredReturn } from './preferred-return.ts';
import { baseOf, typeOf } from './request-target.ts';
import { read, vread } from './rest-reads.ts';
import { search, searchCompartment, searchSystem } from './rest-search.ts';
import { create, patch, remove, update } from './rest-writes.ts';

type Handler = (req: Request, res: Response, deps: HttpDeps) => Promise<void>;

export function fhirRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const body = readBytes(deps.maxBodyBytes);
  const capabilities = buildCapabilityStatement(
    deps.softwareVersion,
    deps.today(),
    mayImport(deps.bulk.importFrom),
  );
  const by = (handler: Handler): RequestHandler => {
    return (req, res) => handler(req, res, deps);
  };
  router.get('/metadata', (_req, res) => sendFhir(res, capabilities));
  refuseMethods(router, { '/metadata': ['GET'] });
  const takeTurn = turnTaking(BUNDLES_AT_ONCE);
  router.post('/', body, by(bundlePoster(takeTurn)));
  router.post(
    '/$process-message',
    body,
    by((req, res) => takeTurn(() => processMessage(req, res, deps))),
  );
  refuseMethods(router, { '/$process-message': ['POST'] });
  router.use(operationRouter(deps));
  for (const [path, handler] of [
    ['/Patient/:id/$everything', everything],
    ['/Patient/:id/$cart-summary', cartSummary],
  ] as const) {
    router.get(path, by(handler));
    router.post(path, body, by(handler));
    refuseMethods(router, { [path]: ['GET', 'POST'] });
  }
  router.get('/', by(searchSystem));
  router.post('/_search', body, by(searchSystem));
  router.get('/_history', by(history));
  refuseMethods(router, { '/_history': ['GET'], '/_search': ['POST'] });
  router.get('/:type/_history', by(history));
  router.post('/:type/_search', body, by(search));
  refuseMethods(router, { '/:type/_search': ['POST'] });
  router.get('/:type', by(search));
  router.post('/:type', body, by(create));
  router.put('/:type', body, by(update));
  router.patch('/:type', body, by(patch));
  router.delete('/:type', by(remove));
  router.get('/:type/:id', by(read));
  router.put('/:type/:id', body, by(update));
  router.patch('/:type/:id', body, by(patch));
  router.delete('/:type/:id', by(remove));
  router.get('/:type/:id/_history', by(history));
  router.get('/:type/:id/_history/:version', by(vread));
  mountCompartment(router, deps, body);
  refuseMethods(router, {
    '/': ['GET', 'POST'],
    '/:type': ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    '/:type/_history': ['GET'],
    '/:type/:id': ['GET', 'PUT', 'PATCH', 'DELETE'],
    '/:type/:id/_history': ['GET'],
    '/:type/:id/_history/:version': ['GET'],
  });
  return router;
}

/** Searches within the compartment of a Patient. */
function mountCompartment(router: Router, deps: HttpDeps, body: RequestHandler): void {
  const answer: RequestHandler = (req, res) => searchCompartment(req, res, deps);
  const places = { '/Patient/:id/:type': ['GET'], '/Patient/:id/:type/_search': ['POST'] };
  for (const place of Object.keys(places)) {
    router.all(place, (req, _res, next) => {
      typeOf(req);
      next();
    });
  }
  router.get('/Patient/:id/:type', answer);
  router.post('/Patient/:id/:type/_search', body, answer);
  refuseMethods(router, places);
}

/** A bundle is many objects once it is parsed: few at a time, the others wait as bytes. */
const BUNDLES_AT_ONCE = 6;

function bundlePoster(takeTurn: TakeTurn): Handler {
  return async (req, res, deps) => {
    const response: Bundle = await takeTurn(async () => {
      const bundle = parseBody(req);
      addLogFields(res, { entries: countEntries(bundle) });
      const answerQuery = entryAnswerer(deps.expandValueSet, deps.now, baseOf(req));
      return ingestBundle(bundle, callerOf(res), deps.ingest, {
        answerQuery,
        returning: preferredReturn(req) ?? 'minimal',
      });
    });
    sendFhir(res, response);
  };
}

function countEntries(bundle: unknown): number {
  const entries =
    typeof bundle === 'object' && bundle !== null && 'entry' in bundle ? bundle.entry : undefined;
  return Array.isArray(entries) ? entries.length : 0;
}
