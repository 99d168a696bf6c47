import { Command, InvalidArgumentError, Option } from 'commander';
import type { ParameterName } from '../clinical/parameters/clinical-parameters.ts';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { hasCompetingEvents } from '../endpoints/describe-definition.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { buildAdtte } from '../export/adtte.ts';
import { buildAnalysisSet } from '../export/analysis-set.ts';
import { TABLE_FORMATS, type TableFormat, writeTable } from '../export/open-table.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { digestRecords } from '../projection/records-digest.ts';
import { COURSE_GRADE_PARAMETER_NAMES } from '../reports/course-grades.ts';
import { buildCurveReport, stratumParameters } from '../reports/curve-report.ts';
import { buildGradeReport } from '../reports/grade-report.ts';
import { buildPairedReport, PAIRED_REPORT_PARAMETER_NAMES } from '../reports/paired-report.ts';
import { type Column, parseColumn } from '../reports/parse-column.ts';
import { parseStratum } from '../reports/parse-stratum.ts';
import type { ReportBasis } from '../reports/report-header.ts';
import { type Cohort, selectCohort } from '../reports/select-cohort.ts';
import type { Stratum } from '../reports/stratum.ts';
import { buildSwimmerReport, SWIMMER_REPORT_PARAMETER_NAMES } from '../reports/swimmer-report.ts';
import { CONFIDENCE_TYPES, type ConfidenceType } from '../statistics/survival/confidence-band.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { loadEndpoints } from './load-endpoints.ts';
import { namedEndpoint } from './named-endpoint.ts';
import { addParameterOptions, chosenReportParameters, type ParameterOptions } from './parameter-options.ts';
import { readRecords } from './read-records.ts';

interface CohortOptions extends InputOptions, ParameterOptions {
  readonly endpoint?: string;
  readonly by?: string;
  readonly at?: readonly number[];
  readonly conf: ConfidenceType;
  readonly level: number;
  readonly asOf?: PartialDate;
  readonly curve: boolean;
  readonly report: ReportName;
  readonly format: TableFormat;
  readonly study: string;
  readonly columns?: readonly string[];
}

const TABLES = ['analysis-set', 'adtte'] as const;
const REPORTS = ['curve', 'grades', 'paired', 'swimmer', ...TABLES] as const;
type ReportName = (typeof REPORTS)[number];

/** What is about one endpoint; a swimmer plot and paired courses are about none. */
const OF_ENDPOINT = ['curve', 'grades', ...TABLES] as const;
type EndpointReport = (typeof OF_ENDPOINT)[number];

/** What each option that is not for every report is for. */
const OPTION_REPORTS: Readonly<Record<string, readonly ReportName[]>> = {
  endpoint: OF_ENDPOINT,
  by: ['curve'],
  at: ['curve'],
  conf: ['curve'],
  level: ['curve'],
  curve: ['curve'],
  format: TABLES,
  columns: ['analysis-set'],
  study: ['adtte'],
};

/** Days of one, two, three and five years. */
const YEARS = [365, 731, 1096, 1826];

/**
 * `cartograph cohort <in>`: survival, or cumulative incidence where events compete, with numbers at risk; other
 * reports and the analysis sets by `--report`.
 */
export function buildCohortCommand(context: CommandContext): Command {
  const command = new Command('cohort').description('print survival or cumulative incidence of one endpoint');
  return addParameterOptions(addInputOptions(command))
    .option(
      '--endpoint <id>',
      'a definition of docs/endpoints.md, or of a site (required but for paired and swimmer)',
    )
    .option('--by <stratum>', 'of the curve: such as product, prior-hct, crs-grade, hct-after:landmark:180')
    .addOption(
      new Option(
        '--at <days>',
        'of the curve: days of interest, comma-separated (default: 1, 2, 3 and 5 years)',
      ).argParser(parseDays),
    )
    .addOption(
      new Option('--conf <type>', 'of the curve: interval').choices(CONFIDENCE_TYPES).default('log-log'),
    )
    .addOption(
      new Option('--level <share>', 'of the curve: level of the intervals')
        .argParser(parseLevel)
        .default(0.95),
    )
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .option('--no-curve', 'of the curve: leave its steps out')
    .addOption(new Option('--report <name>', 'what to print').choices(REPORTS).default('curve'))
    .addOption(
      new Option('--format <format>', 'of analysis-set and adtte').choices(TABLE_FORMATS).default('ndjson'),
    )
    .option(
      '--columns <names>',
      'of the analysis-set: further ones of docs/analysis-sets.md, such as crs-grade,cmax',
      (text) => text.split(','),
    )
    .option('--study <id>', 'of adtte: STUDYID of its rows', 'CARTOGRAPH')
    .action((inputs: readonly string[], options: CohortOptions, self: Command) => {
      refuseIdleOptions(self, options.report);
      if (options.endpoint === undefined && isOfEndpoint(options.report)) {
        self.error(`error: required option '--endpoint <id>' not specified, for --report ${options.report}`);
      }
      return printReport(inputs, options, context);
    });
}

