import type { Router } from 'express';
import { placeRouter } from '../edge/place-router.ts';
import type { HttpDeps } from '../http-deps.ts';
import { buildOpenApi } from '../openapi/build-openapi.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';

/** The document that describes what stands beside it. */
export function openApiRouter({ softwareVersion }: Pick<HttpDeps, 'softwareVersion'>): Router {
  const router = placeRouter();
  const document = buildOpenApi(softwareVersion);
  router.get('/openapi.json', (_req, res) => {
    res.json(document);
  });
  refuseMethods(router, { '/openapi.json': ['GET'] });
  return router;
}
