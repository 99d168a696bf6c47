import { InputFindings } from '../data/input-findings.ts';

/** Counts of a table of two classifications. */
export interface ContingencyTable {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly counts: Float64Array;
  readonly rowTotals: Float64Array;
  readonly columnTotals: Float64Array;
  readonly total: number;
}

/**
 * At least two rows and two columns of whole numbers, all rows of one length; else throws
 * `statistics-input-invalid`.
 */
export function parseContingencyTable(cells: readonly (readonly number[])[]): ContingencyTable {
  const findings = new InputFindings();
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  if (rows < 2 || columns < 2) findings.table('The table is too small', 'two rows and two columns or more');
  for (const [row, counts] of cells.entries()) {
    if (counts.length !== columns) findings.row(row, 'number of columns', counts.length, String(columns));
    for (const count of counts) {
      if (!(Number.isSafeInteger(count) && count >= 0)) findings.row(row, 'count', count, 'a whole number');
    }
  }
  findings.throwIfAny();
  const rowTotals = new Float64Array(rows);
  const columnTotals = new Float64Array(columns);
  const counts = Float64Array.from(cells.flat());
  let total = 0;
  for (const [at, count] of counts.entries()) {
    const row = Math.floor(at / columns);
    const column = at % columns;
    rowTotals[row] = (rowTotals[row] as number) + count;
    columnTotals[column] = (columnTotals[column] as number) + count;
    total += count;
  }
  return { rows, columns, counts, rowTotals, columnTotals, total };
}
