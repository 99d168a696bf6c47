import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, recordsRequest } from './input-options.ts';
import { readRecords } from './read-records.ts';

/** `cartograph map <in>`: one CohortRecord a patient. */
export function buildMapCommand(context: CommandContext): Command {
  const command = new Command('map').description('print one CohortRecord a patient');
  return addInputOptions(command).action(async (inputs: readonly string[], options: InputOptions) => {
    const request = recordsRequest(inputs, options, context);
    for await (const record of readRecords(request, context.report, context.progress)) {
      await context.output.write(record);
    }
  });
}
