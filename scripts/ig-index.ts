/** docs/profiles.md: every artefact of the built guide, with what it is for. */
import { fileURLToPath } from 'node:url';
import { readArchive } from './ig-archive.ts';

export const GUIDE_INDEX_FILE = 'docs/profiles.md';

interface Artefact {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly description?: string;
  readonly type?: string;
  readonly code?: string;
  readonly kind?: string;
  readonly base?: readonly string[];
  readonly context?: readonly { readonly expression: string }[];
  readonly concept?: readonly unknown[];
  readonly group?: readonly { readonly element: readonly unknown[] }[];
  readonly contained?: readonly Artefact[];
  readonly meta?: { readonly profile?: readonly string[] };
}

interface Column {
  readonly head: string;
  readonly cell: (artefact: Artefact) => string | undefined;
}

const ARCHIVE = fileURLToPath(new URL('../profiles/package.tgz', import.meta.url));
const RESOURCE = /^package\/(example\/)?[A-Z][A-Za-z]+-[^/]+\.json$/;

const inOneLine = (text: string | undefined): string =>
  (text ?? '').replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

function table(artefacts: readonly Artefact[], columns: readonly Column[]): string {
  const line = (cells: readonly (string | undefined)[]) => `| ${cells.map(inOneLine).join(' | ')} |`;
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(() => '---')),
    ...artefacts.map((artefact) => line(columns.map(({ cell }) => cell(artefact)))),
  ].join('\n');
}

const id = (head: string): Column => ({ head, cell: (each) => `\`${each.id}\`` });
const description: Column = { head: 'what it is for', cell: (each) => each.description };

const claims = (url: string | undefined, { meta, contained }: Artefact): boolean =>
  url !== undefined &&
  (meta?.profile?.includes(url) === true || contained?.some((each) => claims(url, each)) === true);

/** The page as Markdown. */
export async function guideIndex(): Promise<string> {
  const files = [...(await readArchive(ARCHIVE))].filter(([file]) => RESOURCE.test(file));
  const read = (example: boolean): readonly Artefact[] =>
    files
      .filter(([file]) => file.startsWith('package/example/') === example)
      .map(([, text]) => JSON.parse(text));
  const definitions = read(false);
  const examples = read(true);
  const of = (type: string) => definitions.filter(({ resourceType }) => resourceType === type);
  const structures = of('StructureDefinition');
  const extensions = structures.filter(({ type }) => type === 'Extension');
  const profiles = structures.filter(({ type }) => type !== 'Extension');

  const base: Column = { head: 'of', cell: ({ type }) => type };
  const context: Column = {
    head: 'on',
    cell: (each) => each.context?.map(({ expression }) => expression).join(', '),
  };
  const codes: Column = { head: 'codes', cell: ({ concept }) => String(concept?.length ?? 0) };
  const mapped: Column = {
    head: 'codes',
    cell: ({ group }) => String((group ?? []).reduce((sum, { element }) => sum + element.length, 0)),
  };
  const capabilities: Column = { head: 'kind', cell: ({ kind }) => kind };
  const parameter: Column = { head: 'parameter', cell: ({ code }) => `\`${code}\`` };
  const parameterBase: Column = { head: 'of', cell: ({ base: types }) => types?.join(', ') };
  const operation: Column = { head: 'operation', cell: ({ code }) => `\`$${code}\`` };
  const exampleIds: Column = {
    head: 'examples',
    cell: ({ url }) =>
      examples
        .filter((each) => claims(url, each))
        .map((each) => `\`${each.id}\``)
        .join(', '),
  };
  return [
    '# The artefacts of the guide',
    'Generated from `profiles/package.tgz` by `npm run ig`; do not edit.',
    `## Profiles\n\n${table(profiles, [id('profile'), base, description, exampleIds])}`,
    `## Extensions\n\n${table(extensions, [id('extension'), context, description])}`,
    `## Code systems\n\n${table(of('CodeSystem'), [id('code system'), codes, description])}`,
    `## Value sets\n\n${table(of('ValueSet'), [id('value set'), description])}`,
    `## Concept maps\n\n${table(of('ConceptMap'), [id('concept map'), mapped, description])}`,
    `## Operations\n\n${table(of('OperationDefinition'), [operation, description])}`,
    `## Search parameters\n\n${table(of('SearchParameter'), [parameter, parameterBase, description])}`,
    `## Servers\n\n${table(of('CapabilityStatement'), [id('capability statement'), capabilities, description])}\n`,
  ].join('\n\n');
}
