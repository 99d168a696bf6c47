/** Survival and cumulative incidence of a Group, by GET and POST. */
import type { Request, Response, Router } from 'express';
import { curveParameters } from '../../projection/curve-parameters.ts';
import { CURVE_REPORTS } from '../../reports/curve-report.ts';
import { CURVE_PARAMETERS, curveReportOf } from '../cohort/report-request.ts';
import { placeRouter } from '../edge/place-router.ts';
import { readBytes } from '../edge/read-body.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { readGroupMembers } from './group-members.ts';
import { readOperationParameters } from './operation-parameters.ts';

/** Mount before the routes of resources in general. */
export function curveRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  for (const kind of CURVE_REPORTS) {
    const path = `/Group/:id/$${kind}`;
    const handle = async (req: Request, res: Response): Promise<void> => {
      const parameters = readOperationParameters(req, CURVE_PARAMETERS);
      const id = String(req.params['id']);
      const { records, findings } = await readGroupMembers(id, deps);
      sendFhir(res, curveParameters(id, curveReportOf(kind, records, parameters, deps), findings));
    };
    router.get(path, handle);
    router.post(path, readBytes(deps.maxBodyBytes), handle);
    refuseMethods(router, { [path]: ['GET', 'POST'] });
  }
  return router;
}
