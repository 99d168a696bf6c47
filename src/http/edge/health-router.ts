import type { Router } from 'express';
import { rejection } from '../../core/cartograph-error.ts';
import { isMigrated } from '../../store/migrate.ts';
import { withPatience } from '../../store/with-patience.ts';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { placeRouter } from './place-router.ts';

/** Milliseconds after which a database that does not answer counts as away: those who ask do not wait long. */
const PATIENCE_MS = 3_000;

/** live: the process answers. ready: it can store and read. */
export function healthRouter({ ingest, phase }: Pick<HttpDeps, 'ingest' | 'phase'>): Router {
  const router = placeRouter();
  router.get('/live', (_req, res) => {
    res.json({ status: 'live' });
  });
  router.get('/ready', async (_req, res) => {
    if (phase() !== 'serving') throw rejection('service-busy', 'The service is stopping');
    const migrated = await withPatience(isMigrated(ingest.database), PATIENCE_MS);
    if (!migrated) throw rejection('service-busy', 'The database lacks tables of this version');
    res.json({ status: 'ready' });
  });
  refuseMethods(router, { '/live': ['GET'], '/ready': ['GET'] });
  return router;
}
