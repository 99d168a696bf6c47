import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { rejection } from '../core/cartograph-error.ts';
import { buildPatientBundles, DIALECTS, type Dialect } from '../example/build-bundles.ts';
import { drawCohort } from '../example/generate-cohort.ts';
import type { CommandContext } from './command-context.ts';
import { systemReason } from './input-files.ts';

const MAX_PATIENTS = 9999;

interface ExampleOptions {
  readonly patients: number;
  readonly seed: string;
  readonly dialect: Dialect;
  readonly truth?: string;
}

/** `cartograph example`: synthetic EHR bundles, one a line, and what is true of the patients in a file of its own. */
export function buildExampleCommand({ output, progress }: CommandContext): Command {
  return new Command('example')
    .description('print synthetic EHR bundles with known truth, one a line')
    .addOption(
      new Option('--patients <number>', `how many patients, 1 to ${MAX_PATIENTS}`)
        .argParser(parsePatients)
        .default(40),
    )
    .option('--seed <seed>', 'any text; the same seed gives the same bundles', 'belgium')
    .addOption(new Option('--dialect <dialect>', 'how the EHR writes').choices(DIALECTS).default('native'))
    .option('--truth <file>', 'write what is true of each patient, as JSON')
    .action(async ({ patients, seed, dialect, truth: file }: ExampleOptions) => {
      const { plans, truth } = drawCohort({ patients, seed });
      if (file !== undefined) await writeTruth(file, truth);
      for (const [index, plan] of plans.entries()) {
        for (const bundle of buildPatientBundles(plan, dialect)) await output.write(bundle);
        progress.show(`${index + 1} of ${patients} patients`);
      }
      progress.clear();
    });
}

function parsePatients(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MAX_PATIENTS) return number;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_PATIENTS}.`);
}

async function writeTruth(file: string, truth: unknown): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(truth, null, 2)}\n`);
  } catch (error) {
    throw rejection('file-unreadable', `${file} cannot be written: ${systemReason(error)}`);
  }
}
