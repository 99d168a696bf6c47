import { rejection } from '../../core/cartograph-error.ts';

/** A table as text, column by column. */
export interface CsvTable {
  /** In the order of the file; a column of row names without a header is ''. */
  readonly names: readonly string[];
  readonly rows: number;
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** With semicolons between cells, as spreadsheets write it where the comma is the decimal sign. */
  readonly decimalComma: boolean;
}

const QUOTE = '"';

/**
 * Reads CSV (RFC 4180) with a header; the separator is the comma, semicolon or tab that the header has most of.
 * Throws `statistics-input-invalid` for an empty file, rows of another length than the header, two columns of one
 * name and a quotation that never ends.
 */
export function parseCsv(text: string): CsvTable {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = separatorOf(content);
  const [header, ...rows] = splitRows(content, separator);
  if (header === undefined) throw invalid('The table is empty', 'a header and rows below it');
  const names = header.map((name) => name.trim());
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined) throw invalid(`Two columns are called ${twice}`, 'one name for each column');
  const columns = new Map(names.map((name) => [name, [] as string[]]));
  for (const [index, row] of rows.entries()) {
    if (row.length !== names.length) {
      throw invalid(`Row ${index + 1} has ${row.length} cells`, `${names.length}, as the header has`);
    }
    for (const [at, name] of names.entries()) columns.get(name)?.push((row[at] ?? '').trim());
  }
  return { names, rows: rows.length, columns, decimalComma: separator === ';' };
}

function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((separator) => ({
    separator,
    count: header.split(separator).length,
  }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}

/** Lines that hold nothing at all are no rows. */
function splitRows(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = readCell(text, at, separator, rows.length);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') continue;
      row.push('');
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
  }
  return rows;
}

interface Cell {
  readonly value: string;
  /** Place of what ended it. */
  readonly end: number;
}

function readCell(text: string, from: number, separator: string, rows: number): Cell {
  if (text[from] !== QUOTE) {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { value: text.slice(from, end), end };
  }
  let value = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf(QUOTE, at);
    if (close === -1) throw invalid(`A quotation in row ${rows} never ends`, 'a closing quotation mark');
    value += text.slice(at, close);
    if (text[close + 1] !== QUOTE) {
      at = close + 1;
      break;
    }
    value += QUOTE;
    at = close + 2;
  }
  const next = text[at];
  if (next !== undefined && next !== separator && next !== '\n' && next !== '\r') {
    throw invalid(`Text follows a quotation in row ${rows}`, 'a separator or the end of the row');
  }
  return { value, end: at };
}

function invalid(message: string, expected: string): Error {
  return rejection('statistics-input-invalid', message, { expected });
}
