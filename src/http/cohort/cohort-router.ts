/** Plain JSON for people with spreadsheets and for our own pages. */
import type { Router } from 'express';
import { assessHctConsolidation } from '../../eligibility/assess-hct-consolidation.ts';
import { deriveEndpoints } from '../../endpoints/derive-endpoint.ts';
import { listPersons } from '../../ingest/reads/list-persons.ts';
import { readCohortRecords } from '../../ingest/reads/read-cohort-records.ts';
import { buildAdjudicationWorklist } from '../../reports/adjudication-worklist.ts';
import { deriveResultsOfCourses } from '../../reports/results-of-courses.ts';
import { placeRouter } from '../edge/place-router.ts';
import type { HttpDeps } from '../http-deps.ts';
import { asOfOf, overridesOf, readOperationParameters } from '../operations/operation-parameters.ts';
import { personRecord } from '../operations/person-record.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';

export function cohortRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  router.get('/patients', async (req, res) => {
    readOperationParameters(req, []);
    res.json({ patients: await listPersons(deps.records) });
  });
  router.get('/patients/:id', async (req, res) => {
    const given = readOperationParameters(req, ['asOf', 'parameter']);
    const asOf = asOfOf(given, deps.today);
    const overrides = overridesOf(given, deps.parameters);
    const record = await personRecord(req.params.id, deps.records);
    res.json({
      record,
      derived: {
        asOf,
        endpoints: deriveEndpoints(record, asOf, deps.endpoints.definitions),
        hct: assessHctConsolidation(record, asOf),
        parameters: overrides,
        courses: deriveResultsOfCourses(record, { asOf, overrides }),
      },
    });
  });
  router.get('/patients/:id/findings', async (req, res) => {
    readOperationParameters(req, []);
    const { id, findings } = await personRecord(req.params.id, deps.records);
    const invalid = await deps.validationFindings(req.params.id);
    res.json({ id, findings: [...findings, ...invalid] });
  });
  router.get('/adjudications', async (req, res) => {
    const given = readOperationParameters(req, ['asOf', 'parameter']);
    const asOf = asOfOf(given, deps.today);
    const overrides = overridesOf(given, deps.parameters);
    res.json(buildAdjudicationWorklist(await readCohortRecords(deps.records), asOf, overrides));
  });
  router.get('/data-quality', async (req, res) => {
    readOperationParameters(req, []);
    res.json(await deps.dataQuality());
  });
  refuseMethods(router, {
    '/adjudications': ['GET'],
    '/data-quality': ['GET'],
    '/patients': ['GET'],
    '/patients/:id': ['GET'],
    '/patients/:id/findings': ['GET'],
  });
  return router;
}
