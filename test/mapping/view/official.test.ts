import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileView } from '../../../src/mapping/view/compile-view.ts';

/** The official SQL on FHIR v2 tests, read where the shared data lies; see CARTOGRAPH_SHARED. */
interface OfficialTest {
  readonly title: string;
  readonly view: unknown;
  readonly expect?: readonly Readonly<Record<string, unknown>>[];
  readonly expectCount?: number;
  readonly expectError?: boolean;
  readonly expectColumns?: readonly string[];
}

interface OfficialSuite {
  readonly title: string;
  readonly resources: readonly unknown[];
  readonly tests: readonly OfficialTest[];
}

const SHARED = process.env['CARTOGRAPH_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const FOLDER = join(SHARED, 'fhir/sql-on-fhir-v2/tests');

if (existsSync(FOLDER)) {
  for (const file of readdirSync(FOLDER).sort()) {
    const suite = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as OfficialSuite;
    describe(`official: ${suite.title}`, () => {
      it.each(suite.tests.map((test) => [test.title, test] as const))('%s', (_title, test) => {
        check(test, suite.resources);
      });
    });
  }
} else {
  it.skip(`official SQL on FHIR tests: ${FOLDER} is missing`, () => undefined);
}

function check(test: OfficialTest, resources: readonly unknown[]): void {
  const run = (): readonly Readonly<Record<string, unknown>>[] => {
    const view = compileView(test.view);
    return resources.flatMap((resource) => view.rows(resource));
  };
  if (test.expectError === true) {
    expect(run).toThrow(expect.objectContaining({ name: 'CartographError' }));
    return;
  }
  const rows = run();
  if (test.expectCount !== undefined) expect(rows).toHaveLength(test.expectCount);
  if (test.expect !== undefined) expect(sorted(rows)).toEqual(sorted(test.expect));
  if (test.expectColumns !== undefined) {
    expect(compileView(test.view).columns.map((column) => column.name)).toEqual(test.expectColumns);
  }
}

/** Rows of a table have no order. */
function sorted(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
}
