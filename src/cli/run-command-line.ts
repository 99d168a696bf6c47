import { Command, CommanderError } from 'commander';
import { CartographError } from '../core/cartograph-error.ts';
import { localDate } from '../setup/local-date.ts';
import { readVersion } from '../setup/read-version.ts';
import { buildBackupCommand } from './backup-command.ts';
import { buildCohortCommand } from './cohort-command.ts';
import type { CommandContext } from './command-context.ts';
import { buildDeriveCommand } from './derive-command.ts';
import { buildDoctorCommand } from './doctor-command.ts';
import { buildEraseCommand } from './erase-command.ts';
import { buildExampleCommand } from './example-command.ts';
import { FindingsReport } from './findings-report.ts';
import { buildGradeCommand } from './grade-command.ts';
import { buildHctCommand } from './hct-command.ts';
import { buildMapCommand } from './map-command.ts';
import { buildMappingsCommand } from './mappings-command.ts';
import { buildNdjsonOutput, OutputClosed } from './ndjson-output.ts';
import { buildProgress } from './progress.ts';
import { buildRebuildCommand } from './rebuild-command.ts';
import { buildReindexCommand } from './reindex-command.ts';
import { buildRestoreCommand } from './restore-command.ts';
import { buildServeCommand } from './serve-command.ts';
import { buildStatsCommand } from './stats-command.ts';
import { buildValidateCommand } from './validate-command.ts';
import { buildViewCommand } from './view-command.ts';

/** Exit status: done; the input has errors; wrong usage or settings. */
const DONE = 0;
const INPUT_ERRORS = 1;
const WRONG_USAGE = 2;

/** Runs one command and answers its exit status. `args` are those behind the command's name. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  // A reader of our messages that has gone is no reason to stop.
  process.stderr.on('error', () => undefined);
  const progress = buildProgress(process.stderr, Date.now);
  const context: CommandContext = {
    output: buildNdjsonOutput(process.stdout),
    report: new FindingsReport(process.stderr, progress),
    progress,
    stderr: process.stderr,
    today: localDate(new Date()),
  };
  try {
    await buildProgram(context, await readVersion()).parseAsync(args, { from: 'user' });
    return context.report.hasErrors ? INPUT_ERRORS : DONE;
  } catch (error) {
    progress.clear();
    if (error instanceof OutputClosed) return context.report.hasErrors ? INPUT_ERRORS : DONE;
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE;
    if (!(error instanceof CartographError)) throw error;
    for (const finding of error.findings) context.report.add(finding);
    return WRONG_USAGE;
  }
}

const EXIT_STATUS =
  '\nResults go to standard output, findings to standard error. Exit status: 0 done, 1 the input has errors,' +
  '\n2 wrong usage or settings.';

const COMMANDS = [
  buildServeCommand,
  buildDoctorCommand,
  buildEraseCommand,
  buildReindexCommand,
  buildRebuildCommand,
  buildBackupCommand,
  buildRestoreCommand,
  buildMapCommand,
  buildViewCommand,
  buildMappingsCommand,
  buildDeriveCommand,
  buildGradeCommand,
  buildHctCommand,
  buildCohortCommand,
  buildStatsCommand,
  buildExampleCommand,
  buildValidateCommand,
];

function buildProgram(context: CommandContext, version: string): Command {
  const program = new Command('cartograph')
    .description('FHIR R4 adapter for CD19 CAR-T therapy in B-cell ALL')
    .version(version, '-V, --version', 'print the version')
    .addHelpText('after', EXIT_STATUS)
    .exitOverride();
  for (const build of COMMANDS) {
    program.addCommand(build(context).copyInheritedSettings(program));
  }
  return program;
}
