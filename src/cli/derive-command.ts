import { Command } from 'commander';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { deriveEndpoints } from '../endpoints/derive-endpoint.ts';
import type { EndpointCatalogue } from '../endpoints/endpoint-catalogue.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { loadEndpoints } from './load-endpoints.ts';
import { namedEndpoint } from './named-endpoint.ts';
import { readRecords } from './read-records.ts';

interface DeriveOptions extends InputOptions {
  readonly endpoint?: readonly string[];
  readonly asOf?: PartialDate;
}

/** `cartograph derive <in>`: one line a patient and endpoint. */
export function buildDeriveCommand(context: CommandContext): Command {
  const command = new Command('derive').description('print one line a patient and endpoint');
  return addInputOptions(command)
    .option(
      '--endpoint <id>',
      'definition to derive, ours or of a site, repeatable; more ids may follow (default: all)',
      (id: string, before: readonly string[] = []) => [...before, id],
    )
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .action(async (operands: readonly string[], options: DeriveOptions) => {
      const catalogue = await loadEndpoints(options.mappings);
      const { inputs, ids } = splitOperands(operands, options.endpoint ?? [], catalogue);
      if (inputs.length === 0) command.error("error: missing required argument 'in'");
      const definitions =
        ids.length === 0 ? catalogue.definitions : ids.map((id) => namedEndpoint(id, catalogue));
      const request = recordsRequest(inputs, options, context);
      for await (const record of readRecords(request, context.report, context.progress)) {
        for (const result of deriveEndpoints(record, options.asOf ?? context.today, definitions)) {
          await context.output.write(lineOf(record, result));
        }
      }
    });
}

/**
 * `--endpoint A B file` and `--endpoint A file` both work: behind the option, an id is an id and the rest are inputs.
 * Each id once.
 */
function splitOperands(
  operands: readonly string[],
  named: readonly string[],
  { find }: EndpointCatalogue,
): { readonly inputs: readonly string[]; readonly ids: readonly string[] } {
  if (named.length === 0) return { inputs: operands, ids: [] };
  const ids = operands.filter((operand) => find(operand) !== undefined);
  return {
    inputs: operands.filter((operand) => !ids.includes(operand)),
    ids: [...new Set([...named, ...ids])],
  };
}

/** The line's first members are fixed and in this order; what else the result says follows. */
function lineOf(record: CohortRecord, result: EndpointResult): object {
  const { endpoint, version, asOf, origin, status, type, date, days, months, flags, evidence, ...more } =
    result;
  return {
    patient: record.id,
    endpoint,
    version,
    asOf,
    origin,
    status,
    type,
    date,
    days,
    months,
    flags,
    evidence,
    ...more,
  };
}
