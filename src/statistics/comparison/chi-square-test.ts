import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { parseContingencyTable } from './contingency-table.ts';

export interface ChiSquareTest {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
  /** Yates's continuity correction was applied. */
  readonly corrected: boolean;
  /** Below 5 the approximation is doubtful. */
  readonly smallestExpected: number;
}

/** Pearson's test of independence. `correct` is Yates's, for two by two tables alone; off by default (S7). */
export function chiSquareTest(
  cells: readonly (readonly number[])[],
  options: { readonly correct?: boolean } = {},
): Computed<ChiSquareTest> {
  const table = parseContingencyTable(cells);
  const { rows, columns, counts, rowTotals, columnTotals, total } = table;
  if (rowTotals.includes(0) || columnTotals.includes(0)) return notComputed('empty-margin');
  const expected = counts.map(
    (_, at) =>
      ((rowTotals[Math.floor(at / columns)] as number) * (columnTotals[at % columns] as number)) / total,
  );
  const corrected = options.correct === true && rows === 2 && columns === 2;
  let yates = corrected ? 0.5 : 0;
  for (const [at, count] of counts.entries())
    yates = Math.min(yates, Math.abs(count - (expected[at] as number)));
  let chiSquare = 0;
  let smallestExpected = Number.POSITIVE_INFINITY;
  for (const [at, count] of counts.entries()) {
    const wanted = expected[at] as number;
    const distance = Math.abs(count - wanted) - yates;
    chiSquare += (distance * distance) / wanted;
    smallestExpected = Math.min(smallestExpected, wanted);
  }
  const df = (rows - 1) * (columns - 1);
  return {
    status: 'computed',
    chiSquare,
    df,
    p: chiSquareUpperTail(chiSquare, df),
    corrected,
    smallestExpected,
  };
}
