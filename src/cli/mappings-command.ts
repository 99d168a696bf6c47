import type { Resource } from '@medplum/fhirtypes';
import { Command } from 'commander';
import { CartographError } from '../core/cartograph-error.ts';
import { explainResource } from '../mapping/explain-resource.ts';
import { linkIndex } from '../mapping/link-resources.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import type { CommandContext } from './command-context.ts';
import { addInputOptions, addMappingsOption, type InputOptions } from './input-options.ts';
import { readResources } from './read-resources.ts';

/** `cartograph mappings check` and `cartograph mappings explain <in>`. */
export function buildMappingsCommand(context: CommandContext): Command {
  const check = addMappingsOption(
    new Command('check').description('are the mapping files sound: one line that says what they hold'),
  ).action((options: Pick<InputOptions, 'mappings'>) => checkMappings(options.mappings, context));
  const explain = addInputOptions(
    new Command('explain').description(
      'one line a resource: what matched, which rows and facts, what fell through',
    ),
  ).action((inputs: readonly string[], options: InputOptions) => explainInputs(inputs, options, context));
  return new Command('mappings')
    .description('the mapping knowledge and the site overlays')
    .addCommand(check.exitOverride())
    .addCommand(explain.exitOverride());
}

/** Every trouble is a finding with its file and place; expressions that our compiler leaves to a library are listed. */
async function checkMappings(folder: string, { output, report }: CommandContext): Promise<void> {
  try {
    const { views, factMaps, conceptMaps, sites, version } = await loadMappings(folder);
    await output.write({
      version,
      views: views.length,
      factMaps: factMaps.length,
      conceptMaps: conceptMaps.size,
      codes: [...conceptMaps.values()].reduce((sum, { size }) => sum + size, 0),
      sites,
      expressions: views.reduce((sum, { totalExpressions }) => sum + totalExpressions, 0),
      compiledExpressions: views.reduce((sum, { compiledExpressions }) => sum + compiledExpressions, 0),
      fallbacks: views.flatMap(({ name, fallbacks }) => fallbacks.map((one) => ({ view: name, ...one }))),
      unknownElements: views.flatMap(({ name, unknownElements }) =>
        unknownElements.map((element) => ({ view: name, element })),
      ),
    });
  } catch (error) {
    if (!(error instanceof CartographError)) throw error;
    for (const finding of error.findings) report.add(finding);
  }
}

/** All resources are held, for one may refer to another anywhere in the input. */
async function explainInputs(
  inputs: readonly string[],
  { mappings: folder, site }: InputOptions,
  { output, report }: CommandContext,
): Promise<void> {
  const mappings = await loadMappings(folder);
  const resources: Resource[] = [];
  for await (const item of readResources(inputs)) {
    if (item.kind === 'finding') report.add(item.finding);
    else if (item.kind === 'resource') resources.push(item.resource);
  }
  const index = linkIndex(resources);
  for (const resource of resources) await output.write(explainResource(resource, site, index, mappings));
}
