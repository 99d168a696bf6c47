/** A table that is yet to be filled: what is left of its rows and columns, which add up to the same. */
export interface OpenMargins {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Logarithms of the product of 1 / cell! over ways to fill a table. */
export interface CompletionBounds {
  /** No way has more. */
  readonly most: number;
  /** No way has less. */
  readonly least: number;
  /** Of the sum over all ways. */
  readonly sum: number;
}

/**
 * Bounds by which partial tables need not be followed to their end (the network of Mehta and Patel 1983): a line whose
 * cells are even has the most, one whose cells are as uneven as the other margin allows has the least. `logFactorials`
 * holds ln n! up to the total.
 */
export function completionBounds(margins: OpenMargins, logFactorials: Float64Array): CompletionBounds {
  const { rows, columns } = margins;
  const logOf = (n: number): number => logFactorials[n] as number;
  const sumOf = (values: readonly number[], f: (value: number) => number): number =>
    values.reduce((sum, value) => sum + f(value), 0);
  const ofMargins = -sumOf(rows, logOf) - sumOf(columns, logOf);
  const sum = logOf(sumOf(rows, (row) => row)) + ofMargins;
  if (rows.length === 1 || columns.length === 1) return { most: sum, least: sum, sum };
  const even = (total: number, cells: number): number => {
    const share = Math.floor(total / cells);
    const larger = total % cells;
    return -(larger * logOf(share + 1) + (cells - larger) * logOf(share));
  };
  const rowsDown = rows.toSorted((a, b) => b - a);
  const columnsDown = columns.toSorted((a, b) => b - a);
  const uneven = (total: number, roomsDown: readonly number[]): number => {
    let left = total;
    return -sumOf(roomsDown, (room) => {
      const cell = Math.min(room, left);
      left -= cell;
      return logOf(cell);
    });
  };
  return {
    most: Math.min(
      sumOf(rows, (row) => even(row, columns.length)),
      sumOf(columns, (column) => even(column, rows.length)),
    ),
    least: Math.max(
      sumOf(rows, (row) => uneven(row, columnsDown)),
      sumOf(columns, (column) => uneven(column, rowsDown)),
    ),
    sum,
  };
}
