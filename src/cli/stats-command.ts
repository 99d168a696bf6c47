import { Command, InvalidArgumentError, Option } from 'commander';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { INCIDENCE_VARIANCES } from '../statistics/competing/incidence-at.ts';
import { type Covariates, parseCovariates } from '../statistics/regression/covariates.ts';
import { TIES } from '../statistics/regression/cox-likelihood.ts';
import { TIME_SCALES } from '../statistics/regression/proportional-hazards.ts';
import { CONFIDENCE_TYPES } from '../statistics/survival/confidence-band.ts';
import type { CommandContext } from './command-context.ts';
import { systemReason } from './input-files.ts';
import { openBytes } from './open-bytes.ts';
import { COMPARISON_METHODS } from './stats/comparison-methods.ts';
import { parseCsv } from './stats/parse-csv.ts';
import { type ColumnKind, type ColumnRequest, type Columns, readColumns } from './stats/read-columns.ts';
import type { Role, StatsMethod } from './stats/stats-method.ts';
import type { StatsOptions } from './stats/stats-options.ts';
import { SURVIVAL_METHODS } from './stats/survival-methods.ts';
import { toPlain } from './stats/to-plain.ts';

const METHODS: ReadonlyMap<string, StatsMethod> = new Map(
  Object.entries({ ...SURVIVAL_METHODS, ...COMPARISON_METHODS }),
);
/** More causes than anyone has; a code above it is a time or an identifier in the wrong column. */
const MOST_CAUSES = 20;

/** `cartograph stats METHOD --data F.csv …`: one JSON value. */
export function buildStatsCommand({ output, report }: CommandContext): Command {
  const command = new Command('stats')
    .description('run one statistical method on a table')
    .argument('<method>', [...METHODS.keys()].join(', '), parseMethod)
    .requiredOption('--data <file>', 'CSV with a header, plain or gzip; - for standard input')
    .addHelpText(
      'after',
      `\nMethods:\n${[...METHODS].map(([name, { title }]) => `  ${name.padEnd(16)}${title}`).join('\n')}`,
    );
  return addSettings(addColumns(command)).action(async (name: string, options: StatsOptions) => {
    const method = METHODS.get(name);
    if (method === undefined) throw new RangeError('The method was parsed');
    const requests = requestsOf(command, name, method, options);
    try {
      const table = parseCsv(await readText(options.data));
      const columns = readColumns(table, requests);
      const { rows: n, omitted } = columns;
      const result = method.run(columns, options, covariatesOf(columns, options));
      const reproducibility = method.iterated === true ? 'approx' : 'exact';
      await output.write({
        method: name,
        columns: namesOf(requests),
        n,
        omitted,
        reproducibility,
        ...(toPlain(result) as object),
      });
    } catch (error) {
      if (!(error instanceof CartographError) || error.code !== 'statistics-input-invalid') throw error;
      for (const finding of error.findings) report.add(finding);
    }
  });
}

function addColumns(command: Command): Command {
  return command
    .option('--time <column>', 'end of observation, a number of 0 or more')
    .option('--event <column>', '0 or censored; 1, 2, … or text codes that --causes names')
    .option('--entry <column>', 'start of observation, for delayed entry')
    .option('--group <column>', 'groups to compare')
    .option('--strata <column>', 'strata within which is compared')
    .option('--exposure <column>', 'time at which an exposure began; empty for never')
    .option('--value <column>', 'values to compare')
    .option('--with <column>', 'second value of each pair')
    .option('--covariates <columns>', 'covariates, comma-separated; texts are factors', parseList);
}

