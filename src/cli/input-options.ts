import { type Command, InvalidArgumentError, Option } from 'commander';
import { isPartialDate, type PartialDate } from '../core/partial-date.ts';
import type { CommandContext } from './command-context.ts';
import { MAPPINGS_FOLDER, type RecordsRequest } from './read-records.ts';

export interface InputOptions {
  readonly site: string;
  readonly mappings: string;
}

/** As the service calls it where nothing is configured. */
const DEFAULT_SITE = 'local';

/** The arguments that all commands on records share. */
export function addInputOptions(command: Command): Command {
  return addMappingsOption(
    command
      .argument(
        '<in...>',
        'files, folders, or - for standard input: FHIR R4 as JSON or NDJSON, plain or gzip',
      )
      .option('--site <site>', 'site of resources whose meta.source names none', DEFAULT_SITE),
  );
}

export function addMappingsOption(command: Command): Command {
  return command.addOption(
    new Option('--mappings <folder>', 'mapping knowledge and site overlays').default(
      MAPPINGS_FOLDER,
      'those of this package',
    ),
  );
}

export function recordsRequest(
  inputs: readonly string[],
  { site, mappings }: InputOptions,
  { today }: CommandContext,
): RecordsRequest {
  return { inputs, site, mappings, today };
}

/** For `--as-of`: a full date that the calendar has. */
export function parseAsOf(text: string): PartialDate {
  if (text.length === 10 && isPartialDate(text)) return text;
  throw new InvalidArgumentError('Expected a date of the calendar as YYYY-MM-DD.');
}
