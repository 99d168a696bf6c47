/** The operations on Patient, by GET and POST. */
import type { Parameters } from '@medplum/fhirtypes';
import { type Request, type Response, Router } from 'express';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import { type Finding, quote } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
import { HCT_RULESET } from '../eligibility/hct-ruleset.ts';
import { deriveEndpoints } from '../endpoints/derive-endpoint.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import { hctConsolidationParameters } from '../projection/hct-consolidation-parameters.ts';
import { timeToEventParameters } from '../projection/time-to-event-parameters.ts';
import type { HttpDeps } from './http-deps.ts';
import { PATIENT_OPERATIONS, type PatientOperation } from './interactions.ts';
import { recordInTime } from './known-as-of.ts';
import { refuseMethods } from './method-not-allowed.ts';
import { invalid, type OperationParameters, readOperationParameters } from './operation-parameters.ts';
import { readBytes } from './read-body.ts';
import { endpointsOf } from './report-request.ts';
import { sendFhir } from './send-fhir.ts';

type Operation = (
  record: CohortRecord,
  asOf: PartialDate,
  parameters: OperationParameters,
  endpoints: EndpointCatalogue,
) => Parameters;

const OPERATIONS: Readonly<Record<PatientOperation['name'], Operation>> = {
  'time-to-event': timeToEvent,
  'hct-consolidation': hctConsolidation,
};

export function operationRouter(deps: HttpDeps): Router {
  const router = Router();
  const body = readBytes(deps.maxBodyBytes);
  for (const { name, parameters } of PATIENT_OPERATIONS) {
    const path = `/Patient/:id/$${name}`;
    const handle = async (req: Request, res: Response): Promise<void> => {
      const given = readOperationParameters(req, parameters);
      const { record, asOf } = await recordInTime(String(req.params['id']), given, deps);
      sendFhir(res, OPERATIONS[name](record, asOf, given, deps.endpoints));
    };
    router.get(path, handle);
    router.post(path, body, handle);
    refuseMethods(router, { [path]: ['GET', 'POST'] });
  }
  return router;
}

function timeToEvent(
  record: CohortRecord,
  asOf: PartialDate,
  parameters: OperationParameters,
  endpoints: EndpointCatalogue,
): Parameters {
  const results = deriveEndpoints(record, asOf, endpointsOf(parameters, endpoints));
  return timeToEventParameters(record.id, results, findingsOf(record));
}

function hctConsolidation(
  record: CohortRecord,
  asOf: PartialDate,
  parameters: OperationParameters,
): Parameters {
  for (const ruleset of parameters.get('ruleset') ?? []) {
    const isOurs = ruleset === HCT_RULESET || ruleset === HCT_RULESET.split('@')[0];
    if (!isOurs) throw invalid('ruleset', quote(ruleset), HCT_RULESET);
  }
  return hctConsolidationParameters(assessHctConsolidation(record, asOf), findingsOf(record));
}

/** The schema of the record keeps codes as text; it is we who wrote them, from the catalogue. */
function findingsOf(record: CohortRecord): readonly Finding[] {
  return record.findings as readonly Finding[];
}
