import { Command, InvalidArgumentError } from 'commander';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { deriveEndpoints } from '../endpoints/derive-endpoint.ts';
import type { EndpointDefinition } from '../endpoints/endpoint-definition.ts';
import { ENDPOINT_DEFINITIONS, endpointDefinition } from '../endpoints/endpoint-definitions.ts';
import type { EndpointResult } from '../endpoints/endpoint-result.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { readRecords } from './read-records.ts';

interface DeriveOptions extends InputOptions {
  readonly endpoint?: readonly EndpointDefinition[];
  readonly asOf?: PartialDate;
}

/** `cartograph derive <in>`: one line a patient and endpoint. */
export function buildDeriveCommand(context: CommandContext): Command {
  const command = new Command('derive').description('print one line a patient and endpoint');
  return addInputOptions(command)
    .option(
      '--endpoint <id>',
      'definition to derive, repeatable; more ids may follow (default: all)',
      parseEndpoint,
    )
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .action(async (operands: readonly string[], options: DeriveOptions) => {
      const { inputs, endpoints } = splitOperands(operands, options.endpoint ?? []);
      if (inputs.length === 0) command.error("error: missing required argument 'in'");
      const request = recordsRequest(inputs, options, context);
      const definitions = endpoints.length === 0 ? ENDPOINT_DEFINITIONS : endpoints;
      for await (const record of readRecords(request, context.report, context.progress)) {
        for (const result of deriveEndpoints(record, options.asOf ?? context.today, definitions)) {
          await context.output.write(lineOf(record, result));
        }
      }
    });
}

/** `--endpoint A B file` and `--endpoint A file` both work: behind the option, an id is an id and the rest are inputs. */
function splitOperands(
  operands: readonly string[],
  named: readonly EndpointDefinition[],
): { readonly inputs: readonly string[]; readonly endpoints: readonly EndpointDefinition[] } {
  if (named.length === 0) return { inputs: operands, endpoints: [] };
  const ids = operands.filter((operand) => endpointDefinition(operand) !== undefined);
  return {
    inputs: operands.filter((operand) => !ids.includes(operand)),
    endpoints: ids.reduce<readonly EndpointDefinition[]>((all, id) => parseEndpoint(id, all), named),
  };
}

function parseEndpoint(
  id: string,
  before: readonly EndpointDefinition[] = [],
): readonly EndpointDefinition[] {
  const definition = endpointDefinition(id);
  if (definition === undefined) {
    const known = ENDPOINT_DEFINITIONS.map((one) => one.id).join(', ');
    throw new InvalidArgumentError(`Nobody defined it; there are ${known}.`);
  }
  return before.includes(definition) ? before : [...before, definition];
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
