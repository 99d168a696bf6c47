import { csvLine } from './csv-line.ts';
import { openParquet } from './open-parquet.ts';
import type { Chunk, OpenTable, Table, TableColumn } from './table.ts';

export const TABLE_FORMATS = ['ndjson', 'csv', 'parquet'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export function openTable(columns: readonly TableColumn[], format: TableFormat): OpenTable {
  const names = columns.map(({ name }) => name);
  const end = () => '';
  switch (format) {
    case 'ndjson':
      return { head: '', add: (row) => `${JSON.stringify(row)}\n`, end };
    case 'csv':
      return { head: csvLine(names), add: (row) => csvLine(names.map((name) => row[name])), end };
    case 'parquet':
      return openParquet(columns);
  }
}

/** A table that is there whole; no chunk is empty. */
export function* writeTable(
  { columns, rows }: Table,
  format: TableFormat,
): Generator<Chunk, void, undefined> {
  const table = openTable(columns, format);
  if (table.head.length > 0) yield table.head;
  for (const row of rows) {
    const chunk = table.add(row);
    if (chunk.length > 0) yield chunk;
  }
  const rest = table.end();
  if (rest.length > 0) yield rest;
}
