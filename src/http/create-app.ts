import express, { type Express } from 'express';
import { rejection } from '../core/cartograph-error.ts';
import { bulkRouter } from './bulk-router.ts';
import { type CdsDeps, cdsRouter } from './cds-router.ts';
import { cohortRouters } from './cohort-routers.ts';
import { correlateRequests } from './correlation-id.ts';
import { crossOrigin } from './cross-origin.ts';
import { curveRouter } from './curve-router.ts';
import { door } from './door.ts';
import { respondWithErrors } from './error-responses.ts';
import { exportRouter } from './export-router.ts';
import { fhirRouter } from './fhir-router.ts';
import { groupRouter } from './group-router.ts';
import { healthRouter } from './health-router.ts';
import type { HttpDeps } from './http-deps.ts';
import { importRouter } from './import-router.ts';
import { measureRequests, metricsRouter } from './metrics-router.ts';
import { negotiateFormat } from './negotiate-format.ts';
import { logRequests, MOUNTS } from './request-log.ts';
import { traceRequests } from './trace-requests.ts';
import { validateRouter } from './validate-router.ts';

/** The whole HTTP interface, not yet listening. */
export function createApp(deps: HttpDeps, cds: CdsDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(correlateRequests(deps.newId));
  app.use(logRequests(deps));
  app.use(measureRequests(deps));
  if (deps.tracing !== undefined)
    app.use([MOUNTS.fhir, MOUNTS.cohort, MOUNTS.cds], traceRequests(deps.tracing));
  app.use((_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  app.use(MOUNTS.health, healthRouter(deps));
  app.use(MOUNTS.metrics, metricsRouter(deps));
  app.use(crossOrigin(deps.corsOrigins));
  app.use((_req, _res, next) => {
    if (deps.isStopping()) throw rejection('service-busy', 'The service is stopping');
    next();
  });
  app.use(deps.backPressure.admit);
  app.use([MOUNTS.fhir, MOUNTS.cohort], door(deps.identify));
  app.use(MOUNTS.fhir, negotiateFormat);
  app.use(MOUNTS.fhir, bulkRouter(deps));
  app.use(MOUNTS.fhir, exportRouter(deps));
  app.use(MOUNTS.fhir, importRouter(deps));
  app.use(MOUNTS.fhir, groupRouter(deps));
  app.use(MOUNTS.fhir, curveRouter(deps));
  app.use(MOUNTS.fhir, validateRouter(deps));
  app.use(MOUNTS.fhir, fhirRouter(deps));
  app.use(MOUNTS.cohort, ...cohortRouters(deps));
  app.use(MOUNTS.cds, cdsRouter(deps, cds));
  app.use(() => {
    throw rejection('route-not-found', 'No such place on this server', { expected: 'see /fhir/R4/metadata' });
  });
  app.use(respondWithErrors(deps));
  return app;
}
