/** Questions about HCT consolidation beyond one assessment, as plain JSON under /cohort. */
import type { Router } from 'express';
import { quote } from '../../core/finding.ts';
import { isPartialDate, type PartialDate } from '../../core/partial-date.ts';
import { deriveHctHistory } from '../../eligibility/hct-history.ts';
import { readCohortRecords } from '../../ingest/reads/read-cohort-records.ts';
import { buildHctWorklist } from '../../reports/hct-worklist.ts';
import { placeRouter } from '../edge/place-router.ts';
import type { HttpDeps } from '../http-deps.ts';
import { recordInTime } from '../operations/known-as-of.ts';
import {
  asOfOf,
  invalid,
  type OperationParameters,
  readOperationParameters,
} from '../operations/operation-parameters.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';

export function hctRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  router.get('/patients/:id/hct-history', async (req, res) => {
    const parameters = readOperationParameters(req, ['from', 'to', 'knownAsOf']);
    const from = dateOf('from', parameters);
    const to = dateOf('to', parameters);
    const { record, asOf } = await recordInTime(req.params.id, parameters, deps);
    res.json(deriveHctHistory(record, { from, to: to ?? asOf }));
  });
  router.get('/hct-worklist', async (req, res) => {
    const asOf = asOfOf(readOperationParameters(req, ['asOf']), deps.today);
    const { items, ...rest } = buildHctWorklist(await readCohortRecords(deps.records), asOf);
    res.json({ ...rest, items: items.map(({ assessment: _, ...item }) => item) });
  });
  refuseMethods(router, { '/patients/:id/hct-history': ['GET'], '/hct-worklist': ['GET'] });
  return router;
}

function dateOf(name: string, parameters: OperationParameters): PartialDate | undefined {
  const [given, ...more] = parameters.get(name) ?? [];
  if (more.length > 0) throw invalid(name, `${more.length + 1} values`, 'one date');
  if (given === undefined || (given.length === 10 && isPartialDate(given))) return given;
  throw invalid(name, quote(given), 'a date YYYY-MM-DD');
}
