/** docs/errors.md, from the catalogue of codes. */
import type { CatalogueEntry, Category } from '../src/core/catalogue/catalogue-entry.ts';
import { CATALOGUE } from '../src/core/catalogue.ts';

export const ERRORS_PAGE_FILE = 'docs/errors.md';

/** What each category means to a caller, in the order of the page. */
const CATEGORIES: Readonly<Record<Category, string>> = {
  structure: 'The input is not what FHIR, JSON or the schema of a file allows.',
  value: 'An element or setting has a value that cannot be accepted.',
  'not-found': 'Something that was named does not exist.',
  'not-supported': 'Legal, but not done here.',
  conflict: 'Two things exclude each other.',
  'too-large': 'Over a configured limit.',
  forbidden: 'Not allowed.',
  busy: 'Try again later.',
  fault: 'A defect of this software.',
  data: 'Findings about clinical data. They reject nothing: they stand in the record and beside results.',
};

const HEAD = `# Codes

Generated from \`src/core/catalogue/\` by \`npm run generate\`; do not edit.

Every rejected request and every finding carries one of these codes. In an OperationOutcome it is
\`issue.details.coding.code\`, in \`application/problem+json\` and in a finding it is \`code\`. A code keeps its meaning for
good. Messages may change.
`;

export async function errorsPage(): Promise<string> {
  const entries: readonly (readonly [string, CatalogueEntry])[] = Object.entries(CATALOGUE);
  const sections = Object.entries(CATEGORIES).map(([category, meaning]) => {
    const rows = entries
      .filter(([, entry]) => entry.category === category)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, entry]) => `| \`${code}\` | ${cell(entry.meaning)} | ${cell(entry.action)} |`);
    const table = ['| code | meaning | what to do |', '| --- | --- | --- |', ...rows].join('\n');
    return `\n## ${category}\n\n${meaning}\n\n${rows.length === 0 ? 'None yet.' : table}\n`;
  });
  return HEAD + sections.join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
