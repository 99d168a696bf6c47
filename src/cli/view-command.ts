import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { csvLine } from '../export/csv-line.ts';
import { type CompiledView, compileView } from '../mapping/view/compile-view.ts';
import type { CommandContext } from './command-context.ts';
import { systemReason } from './input-files.ts';
import { readResources } from './read-resources.ts';

/** Both are written line by line, so that an export of any size flows through. */
const FORMATS = ['ndjson', 'csv'] as const;

interface ViewOptions {
  readonly format: (typeof FORMATS)[number];
}

/** `cartograph view <ViewDefinition> <in>`: the rows of a SQL on FHIR v2 view over the input. */
export function buildViewCommand(context: CommandContext): Command {
  return new Command('view')
    .description('print the rows of a SQL on FHIR v2 ViewDefinition')
    .argument('<view>', 'a ViewDefinition as JSON')
    .argument('<in...>', 'files, folders, or - for standard input: FHIR R4 as JSON or NDJSON, plain or gzip')
    .addOption(new Option('--format <format>', 'how rows are written').choices(FORMATS).default('ndjson'))
    .action((view: string, inputs: readonly string[], options: ViewOptions) =>
      printRows(view, inputs, options, context),
    );
}

/** A resource to which an expression of the view cannot be applied is a finding with its file and line. */
async function printRows(
  file: string,
  inputs: readonly string[],
  { format }: ViewOptions,
  { output, report }: CommandContext,
): Promise<void> {
  const view = await readView(file);
  const names = view.columns.map(({ name }) => name);
  if (format === 'csv') await output.writeText(csvLine(names));
  for await (const item of readResources(inputs)) {
    if (item.kind === 'finding') report.add(item.finding);
    if (item.kind !== 'resource') continue;
    try {
      for (const row of view.rows(item.resource)) {
        if (format === 'csv') await output.writeText(csvLine(names.map((name) => row[name])));
        else await output.write(row);
      }
    } catch (error) {
      if (!(error instanceof CartographError) || error.code !== 'expression-failed') throw error;
      const reference = `${item.resource.resourceType}/${item.resource.id}`;
      for (const finding of error.findings) report.add({ ...finding, reference, ...item.origin });
    }
  }
}

async function readView(file: string): Promise<CompiledView> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw rejection('file-unreadable', `${file}: ${systemReason(cause)}`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw rejection('json-malformed', `${file}: ${(cause as Error).message}`, { cause });
  }
  return compileView(json);
}
