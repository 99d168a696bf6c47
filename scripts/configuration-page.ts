/** docs/configuration.md, from the table of settings. */
import { SETTINGS } from '../src/config.ts';

export const CONFIGURATION_PAGE_FILE = 'docs/configuration.md';

const HEAD = `# Configuration

Generated from the table in \`src/config.ts\` by \`npm run generate\`; do not edit.

The service and the commands that open its database (\`serve\`, \`erase\`, \`reindex\` and their like) are set up by variables
of the environment. An empty variable counts as none. A value that is not allowed, and a name that begins with
\`CARTOGRAPH_\` and is none of these, are refused at the start with status 2 and a line on standard error for each.
`;

export function configurationPage(): string {
  const sections = Map.groupBy(Object.values(SETTINGS), ({ section }) => section);
  const tables = [...sections].map(([section, settings]) => {
    const rows = settings.map(
      ({ name, standard, expected, meaning }) =>
        `| \`${name}\` | ${cell(standard)} | ${cell(expected)} | ${cell(meaning)} |`,
    );
    const table = ['| variable | default | allowed | meaning |', '| --- | --- | --- | --- |', ...rows];
    return `\n## ${section}\n\n${table.join('\n')}\n`;
  });
  return HEAD + tables.join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
