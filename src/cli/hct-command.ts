import { Command } from 'commander';
import type { PartialDate } from '../core/partial-date.ts';
import { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { readRecords } from './read-records.ts';

interface HctOptions extends InputOptions {
  readonly asOf?: PartialDate;
}

/** `cartograph hct <in>`: one eligibility result a patient. */
export function buildHctCommand(context: CommandContext): Command {
  const command = new Command('hct').description('print one HCT-consolidation assessment a patient');
  return addInputOptions(command)
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .action(async (inputs: readonly string[], options: HctOptions) => {
      const request = recordsRequest(inputs, options, context);
      for await (const record of readRecords(request, context.report, context.progress)) {
        await context.output.write(assessHctConsolidation(record, options.asOf ?? context.today));
      }
    });
}
