import { Command, InvalidArgumentError, Option } from 'commander';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { hasCompetingEvents } from '../endpoints/describe-definition.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { digestRecords } from '../projection/records-digest.ts';
import { buildCurveReport, type CurveReport } from '../reports/curve-report.ts';
import { parseStratum } from '../reports/parse-stratum.ts';
import { selectCohort } from '../reports/select-cohort.ts';
import { CONFIDENCE_TYPES, type ConfidenceType } from '../statistics/survival/confidence-band.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { loadEndpoints } from './load-endpoints.ts';
import { namedEndpoint } from './named-endpoint.ts';
import { readRecords } from './read-records.ts';

interface CohortOptions extends InputOptions {
  readonly endpoint: string;
  readonly by?: string;
  readonly at?: readonly number[];
  readonly conf: ConfidenceType;
  readonly level: number;
  readonly asOf?: PartialDate;
  readonly curve: boolean;
}

/** Days of one, two, three and five years. */
const YEARS = [365, 731, 1096, 1826];

/** `cartograph cohort <in>`: survival, or cumulative incidence where events compete, with numbers at risk. */
export function buildCohortCommand(context: CommandContext): Command {
  const command = new Command('cohort').description('print survival or cumulative incidence of one endpoint');
  return addInputOptions(command)
    .requiredOption('--endpoint <id>', 'definition to derive')
    .option('--by <stratum>', 'such as product, prior-hct, crs-grade, hct-after:landmark:180')
    .addOption(new Option('--at <days>', 'days of interest, comma-separated').argParser(parseDays))
    .addOption(new Option('--conf <type>', 'interval').choices(CONFIDENCE_TYPES).default('log-log'))
    .addOption(new Option('--level <share>', 'of the intervals').argParser(parseLevel).default(0.95))
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .option('--no-curve', 'leave the steps of curves out')
    .action(async (inputs: readonly string[], options: CohortOptions) => {
      await context.output.write(await buildReport(inputs, options, context));
    });
}

async function buildReport(
  inputs: readonly string[],
  options: CohortOptions,
  context: CommandContext,
): Promise<CurveReport> {
  const definition = namedEndpoint(options.endpoint, await loadEndpoints(options.mappings));
  const by = options.by === undefined ? {} : { by: parseStratum(options.by) };
  const records: CohortRecord[] = [];
  const request = recordsRequest(inputs, options, context);
  for await (const record of readRecords(request, context.report, context.progress)) records.push(record);
  const { version: mappings } = await loadMappings(options.mappings);
  const { at = YEARS, conf, level, curve } = options;
  const kind = hasCompetingEvents(definition) ? 'cumulative-incidence' : 'survival';
  return buildCurveReport(kind, selectCohort(records, definition, options.asOf ?? context.today), {
    ...by,
    at,
    curve,
    confidence: { type: conf, level },
    basis: { mappings, digest: digestRecords(records) },
  });
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
