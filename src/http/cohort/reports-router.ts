/** Reports and analysis sets over everyone with a course, as plain JSON and tables under /cohort. */
import type { Request, Router } from 'express';
import { quote } from '../../core/finding.ts';
import type { PartialDate } from '../../core/partial-date.ts';
import { buildAdtte } from '../../export/adtte.ts';
import { buildAnalysisSet } from '../../export/analysis-set.ts';
import { TABLE_FORMATS, type TableFormat, writeTable } from '../../export/open-table.ts';
import { readCohortRecords } from '../../ingest/reads/read-cohort-records.ts';
import { COURSE_GRADE_PARAMETER_NAMES } from '../../reports/course-grades.ts';
import { CURVE_REPORTS } from '../../reports/curve-report.ts';
import { buildGradeReport } from '../../reports/grade-report.ts';
import { buildPairedReport, PAIRED_REPORT_PARAMETER_NAMES } from '../../reports/paired-report.ts';
import { parseColumn } from '../../reports/parse-column.ts';
import { selectCohort } from '../../reports/select-cohort.ts';
import { buildSwimmerReport, SWIMMER_REPORT_PARAMETER_NAMES } from '../../reports/swimmer-report.ts';
import { placeRouter } from '../edge/place-router.ts';
import { sendStream } from '../edge/send-stream.ts';
import type { HttpDeps } from '../http-deps.ts';
import {
  asOfOf,
  invalid,
  type OperationParameters,
  readOperationParameters,
  reportOverridesOf,
} from '../operations/operation-parameters.ts';
import { refuseMethods } from '../rest/method-not-allowed.ts';
import { basisOf, CURVE_PARAMETERS, curveReportOf, endpointOf, endpointsOf } from './report-request.ts';

const TABLE_PARAMETERS = ['asOf', 'endpoint', 'format'];
const SETS = [
  { name: 'analysis-set', parameters: [...TABLE_PARAMETERS, 'column', 'parameter'], build: buildAnalysisSet },
  { name: 'adtte', parameters: TABLE_PARAMETERS, build: withStudy },
] as const;
const MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
};

export function reportsRouter(deps: HttpDeps): Router {
  const router = placeRouter();
  const paths: string[] = [];
  const report = (name: string, known: readonly string[], build: Build) => {
    const path = `/reports/${name}`;
    paths.push(path);
    router.get(path, async (req: Request, res) => {
      const parameters = readOperationParameters(req, known);
      const asOf = asOfOf(parameters, deps.today);
      res.json(build(await readCohortRecords(deps.records), parameters, asOf));
    });
  };
  for (const kind of CURVE_REPORTS) {
    report(kind, CURVE_PARAMETERS, (records, parameters) => curveReportOf(kind, records, parameters, deps));
  }
  report('swimmer', ['asOf', 'parameter'], (records, parameters, asOf) =>
    buildSwimmerReport(records, asOf, basisOf(records, parameters, SWIMMER_REPORT_PARAMETER_NAMES, deps)),
  );
  report('paired', ['asOf', 'parameter'], (records, parameters, asOf) =>
    buildPairedReport(records, asOf, basisOf(records, parameters, PAIRED_REPORT_PARAMETER_NAMES, deps)),
  );
  report('grades', ['asOf', 'endpoint', 'parameter'], (records, parameters, asOf) => {
    const cohort = selectCohort(records, endpointOf(parameters, deps.endpoints, 'OS'), asOf);
    return buildGradeReport(cohort, basisOf(records, parameters, COURSE_GRADE_PARAMETER_NAMES, deps));
  });
  for (const { name, parameters: allowed, build } of SETS) {
    const path = `/${name}`;
    paths.push(path);
    router.get(path, async (req: Request, res) => {
      const parameters = readOperationParameters(req, allowed);
      const format = formatOf(parameters);
      const definitions = endpointsOf(parameters, deps.endpoints);
      const columns = (parameters.get('column') ?? []).map(parseColumn);
      const names = columns.flatMap((column) => column.parameters);
      const overrides = reportOverridesOf(parameters, deps.parameters, names);
      const asOf = asOfOf(parameters, deps.today);
      const table = build(await readCohortRecords(deps.records), definitions, asOf, columns, overrides);
      res.type(MEDIA_TYPES[format]);
      await sendStream(res, writeTable(table, format));
    });
  }
  refuseMethods(router, Object.fromEntries(paths.map((path) => [path, ['GET']])));
  return router;
}

type Records = Awaited<ReturnType<typeof readCohortRecords>>;
type Build = (records: Records, parameters: OperationParameters, asOf: PartialDate) => object;

/** The study of an analysis set that the service makes. */
const STUDY = 'CARTOGRAPH';

function withStudy(
  ...[records, definitions, asOf]: Parameters<typeof buildAnalysisSet>
): ReturnType<typeof buildAdtte> {
  return buildAdtte(records, definitions, asOf, STUDY);
}

function formatOf(parameters: OperationParameters): TableFormat {
  const [given = 'csv', ...more] = parameters.get('format') ?? [];
  const format = TABLE_FORMATS.find((one) => one === given);
  if (format === undefined || more.length > 0)
    throw invalid('format', quote(given), TABLE_FORMATS.join(', '));
  return format;
}
