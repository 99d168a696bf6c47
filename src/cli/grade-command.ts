import { Command } from 'commander';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import { readParameterAssignments } from '../clinical/parameters/read-overrides.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { deriveResultsOfCourses } from '../reports/results-of-courses.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, type InputOptions, parseAsOf, recordsRequest } from './input-options.ts';
import { loadParameters } from './load-parameters.ts';
import { readRecords } from './read-records.ts';

interface GradeOptions extends InputOptions {
  readonly asOf?: PartialDate;
  readonly parameter: readonly string[];
  readonly parameters?: string;
}

/** `cartograph grade <in>`: one line an infusion, with all that is derived of its course. */
export function buildGradeCommand(context: CommandContext): Command {
  const command = new Command('grade').description(
    'print one line an infusion: CRS, ICANS, ICAHT, B-cell aplasia, kinetics and the rest',
  );
  return addInputOptions(command)
    .option('--as-of <date>', 'facts dated later do not exist, YYYY-MM-DD (default: today)', parseAsOf)
    .option(
      '--parameter <name=value>',
      'one clinical parameter of docs/parameters.md, such as episodeGapHours=48; may be repeated',
      (assignment: string, others: readonly string[]) => [...others, assignment],
      [],
    )
    .option('--parameters <file>', 'JSON file with clinical parameters; --parameter goes before it')
    .action(async (inputs: readonly string[], options: GradeOptions) => {
      const asOf = options.asOf ?? context.today;
      const overrides = await overridesOf(options);
      const request = recordsRequest(inputs, options, context);
      for await (const record of readRecords(request, context.report, context.progress)) {
        for (const results of deriveResultsOfCourses(record, { asOf, overrides })) {
          await context.output.write({ patient: record.id, asOf, ...results });
        }
      }
    });
}

async function overridesOf({ parameter, parameters }: GradeOptions): Promise<ParameterOverrides> {
  const ofFile = parameters === undefined ? {} : await loadParameters(parameters);
  return { ...ofFile, ...readParameterAssignments(parameter) };
}
