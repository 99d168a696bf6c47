import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { parquetCell } from './parquet-cell.ts';
import type { CellType, OpenTable, TableColumn } from './table.ts';

/** Rows are held until so many are there, and written as one row group: this bounds the memory. */
const ROW_GROUP_ROWS = 10_000;

const LEAVES: Readonly<Record<CellType, Omit<SchemaElement, 'name'>>> = {
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT32' },
  long: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
  },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
};

/**
 * A Parquet file that is written as its rows come. Every column may hold nulls; a collection is a list.
 * `add` throws CartographError `cell-type-mismatch`, and then takes nothing of the row.
 */
export function openParquet(columns: readonly TableColumn[]): OpenTable {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'cartograph' });
  let group: (readonly unknown[])[] = [];
  const take = (): Uint8Array => {
    const chunk = bytes.getBytes().slice();
    bytes.index = 0;
    return chunk;
  };
  const writeGroup = (): void => {
    const columnData = columns.map(({ name }, at) => ({ name, data: group.map((cells) => cells[at]) }));
    void file.write({ columnData, rowGroupSize: group.length });
    group = [];
  };
  return {
    head: take(),
    add: (row) => {
      group.push(columns.map((column) => parquetCell(row[column.name], column)));
      if (group.length === ROW_GROUP_ROWS) writeGroup();
      return take();
    },
    end: () => {
      if (group.length > 0) writeGroup();
      void file.finish();
      return take();
    },
  };
}

function schemaOf(columns: readonly TableColumn[]): SchemaElement[] {
  const fields = columns.flatMap(({ name, type, collection }): readonly SchemaElement[] =>
    collection === true
      ? [
          { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'OPTIONAL', ...LEAVES[type] },
        ]
      : [{ name, repetition_type: 'OPTIONAL', ...LEAVES[type] }],
  );
  return [{ name: 'root', num_children: columns.length }, ...fields];
}
