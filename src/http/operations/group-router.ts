/** The Group that the service keeps, and the work list of any Group of patients. */
import type { Request, Response, Router } from 'express';
import { listPersons } from '../../ingest/reads/list-persons.ts';
import {
  buildCarTGroup,
  CAR_T_GROUP,
  hctWorklistParameters,
} from '../../projection/hct-worklist-parameters.ts';
import { buildHctWorklist } from '../../reports/hct-worklist.ts';
import { placeRouter } from '../edge/place-router.ts';
import { readBytes } from '../edge/read-body.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { readGroupMembers } from './group-members.ts';
import { asOfOf, readOperationParameters } from './operation-parameters.ts';

/** Mount before the routes of resources in general: the kept Group can be read but not written. */
export function groupRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const kept = `/Group/${CAR_T_GROUP}`;
  router.get(kept, async (_req, res) => {
    const persons = await listPersons(deps.records);
    sendFhir(res, buildCarTGroup(persons.map(({ id }) => id)));
  });
  const path = '/Group/:id/$hct-consolidation';
  const handle = async (req: Request, res: Response): Promise<void> => {
    const asOf = asOfOf(readOperationParameters(req, ['asOf']), deps.today);
    const { records, findings } = await readGroupMembers(String(req.params['id']), deps);
    sendFhir(res, hctWorklistParameters(buildHctWorklist(records, asOf), findings));
  };
  router.get(path, handle);
  router.post(path, readBytes(deps.maxBodyBytes), handle);
  refuseMethods(router, { [kept]: ['GET'], [path]: ['GET', 'POST'] });
  return router;
}
