import type { AnalysisRow } from './analysis-set.ts';
import { csvLine } from './csv-line.ts';

export const ROW_FORMATS = ['ndjson', 'csv'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

/** The rows as text, all with the members of the first. */
export function* writeRows(
  rows: readonly AnalysisRow[],
  format: RowFormat,
): Generator<string, void, undefined> {
  const names = Object.keys(rows[0] ?? {});
  if (format === 'csv') yield csvLine(names);
  for (const row of rows) {
    yield format === 'csv' ? csvLine(names.map((name) => row[name])) : `${JSON.stringify(row)}\n`;
  }
}
