import { Command } from 'commander';
import type { PartialDate } from '../core/partial-date.ts';
import { deriveResultsOfCourses } from '../reports/results-of-courses.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { addParameterOptions, chosenParameters, type ParameterOptions } from './parameter-options.ts';
import { readRecords } from './read-records.ts';

interface GradeOptions extends InputOptions, ParameterOptions {
  readonly asOf?: PartialDate;
}

/** `cartograph grade <in>`: one line an infusion, with all that is derived of its course. */
export function buildGradeCommand(context: CommandContext): Command {
  const command = new Command('grade').description(
    'print one line an infusion: CRS, ICANS, ICAHT, B-cell aplasia, kinetics and the rest',
  );
  return addParameterOptions(addInputOptions(command))
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .action(async (inputs: readonly string[], options: GradeOptions) => {
      const asOf = options.asOf ?? context.today;
      const overrides = await chosenParameters(options);
      const request = recordsRequest(inputs, options, context);
      for await (const record of readRecords(request, context.report, context.progress)) {
        for (const results of deriveResultsOfCourses(record, { asOf, overrides })) {
          await context.output.write({ patient: record.id, asOf, ...results });
        }
      }
    });
}