function isOfEndpoint(report: ReportName): report is EndpointReport {
  return OF_ENDPOINT.some((name) => name === report);
}

/** An option that says nothing to the report asked for would be taken for granted, and the answer for another. */
function refuseIdleOptions(command: Command, report: ReportName): void {
  for (const [option, reports] of Object.entries(OPTION_REPORTS)) {
    if (command.getOptionValueSource(option) !== 'cli' || reports.includes(report)) continue;
    const flag = option === 'curve' ? '--no-curve' : `--${option}`;
    command.error(`error: option '${flag}' is for --report ${reports.join(' or ')}, found ${report}`);
  }
}

async function printReport(
  inputs: readonly string[],
  options: CohortOptions,
  context: CommandContext,
): Promise<void> {
  const { report } = options;
  const question = await readQuestion(options);
  const parameters = await chosenReportParameters(options, parameterNames(report, question));
  const asOf = options.asOf ?? context.today;
  const records: CohortRecord[] = [];
  const request = recordsRequest(inputs, options, context);
  for await (const record of readRecords(request, context.report, context.progress)) records.push(record);
  if (report === 'analysis-set' || report === 'adtte') {
    const { definitions, columns } = question;
    const table =
      report === 'adtte'
        ? buildAdtte(records, definitions, asOf, options.study)
        : buildAnalysisSet(records, definitions, asOf, columns, parameters);
    for (const chunk of writeTable(table, options.format)) await context.output.writeChunk(chunk);
    return;
  }
  const { version: mappings } = await loadMappings(options.mappings);
  const basis = { mappings, digest: digestRecords(records), parameters };
  await context.output.write(buildReport(report, { records, asOf, basis, question, options }));
}

/** What the options ask for; one definition, but none for a report that is about no endpoint. */
interface Question {
  readonly definitions: readonly EndpointDefinition[];
  readonly by: Stratum | undefined;
  readonly columns: readonly Column[];
}

async function readQuestion({ endpoint, mappings, by, columns = [] }: CohortOptions): Promise<Question> {
  return {
    definitions: endpoint === undefined ? [] : [namedEndpoint(endpoint, await loadEndpoints(mappings))],
    by: by === undefined ? undefined : parseStratum(by),
    columns: columns.map(parseColumn),
  };
}

/** The clinical parameters that the report rests on. */
function parameterNames(report: ReportName, { by, columns }: Question): readonly ParameterName[] {
  switch (report) {
    case 'curve':
      return stratumParameters(by);
    case 'grades':
      return COURSE_GRADE_PARAMETER_NAMES;
    case 'paired':
      return PAIRED_REPORT_PARAMETER_NAMES;
    case 'swimmer':
      return SWIMMER_REPORT_PARAMETER_NAMES;
    case 'analysis-set':
      return columns.flatMap(({ parameters }) => parameters);
    case 'adtte':
      return [];
  }
}

interface Asked {
  readonly records: readonly CohortRecord[];
  readonly asOf: PartialDate;
  readonly basis: ReportBasis;
  readonly question: Question;
  readonly options: CohortOptions;
}

function buildReport(report: Exclude<ReportName, (typeof TABLES)[number]>, asked: Asked): object {
  const { records, asOf, basis, question } = asked;
  if (report === 'paired') return buildPairedReport(records, asOf, basis);
  if (report === 'swimmer') return buildSwimmerReport(records, asOf, basis);
  const [definition] = question.definitions;
  if (definition === undefined) throw new RangeError('A report of an endpoint without its definition');
  const cohort = selectCohort(records, definition, asOf);
  return report === 'grades' ? buildGradeReport(cohort, basis) : buildCurve(cohort, asked);
}

function buildCurve(cohort: Cohort, { basis, question: { by }, options }: Asked): object {
  const { at = YEARS, conf, level, curve } = options;
  const kind = hasCompetingEvents(cohort.definition) ? 'cumulative-incidence' : 'survival';
  const confidence = { type: conf, level };
  const stratum = by === undefined ? {} : { by };
  return buildCurveReport(kind, cohort, { ...stratum, at, curve, confidence, basis });
}

function parseDays(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const day = Number(part);
    if (part.trim() !== '' && Number.isFinite(day) && day >= 0) return day;
    throw new InvalidArgumentError('Expected numbers of days of 0 or more.');
  });
}

function parseLevel(text: string): number {
  const level = Number(text);
  if (level > 0 && level < 1) return level;
  throw new InvalidArgumentError('Expected a number between 0 and 1.');
}
