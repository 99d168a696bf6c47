import { readFile } from 'node:fs/promises';
import { buildAdtte } from '../../src/export/adtte.ts';
import { buildAnalysisSet } from '../../src/export/analysis-set.ts';
import { parseColumn } from '../../src/reports/parse-column.ts';

const page = await readFile('docs/analysis-sets.md', 'utf8');

/** The names in code font in the first cells of a section's table. */
function namesOf(title: string): readonly string[] {
  const [, section = ''] = page.split(`## ${title}\n`);
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

/** The names that the refusal of an unknown column offers. */
function offered(): readonly string[] {
  try {
    parseColumn('none of them');
    return [];
  } catch (error) {
    const { findings } = error as { readonly findings: readonly { readonly expected?: string }[] };
    return (findings[0]?.expected ?? '').split(', ').filter((name) => /^[a-z0-9-]+$/.test(name));
  }
}

describe('docs/analysis-sets.md', () => {
  it('tells every column of an analysis set, in its order', () => {
    const { columns } = buildAnalysisSet([], [], '2025-06-30');
    expect(namesOf('Columns of the analysis set')).toEqual(columns.map(({ name }) => name));
  });

  it('tells every column of ADTTE, in its order', () => {
    const { columns } = buildAdtte([], [], '2025-06-30', 'S');
    expect(namesOf('ADTTE')).toEqual(columns.map(({ name }) => name));
  });

  it('tells every column that may be added, and none that is refused', () => {
    const told = namesOf('Columns that may be added');
    expect(offered().filter((name) => !told.includes(name))).toEqual([]);
    expect(offered().length).toBeGreaterThan(20);
    for (const name of told.filter((one) => /^[a-z0-9-]+$/.test(one)))
      expect(parseColumn(name)).toHaveProperty('name', name);
  });
});
