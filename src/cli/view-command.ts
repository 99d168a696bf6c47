import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { openTable, TABLE_FORMATS, type TableFormat } from '../export/open-table.ts';
import type { OpenTable } from '../export/table.ts';
import { viewTableColumns } from '../export/view-table-columns.ts';
import { type CompiledView, compileView } from '../mapping/view/compile-view.ts';
import type { CommandContext } from './command-context.ts';
import { systemReason } from './input-files.ts';
import { type InputItem, readResources } from './read-resources.ts';

interface ViewOptions {
  readonly format: TableFormat;
}

/** `cartograph view <ViewDefinition> <in>`: the rows of a SQL on FHIR v2 view over the input. */
export function buildViewCommand(context: CommandContext): Command {
  return new Command('view')
    .description('print the rows of a SQL on FHIR v2 ViewDefinition')
    .argument('<view>', 'a ViewDefinition as JSON')
    .argument('<in...>', 'files, folders, or - for standard input: FHIR R4 as JSON or NDJSON, plain or gzip')
    .addOption(
      new Option('--format <format>', 'how rows are written').choices(TABLE_FORMATS).default('ndjson'),
    )
    .addHelpText(
      'after',
      '\nEvery resource of the input has its rows: one that stands in several bundles has them several times.' +
        '\nIn Parquet a column has the type that the view declares, else the one that its path has in R4. Dates and' +
        '\ndateTimes are texts, for they may be partial; the tag ansi/type DATE makes a column one of dates.',
    )
    .action((view: string, inputs: readonly string[], options: ViewOptions) =>
      printRows(view, inputs, options, context),
    );
}

async function printRows(
  file: string,
  inputs: readonly string[],
  { format }: ViewOptions,
  context: CommandContext,
): Promise<void> {
  const view = await readView(file);
  const table = openTable(viewTableColumns(view), format);
  await context.output.writeChunk(table.head);
  for await (const item of readResources(inputs)) await printRowsOf(item, view, table, context);
  await context.output.writeChunk(table.end());
}

const FAULTS_OF_ONE_RESOURCE: readonly string[] = ['expression-failed', 'cell-type-mismatch'];

/** A resource that does not fit the view is a finding with its file and line. */
async function printRowsOf(
  item: InputItem,
  view: CompiledView,
  table: OpenTable,
  { output, report }: CommandContext,
): Promise<void> {
  if (item.kind === 'finding') report.add(item.finding);
  if (item.kind !== 'resource') return;
  try {
    for (const row of view.rows(item.resource)) await output.writeChunk(table.add(row));
  } catch (error) {
    if (!(error instanceof CartographError) || !FAULTS_OF_ONE_RESOURCE.includes(error.code)) throw error;
    const reference = `${item.resource.resourceType}/${item.resource.id}`;
    for (const finding of error.findings) report.add({ ...finding, reference, ...item.origin });
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
