/** The Group that the service keeps, and the work list of any Group of patients. */
import type { Group } from '@medplum/fhirtypes';
import { type Request, type Response, Router } from 'express';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import { rejection } from '../core/cartograph-error.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { isResourceId } from '../fhir/check-structure.ts';
import { parseReference } from '../fhir/references.ts';
import { listPersons } from '../ingest/list-persons.ts';
import { readCohortRecords, readRecordsOf } from '../ingest/read-cohort-records.ts';
import { buildCarTGroup, CAR_T_GROUP, hctWorklistParameters } from '../projection/hct-worklist-parameters.ts';
import { buildHctWorklist } from '../reports/hct-worklist.ts';
import { readResource } from '../store/resource-store.ts';
import type { HttpDeps } from './http-deps.ts';
import { refuseMethods } from './method-not-allowed.ts';
import { asOfOf, readOperationParameters } from './operation-parameters.ts';
import { readBytes } from './read-body.ts';
import { sendFhir } from './send-fhir.ts';

/** Mount before the routes of resources in general: the kept Group can be read but not written. */
export function groupRouter(deps: HttpDeps): Router {
  const router = Router();
  const kept = `/Group/${CAR_T_GROUP}`;
  router.get(kept, async (_req, res) => {
    const persons = await listPersons(deps.records);
    sendFhir(res, buildCarTGroup(persons.map(({ id }) => id)));
  });
  const path = '/Group/:id/$hct-consolidation';
  const handle = async (req: Request, res: Response): Promise<void> => {
    const asOf = asOfOf(readOperationParameters(req, ['asOf']), deps.today);
    const { records, findings } = await membersOf(String(req.params['id']), deps);
    sendFhir(res, hctWorklistParameters(buildHctWorklist(records, asOf), findings));
  };
  router.get(path, handle);
  router.post(path, readBytes(deps.maxBodyBytes), handle);
  refuseMethods(router, { [kept]: ['GET'], [path]: ['GET', 'POST'] });
  return router;
}

interface Members {
  readonly records: readonly CohortRecord[];
  readonly findings: readonly Finding[];
}

async function membersOf(id: string, deps: HttpDeps): Promise<Members> {
  if (id === CAR_T_GROUP) return { records: await readCohortRecords(deps.records), findings: [] };
  const stored = isResourceId(id)
    ? await readResource(deps.ingest.database, { type: 'Group', id })
    : undefined;
  if (stored === undefined) throw rejection('resource-not-found', 'No Group of that id is stored');
  const group: Group = JSON.parse(stored.content);
  const patients = (group.member ?? [])
    .filter(({ inactive }) => inactive !== true)
    .flatMap(({ entity }) => {
      const form = parseReference(entity?.reference ?? '');
      return form.form === 'literal' && form.type === 'Patient' ? [form.id] : [];
    });
  const { records, unknown } = await readRecordsOf(patients, deps.records);
  return { records, findings: unknown.map(unknownMember) };
}

function unknownMember(id: string): Finding {
  return {
    code: 'reference-dangling',
    severity: 'warning',
    message: CATALOGUE['reference-dangling'].meaning,
    reference: `Patient/${id}`,
    expression: 'Group.member.entity',
  };
}
