import express, { type Express } from 'express';
import { rejection } from '../core/cartograph-error.ts';
import { bulkRouter } from './bulk/bulk-router.ts';
import { exportRouter } from './bulk/export-router.ts';
import { importRouter } from './bulk/import-router.ts';
import { type CdsDeps, cdsRouter } from './cds-router.ts';
import { cohortRouters } from './cohort/cohort-routers.ts';
import { correlateRequests } from './edge/correlation-id.ts';
import { crossOrigin } from './edge/cross-origin.ts';
import { door } from './edge/door.ts';
import { respondWithErrors } from './edge/error-responses.ts';
import { healthRouter } from './edge/health-router.ts';
import { knownHost } from './edge/known-host.ts';
import { measureRequests, metricsRouter } from './edge/metrics-router.ts';
import { negotiateFormat } from './edge/negotiate-format.ts';
import { refuseForeignPages } from './edge/refuse-foreign-pages.ts';
import { logRequests, MOUNTS } from './edge/request-log.ts';
import { traceRequests } from './edge/trace-requests.ts';
import type { HttpDeps } from './http-deps.ts';
import { curveRouter } from './operations/curve-router.ts';
import { groupRouter } from './operations/group-router.ts';
import { validateRouter } from './operations/validate-router.ts';
import { fhirRouter } from './rest/fhir-router.ts';

/** The whole HTTP interface, not yet listening. */
export function createApp(deps: HttpDeps, cds: CdsDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // As FHIR has it, and as the door reads paths.
  app.enable('case sensitive routing');
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
  app.use(knownHost(deps.publicOrigins));
  app.use(MOUNTS.metrics, metricsRouter(deps));
  app.use(crossOrigin(deps.corsOrigins));
  app.use(refuseForeignPages(deps.corsOrigins));
  app.use((_req, res, next) => {
    if (deps.phase() === 'stopping') {
      res.set('Connection', 'close');
      throw rejection('service-busy', 'The service is stopping');
    }
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
    throw rejection('route-not-found', 'No such place on this server', {
      expected: 'a place of /fhir/R4/metadata or of /cohort/openapi.json',
    });
  });
  app.use(respondWithErrors(deps));
  return app;
}