function addSettings(command: Command): Command {
  return command
    .option('--causes <names>', 'text codes of --event that are causes 1, 2, …, comma-separated', parseList)
    .addOption(new Option('--cause <number>', 'cause of interest').argParser(parseCause).default(1))
    .addOption(new Option('--conf <type>', 'interval').choices(CONFIDENCE_TYPES).default('log-log'))
    .addOption(new Option('--level <share>', 'of the intervals').argParser(parseLevel).default(0.95))
    .option('--at <times>', 'times of interest, comma-separated', parseNumbers)
    .addOption(new Option('--ties <method>', 'of Cox regression').choices(TIES).default('efron'))
    .addOption(
      new Option('--variance <form>', 'of incidence').choices(INCIDENCE_VARIANCES).default('jackknife'),
    )
    .addOption(new Option('--scale <scale>', 'of time, for zph').choices(TIME_SCALES).default('km'))
    .addOption(
      new Option('--rho <number>', 'weight S^rho of the log-rank test').argParser(parseNumber).default(0),
    )
    .addOption(new Option('--landmark <time>', 'of a landmark analysis').argParser(parseNumber))
    .addOption(new Option('--limit <time>', 'of the restricted mean').argParser(parseNumber))
    .option('--correct', "Yates's correction", false)
    .option('--equal-variances', "Student's t-test", false)
    .option('--force', 'fit in spite of too few events', false)
    .option('--no-curve', 'leave the steps of curves out');
}

/** What the method reads; wrong usage where an option is missing. */
function requestsOf(
  command: Command,
  name: string,
  method: StatsMethod,
  options: StatsOptions,
): readonly ColumnRequest[] {
  const needed = method.needs.map((role): readonly [Role, string | undefined] => [role, options[role]]);
  const missing = [
    ...needed.filter(([, column]) => column === undefined).map(([role]) => `--${role}`),
    ...(method.settings ?? []).filter((setting) => options[setting] === undefined).map((one) => `--${one}`),
    ...(method.regression === true && options.covariates === undefined ? ['--covariates'] : []),
  ];
  if (missing.length > 0) command.error(`error: ${name} needs ${missing.join(', ')}`);
  const roles = [...method.needs, ...method.takes];
  const requests = roles.flatMap((role): readonly ColumnRequest[] => {
    const column = options[role];
    return column === undefined ? [] : [{ role, column, kind: kindOf(role, method, options) }];
  });
  const covariates = method.regression === true ? (options.covariates ?? []) : [];
  const value = { kind: 'value' } as const;
  return [
    ...requests,
    ...covariates.map((column) => ({ role: `covariates ${column}`, column, kind: value })),
  ];
}

function kindOf(role: Role, method: StatsMethod, { causes = [] }: StatsOptions): ColumnKind {
  switch (role) {
    case 'time':
      return { kind: 'time' };
    case 'event':
      return {
        kind: 'event',
        causes,
        most: method.competing === true ? MOST_CAUSES : Math.max(1, causes.length),
      };
    case 'exposure':
      return { kind: 'exposure' };
    case 'entry':
      return { kind: 'number' };
    case 'group':
    case 'strata':
      return { kind: 'value' };
    case 'value':
    case 'with':
      return { kind: method.categorical === true ? 'value' : 'number' };
  }
}

function covariatesOf(columns: Columns, { covariates = [] }: StatsOptions): Covariates {
  const read = covariates.filter((column) => columns.has(`covariates ${column}`));
  return parseCovariates(read.map((name) => ({ name, values: columns.values(`covariates ${name}`) })));
}

function namesOf(requests: readonly ColumnRequest[]): Readonly<Record<string, string | readonly string[]>> {
  const covariates = requests
    .filter(({ role }) => role.startsWith('covariates '))
    .map(({ column }) => column);
  const others = requests.filter(({ role }) => !role.startsWith('covariates '));
  return {
    ...Object.fromEntries(others.map(({ role, column }) => [role, column])),
    ...(covariates.length === 0 ? {} : { covariates }),
  };
}

async function readText(file: string): Promise<string> {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await openBytes(file)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw rejection('file-unreadable', `${file} cannot be read: ${systemReason(error)}`);
  }
}

function parseMethod(name: string): string {
  if (METHODS.has(name)) return name;
  throw new InvalidArgumentError(`There are ${[...METHODS.keys()].join(', ')}.`);
}

function parseList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

function parseNumbers(text: string): readonly number[] {
  return parseList(text).map(parseNumber);
}

function parseNumber(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw new InvalidArgumentError('Expected a number of 0 or more.');
}

function parseCause(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_CAUSES) return number;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_CAUSES}.`);
}

function parseLevel(text: string): number {
  const number = Number(text);
  if (number > 0 && number < 1) return number;
  throw new InvalidArgumentError('Expected a number between 0 and 1.');
}
