import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { openTable } from '../../src/export/open-table.ts';
import type { Chunk, TableColumn, TableRow } from '../../src/export/table.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'alive', type: 'boolean' },
  { name: 'course', type: 'integer' },
  { name: 'big', type: 'long' },
  { name: 'days', type: 'number' },
  { name: 'note', type: 'text' },
  { name: 'on', type: 'date' },
  { name: 'at', type: 'instant' },
  { name: 'value', type: 'json' },
  { name: 'given', type: 'text', collection: true },
];
const FULL: TableRow = {
  alive: true,
  course: 2,
  big: '9007199254740993',
  days: 0.5,
  note: 'é "x"',
  on: '2020-02-29',
  at: '2020-02-29T23:30:00.1234567+02:00',
  value: { unit: 'g/L' },
  given: ['A', null, 'B'],
};
const EMPTY: TableRow = Object.fromEntries(COLUMNS.map(({ name }) => [name, null]));

function bytesOf(rows: Iterable<TableRow>, columns = COLUMNS): ArrayBuffer {
  const table = openTable(columns, 'parquet');
  const chunks: Chunk[] = [table.head];
  for (const row of rows) chunks.push(table.add(row));
  chunks.push(table.end());
  const bytes = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
  return new Uint8Array(bytes).buffer;
}

describe('a table in Parquet', () => {
  it('gives back what was written, each in its type', async () => {
    const rows = await parquetReadObjects({ file: bytesOf([FULL, EMPTY, { ...EMPTY, given: [] }]) });
    expect(rows).toEqual([
      {
        ...FULL,
        big: 9_007_199_254_740_993n,
        on: new Date('2020-02-29'),
        at: new Date('2020-02-29T21:30:00.123Z'),
      },
      { ...EMPTY, given: undefined },
      { ...EMPTY, given: [] },
    ]);
  });

  it('declares physical and logical types that other readers know', () => {
    const { schema } = parquetMetadata(bytesOf([]));
    expect(schema.map(({ name, type, converted_type: converted }) => [name, type, converted])).toEqual([
      ['root', undefined, undefined],
      ['alive', 'BOOLEAN', undefined],
      ['course', 'INT32', undefined],
      ['big', 'INT64', undefined],
      ['days', 'DOUBLE', undefined],
      ['note', 'BYTE_ARRAY', 'UTF8'],
      ['on', 'INT32', 'DATE'],
      ['at', 'INT64', 'TIMESTAMP_MICROS'],
      ['value', 'BYTE_ARRAY', 'JSON'],
      ['given', undefined, 'LIST'],
      ['list', undefined, undefined],
      ['element', 'BYTE_ARRAY', 'UTF8'],
    ]);
  });

  it('is a whole file without rows', async () => {
    expect(await parquetReadObjects({ file: bytesOf([]) })).toEqual([]);
  });

  it('writes a row group whenever enough rows are there, and holds no more than that', async () => {
    const columns: readonly TableColumn[] = [{ name: 'n', type: 'integer' }];
    const table = openTable(columns, 'parquet');
    const sizes = Array.from({ length: 25_001 }, (_, n) => table.add({ n }).length);
    expect(sizes.flatMap((size, row) => (size > 0 ? [row] : []))).toEqual([9_999, 19_999]);
    const rows = Array.from({ length: 25_001 }, (_, n) => ({ n }));
    const file = bytesOf(rows, columns);
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => num_rows)).toEqual([
      10_000n,
      10_000n,
      5_001n,
    ]);
    expect(await parquetReadObjects({ file })).toEqual(rows);
  });

  it.each([
    ['alive', 'true', 'true or false'],
    ['course', 1.5, 'a whole number of 32 bits'],
    ['course', 2 ** 31, 'a whole number of 32 bits'],
    ['big', 2 ** 53, 'a whole number of 64 bits'],
    ['big', '9223372036854775808', 'a whole number of 64 bits'],
    ['days', '4', 'a number'],
    ['days', Number.NaN, 'a number'],
    ['on', '2020-02', 'a full date, YYYY-MM-DD'],
    ['on', '2021-02-29', 'a full date, YYYY-MM-DD'],
    ['at', '2020-02-29T23:30:00', 'a date and time with its time zone'],
    ['given', 'A', 'a list'],
  ])('refuses %s %p and takes nothing of the row', async (name, value, expected) => {
    const table = openTable(COLUMNS, 'parquet');
    const add = () => table.add({ ...EMPTY, [name]: value });
    expect(add).toThrow(
      expect.objectContaining({
        code: 'cell-type-mismatch',
        findings: [expect.objectContaining({ message: expect.stringContaining(`Column ${name}`), expected })],
      }),
    );
    const file = new Uint8Array(Buffer.concat([table.head, table.end()].map((one) => Buffer.from(one))));
    expect(parquetMetadata(file.buffer).num_rows).toBe(0n);
  });

  it('writes other values of a text column as CSV does', async () => {
    const file = bytesOf([{ x: 1 }, { x: true }, { x: { a: [1] } }], [{ name: 'x', type: 'text' }]);
    expect(await parquetReadObjects({ file })).toEqual([{ x: '1' }, { x: 'true' }, { x: '{"a":[1]}' }]);
  });
});

describe('a table as text', () => {
  const columns: readonly TableColumn[] = ['a', 'b', 'c'].map((name) => ({ name, type: 'text' }));
  const rows = [
    { a: 1, b: null, c: 'x,"y"' },
    { a: 2, b: 'z', c: '' },
  ];
  const textOf = (format: 'csv' | 'ndjson') => {
    const table = openTable(columns, format);
    return [table.head, ...rows.map(table.add), table.end()].join('');
  };

  it('is CSV by RFC 4180', () => {
    expect(textOf('csv')).toBe('a,b,c\r\n1,,"x,""y"""\r\n2,z,""\r\n');
  });

  it('is NDJSON', () => {
    expect(textOf('ndjson')).toBe('{"a":1,"b":null,"c":"x,\\"y\\""}\n{"a":2,"b":"z","c":""}\n');
  });
});
