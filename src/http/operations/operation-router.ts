/** The operations on Patient, by GET and POST. */
import type { Parameters } from '@medplum/fhirtypes';
import type { Request, Response, Router } from 'express';
import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { type Finding, quote } from '../../core/finding.ts';
import type { PartialDate } from '../../core/partial-date.ts';
import { assessHctConsolidation } from '../../eligibility/assess-hct-consolidation.ts';
import { HCT_RULESET } from '../../eligibility/hct-ruleset.ts';
import { deriveEndpoints } from '../../endpoints/derive-endpoint.ts';
import {
  COURSE_OPERATIONS,
  type CourseOperation,
  courseResultsParameters,
} from '../../projection/course-results-parameters.ts';
import { hctConsolidationParameters } from '../../projection/hct-consolidation-parameters.ts';
import { timeToEventParameters } from '../../projection/time-to-event-parameters.ts';
import { deriveResultsOfCourses, isEvaluable } from '../../reports/results-of-courses.ts';
import { endpointsOf } from '../cohort/report-request.ts';
import { placeRouter } from '../edge/place-router.ts';
import { readBytes } from '../edge/read-body.ts';
import { sendFhir } from '../edge/send-fhir.ts';
import type { HttpDeps } from '../http-deps.ts';
import { PATIENT_OPERATIONS, type PatientOperation } from '../rest/interactions.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { recordInTime } from './known-as-of.ts';
import {
  invalid,
  type OperationParameters,
  overridesOf,
  readOperationParameters,
} from './operation-parameters.ts';

type Operation = (
  record: CohortRecord,
  asOf: PartialDate,
  parameters: OperationParameters,
  deps: HttpDeps,
) => Parameters;

const OPERATIONS: Readonly<Record<PatientOperation['name'], Operation>> = {
  'time-to-event': timeToEvent,
  'hct-consolidation': hctConsolidation,
  response: courseOperation('response'),
  toxicity: courseOperation('toxicity'),
  'b-cell-aplasia': courseOperation('b-cell-aplasia'),
  'car-kinetics': courseOperation('car-kinetics'),
  'risk-factors': courseOperation('risk-factors'),
};

export function operationRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const body = readBytes(deps.maxBodyBytes);
  for (const { name, parameters } of PATIENT_OPERATIONS) {
    const path = `/Patient/:id/$${name}`;
    const handle = async (req: Request, res: Response): Promise<void> => {
      const given = readOperationParameters(req, parameters);
      const { record, asOf } = await recordInTime(String(req.params['id']), given, deps);
      sendFhir(res, OPERATIONS[name](record, asOf, given, deps));
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
  { endpoints }: HttpDeps,
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

/** A course that the person does not have, or that cannot be evaluated, has no results. */
function courseOperation(operation: CourseOperation): Operation {
  return (record, asOf, parameters, deps) => {
    const courses = courseNumbers(parameters);
    const definitions = namedDefinitions(operation, parameters);
    const overrides = overridesOf(parameters, deps.parameters);
    const results = deriveResultsOfCourses(record, { asOf, overrides })
      .filter(isEvaluable)
      .filter(({ course }) => courses.size === 0 || courses.has(course));
    const question = {
      operation,
      patient: record.id,
      asOf,
      overrides,
      ...(definitions.size === 0 ? {} : { definitions }),
    };
    return courseResultsParameters(results, question, findingsOf(record));
  };
}

function courseNumbers(parameters: OperationParameters): ReadonlySet<number> {
  const given = parameters.get('course') ?? [];
  for (const text of given) {
    if (!/^[1-9]\d{0,3}$/.test(text)) throw invalid('course', quote(text), 'the number of a course: 1, 2, …');
  }
  return new Set(given.map(Number));
}

function namedDefinitions(operation: CourseOperation, parameters: OperationParameters): ReadonlySet<string> {
  const { definitions } = COURSE_OPERATIONS[operation];
  const given = parameters.get('definition') ?? [];
  for (const id of given) {
    if (!definitions.includes(id)) throw invalid('definition', quote(id), definitions.join(', '));
  }
  return new Set(given);
}

/** The schema of the record keeps codes as text; it is we who wrote them, from the catalogue. */
function findingsOf(record: CohortRecord): readonly Finding[] {
  return record.findings as readonly Finding[];
}
