import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const SHARED = process.env['CARTOGRAPH_SHARED'];
const FOLDER =
  SHARED === undefined ? new URL('../../../../shared/', import.meta.url) : pathToFileURL(`${SHARED}/`);
const SURVIVAL = new URL('survival/', FOLDER);

/** Whether the published data sets with R's results are here; tests that need them are skipped otherwise. */
export const SHARED_IS_HERE = existsSync(SURVIVAL);
if (!SHARED_IS_HERE) {
  process.stderr.write(`Skipped: the published survival data sets are not in ${SURVIVAL.pathname}\n`);
}

/** `describe`, or a skipped one where the data sets are missing. */
export const describeShared = SHARED_IS_HERE ? describe : describe.skip;

export function readExpected<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`expected/${name}`, SURVIVAL), 'utf8')) as T;
}

/** The columns of a CSV table; a column of numbers is numeric, an empty cell is NaN there. */
export function readTable(name: string): Record<string, readonly (string | number)[]> {
  const [header = '', ...lines] = readFileSync(new URL(name, SURVIVAL), 'utf8').trim().split(/\r?\n/);
  const rows = lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));
  return Object.fromEntries(
    header.split(',').map((quoted, column) => {
      const cells = rows.map((row) => row[column] ?? '');
      const numeric = cells.every((cell) => cell === '' || Number.isFinite(Number(cell)));
      const values = numeric ? cells.map((cell) => (cell === '' ? Number.NaN : Number(cell))) : cells;
      return [quoted.replaceAll('"', ''), values];
    }),
  );
}

/** A numeric column, of some of the rows. */
export function numbers(
  table: Record<string, readonly (string | number)[]>,
  column: string,
  keep: (row: number) => boolean = () => true,
): number[] {
  return (table[column] ?? []).filter((_, row) => keep(row)).map(Number);
}
