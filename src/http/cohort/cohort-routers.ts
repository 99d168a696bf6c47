import type { Router } from 'express';
import type { HttpDeps } from '../http-deps.ts';
import { cohortRouter } from './cohort-router.ts';
import { hctRouter } from './hct-router.ts';
import { openApiRouter } from './openapi-router.ts';
import { reportsRouter } from './reports-router.ts';

/** Everything under /cohort: what is not in `openapi/cohort-places.ts` too fails a test. */
export function cohortRouters(deps: HttpDeps): readonly Router[] {
  return [openApiRouter(deps), cohortRouter(deps), hctRouter(deps), reportsRouter(deps)];
}
