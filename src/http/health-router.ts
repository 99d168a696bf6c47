import { Router } from 'express';
import { rejection } from '../core/cartograph-error.ts';
import type { HttpDeps } from './http-deps.ts';
import { refuseMethods } from './method-not-allowed.ts';

/** live: the process answers. ready: it can store and read. */
export function healthRouter({ ingest, isStopping }: Pick<HttpDeps, 'ingest' | 'isStopping'>): Router {
  const router = Router();
  router.get('/live', (_req, res) => {
    res.json({ status: 'live' });
  });
  router.get('/ready', async (_req, res) => {
    if (isStopping()) throw rejection('service-busy', 'The service is stopping');
    await ingest.database.query('select 1');
    res.json({ status: 'ready' });
  });
  refuseMethods(router, { '/live': ['GET'], '/ready': ['GET'] });
  return router;
}
