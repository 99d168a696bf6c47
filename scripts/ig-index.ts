/** docs/profiles.md: every artefact of the built guide, with what it is for. */
import { fileURLToPath } from 'node:url';
import { readArchive } from './ig-archive.ts';

export const GUIDE_INDEX_FILE = 'docs/profiles.md';

interface Artefact {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly title?: string;
  readonly name?: string;
  readonly description?: string;
  readonly type?: string;
  readonly code?: unknown;
  readonly context?: readonly { readonly expression: string }[];
  readonly concept?: readonly unknown[];
  readonly meta?: { readonly profile?: readonly string[] };
}

const archive = fileURLToPath(new URL('../profiles/package.tgz', import.meta.url));

const cell = (text: string | undefined): string =>
  (text ?? '').replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();

function table(heads: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  const line = (cells: readonly (string | undefined)[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** The page as Markdown. */
export async function guideIndex(): Promise<string> {
  const files = [...(await readArchive(archive))].filter(
    ([file]) => file.endsWith('.json') && !/\/(\.index|package|build)\.json$/.test(file),
  );
  const read = (inExample: boolean): readonly Artefact[] =>
    files
      .filter(([file]) => file.startsWith('package/example/') === inExample)
      .map(([, text]) => JSON.parse(text));
  const definitions = read(false);
  const examples = read(true);
  const of = (type: string) => definitions.filter(({ resourceType }) => resourceType === type);
  const structures = of('StructureDefinition');
  const examplesOf = (url: string | undefined) =>
    examples
      .filter(({ meta }) => url !== undefined && meta?.profile?.includes(url))
      .map(({ id }) => `\`${id}\``);
  const sections: readonly (readonly [string, string])[] = [
    [
      'Profiles',
      table(
        ['profile', 'of', 'what it says', 'examples'],
        structures
          .filter(({ type }) => type !== 'Extension')
          .map((each) => [`\`${each.id}\``, each.type, each.description, examplesOf(each.url).join(', ')]),
      ),
    ],
    [
      'Extensions',
      table(
        ['extension', 'on', 'what it says'],
        structures
          .filter(({ type }) => type === 'Extension')
          .map((each) => [
            `\`${each.id}\``,
            each.context?.map(({ expression }) => expression).join(', '),
            each.description,
          ]),
      ),
    ],
    [
      'Code systems',
      table(
        ['code system', 'codes', 'what for'],
        of('CodeSystem').map((each) => [
          `\`${each.id}\``,
          String(each.concept?.length ?? 0),
          each.description,
        ]),
      ),
    ],
    [
      'Value sets',
      table(
        ['value set', 'what for'],
        of('ValueSet').map((each) => [`\`${each.id}\``, each.description]),
      ),
    ],
    [
      'Operations',
      table(
        ['operation', 'what it does'],
        of('OperationDefinition').map((each) => [`\`$${String(each.code)}\``, each.description]),
      ),
    ],
  ];
  const canonical = structures[0]?.url?.replace(/\/StructureDefinition\/.*$/, '') ?? '';
  const intro = `Generated from \`profiles/package.tgz\` by \`npm run ig\`; do not edit. Canonical URLs are \`${canonical}/\`, the resource type, \`/\` and the id: \`${canonical}/StructureDefinition/${lastPart(structures[0]?.url ?? '')}\`.`;
  return `# The guide's artefacts\n\n${intro}\n\n${sections.map(([title, body]) => `## ${title}\n\n${body}\n`).join('\n')}`;
}
