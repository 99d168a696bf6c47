import { Command } from 'commander';
import { outcomeOf } from '../fhir/operation-outcome.ts';
import { loadProfiles } from '../profiles/load-profiles.ts';
import type { ValidationIssue } from '../profiles/validation-issue.ts';
import type { CommandContext } from './command-context.ts';
import { type InputFile, listInputFiles, systemReason } from './input-files.ts';
import { noResource } from './no-resource.ts';
import { openBytes } from './open-bytes.ts';
import { readJsonValues } from './read-json-values.ts';

interface ValidateOptions {
  readonly profile: readonly string[];
  readonly ig: readonly string[];
}

/** What was found in one JSON value of the input. */
interface Validated {
  readonly file: string;
  readonly line: number;
  readonly issues: readonly ValidationIssue[];
}

const BY_LINES = /\.(ndjson|jsonl)(\.gz)?$/i;

/** `cartograph validate <in>`: one OperationOutcome for each resource about which there is something to say. */
export function buildValidateCommand(context: CommandContext): Command {
  const command = new Command('validate')
    .description(
      'check resources against FHIR R4 and profiles; print one OperationOutcome a resource with findings',
    )
    .usage('[options] <in...>')
    .argument('[in...]', 'files, folders, or - for standard input: FHIR R4 as JSON or NDJSON, plain or gzip')
    .option('--profile <url...>', 'profiles that every resource has to satisfy')
    .option('--ig <path...>', 'further guides: packages (.tgz), folders, or files of definitions');
  return command.action(async (operands: readonly string[], options: Partial<ValidateOptions>) => {
    const { inputs, ...rest } = splitOperands(operands, { profile: [], ig: [], ...options });
    if (inputs.length === 0) command.error("error: missing required argument 'in'");
    await validateInputs(inputs, rest, context);
  });
}

const URL_LIKE = /^(?:https?|urn):/;

/** Options that take several values also take the inputs behind them: what is no URL, and the last path of all. */
function splitOperands(
  operands: readonly string[],
  { profile, ig }: ValidateOptions,
): ValidateOptions & { readonly inputs: readonly string[] } {
  const profiles = profile.filter((value) => URL_LIKE.test(value));
  const inputs = [...operands, ...profile.filter((value) => !URL_LIKE.test(value))];
  if (inputs.length > 0 || ig.length < 2) return { inputs, profile: profiles, ig };
  return { inputs: ig.slice(-1), profile: profiles, ig: ig.slice(0, -1) };
}

async function validateInputs(
  inputs: readonly string[],
  { profile: profiles, ig: guides }: ValidateOptions,
  context: CommandContext,
): Promise<void> {
  const validator = await loadProfiles({ guides });
  const validate = (value: unknown): readonly ValidationIssue[] =>
    validator.validateResource(value, { profiles });
  const counts = { resources: 0, invalid: 0, errors: 0, warnings: 0 };
  for (const input of await listInputFiles(inputs)) {
    for await (const { file, line, issues } of validateFile(input, validate)) {
      const errors = issues.filter(({ severity }) => severity === 'error').length;
      counts.resources += 1;
      counts.invalid += errors > 0 ? 1 : 0;
      counts.errors += errors;
      counts.warnings += issues.filter(({ severity }) => severity === 'warning').length;
      if (issues.length > 0) await context.output.write(located(issues, `${file}:${line}`));
    }
  }
  if (counts.resources === 0) context.report.add(noResource(inputs));
  context.report.noteErrors(counts.errors);
  context.progress.clear();
  const { resources, invalid, errors, warnings } = counts;
  context.stderr.write(
    `${resources} resources, ${invalid} invalid: ${errors} errors, ${warnings} warnings\n`,
  );
}

/** The outcome says in each issue where in the input its resource stands. */
function located(issues: readonly ValidationIssue[], place: string): unknown {
  const outcome = outcomeOf(issues);
  return { ...outcome, issue: outcome.issue.map((issue) => ({ ...issue, location: [place] })) };
}

async function* validateFile(
  { path, problem, found }: InputFile,
  validate: (value: unknown) => readonly ValidationIssue[],
): AsyncGenerator<Validated, void, undefined> {
  const file = path === '-' ? 'stdin' : path;
  if (problem !== undefined) {
    yield failed(file, 1, 'file-unreadable', problem);
    return;
  }
  const byLines = BY_LINES.test(path);
  try {
    for await (const item of readJsonValues(await openBytes(path), byLines)) {
      if ('problem' in item) yield failed(file, item.line, 'json-malformed', item.problem);
      else if (found !== true || byLines || isResource(item.value)) {
        yield { file, line: item.line, issues: validate(item.value) };
      }
    }
  } catch (error) {
    yield failed(file, 1, 'file-unreadable', systemReason(error));
  }
}

/** Of what was only found in a folder, settings and manifests are left alone. */
function isResource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'resourceType' in value;
}

function failed(
  file: string,
  line: number,
  code: 'file-unreadable' | 'json-malformed',
  problem: string,
): Validated {
  return { file, line, issues: [{ code, severity: 'error', message: problem, expression: '' }] };
}
