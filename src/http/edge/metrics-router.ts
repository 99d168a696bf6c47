/** `/metrics` for Prometheus, and what each request adds to it. */
import type { RequestHandler, Router } from 'express';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { placeRouter } from './place-router.ts';
import { routeOf } from './request-log.ts';
import { statusSent } from './status-sent.ts';

export function metricsRouter({
  metrics,
  renderMetrics,
}: Pick<HttpDeps, 'metrics' | 'renderMetrics'>): Router {
  const router = placeRouter();
  router.get('/', async (_req, res) => {
    const text = await renderMetrics();
    res.set('Content-Type', metrics.registry.contentType).send(text);
  });
  refuseMethods(router, { '/': ['GET'] });
  return router;
}

export function measureRequests({ metrics }: Pick<HttpDeps, 'metrics'>): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.once('close', () => {
      metrics.answered({
        method: req.method,
        route: routeOf(req),
        status: String(statusSent(res)),
        seconds: (performance.now() - started) / 1000,
      });
    });
    next();
  };
}
