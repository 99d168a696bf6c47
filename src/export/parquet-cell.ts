import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { dayNumber, isPartialDate } from '../core/partial-date.ts';
import { csvText } from './csv-line.ts';
import type { CellType, TableColumn } from './table.ts';

const MOST_INTEGER = 2 ** 31 - 1;
const MOST_LONG = 2n ** 63n - 1n;
/** Fractions of a second behind the microsecond are cut off: Parquet has no finer moment that all readers know. */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a value as its type; undefined where it is of another. */
const READERS: Readonly<Record<CellType, (value: unknown) => unknown>> = {
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  integer: (value) =>
    Number.isInteger(value) && Math.abs(value as number) <= MOST_INTEGER ? value : undefined,
  long: readLong,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  text: csvText,
  date: (value) =>
    typeof value === 'string' && value.length === 10 && isPartialDate(value) ? dayNumber(value) : undefined,
  instant: readInstant,
  json: (value) => value,
};

const EXPECTED: Readonly<Record<CellType, string>> = {
  boolean: 'true or false',
  integer: 'a whole number of 32 bits',
  long: 'a whole number of 64 bits',
  number: 'a number',
  text: 'a text',
  date: 'a full date, YYYY-MM-DD',
  instant: 'a date and time with its time zone',
  json: 'an object',
};

/**
 * The value as the Parquet writer takes it: dates as days since 1970, instants as microseconds since then.
 * @throws CartographError `cell-type-mismatch` for a value that is not of its column's type.
 */
export function parquetCell(value: unknown, { name, type, collection }: TableColumn): unknown {
  if (value === null || value === undefined) return null;
  if (collection !== true) return readCell(value, name, type);
  if (!Array.isArray(value)) throw mismatch(name, value, 'a list');
  return value.map((item) => (item === null ? null : readCell(item, name, type)));
}

function readCell(value: unknown, name: string, type: CellType): unknown {
  const read = READERS[type](value);
  if (read === undefined) throw mismatch(name, value, EXPECTED[type]);
  return read;
}

function readLong(value: unknown): bigint | undefined {
  const isWhole = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  if (!isWhole) return undefined;
  const long = BigInt(value as number | string);
  return long <= MOST_LONG && long >= -MOST_LONG ? long : undefined;
}

function readInstant(value: unknown): bigint | undefined {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (match === null) return undefined;
  const [, toSecond = '', fraction = '', zone = ''] = match;
  const milliseconds = Date.parse(`${toSecond}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

function mismatch(name: string, value: unknown, expected: string): Error {
  const found = typeof value === 'object' ? 'an object or a list' : quote(String(value));
  return rejection('cell-type-mismatch', `Column ${name} holds a value of another type`, { found, expected });
}
