import type { Command } from 'commander';
import {
  mergeParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { readParameterAssignments } from '../clinical/parameters/read-overrides.ts';
import { parametersOfReport } from '../reports/report-parameters.ts';
import { loadParameters } from './load-parameters.ts';

export interface ParameterOptions {
  readonly parameter: readonly string[];
  readonly parameters?: string;
}

/** The clinical parameters, for all commands that derive with them. */
export function addParameterOptions(command: Command): Command {
  return command
    .option(
      '--parameter <name=value>',
      'one clinical parameter of docs/parameters.md, such as episodeGapHours=48; may be repeated',
      (assignment: string, others: readonly string[]) => [...others, assignment],
      [],
    )
    .option('--parameters <file>', 'JSON file with clinical parameters; --parameter goes before it');
}

/** What holds for everything that is derived. Throws `parameter-invalid`, or as the file is refused. */
export async function chosenParameters(options: ParameterOptions): Promise<ParameterOverrides> {
  const { configured, given } = await readOptions(options);
  return mergeParameters(configured, given);
}

/** What holds for a report that rests on the named parameters; refuses one of the call that changes nothing there. */
export async function chosenReportParameters(
  options: ParameterOptions,
  names: readonly ParameterName[],
): Promise<ParameterOverrides> {
  const { configured, given } = await readOptions(options);
  return parametersOfReport(configured, given, names);
}

async function readOptions({ parameter, parameters }: ParameterOptions) {
  const configured = parameters === undefined ? {} : await loadParameters(parameters);
  return { configured, given: readParameterAssignments(parameter) };
}
