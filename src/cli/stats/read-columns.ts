import { CartographError, rejection } from '../../core/cartograph-error.ts';
import { type Finding, quote } from '../../core/finding.ts';
import type { CsvTable } from './parse-csv.ts';

/** What a column has to hold. */
export type ColumnKind =
  | { readonly kind: 'number' }
  | { readonly kind: 'time' }
  | { readonly kind: 'exposure' } // a time; empty for never, NaN then
  | { readonly kind: 'value' } // numbers if all are, else texts
  | { readonly kind: 'event'; readonly causes: readonly string[]; readonly most: number };

export interface ColumnRequest {
  /** Under which the values are asked for. */
  readonly role: string;
  readonly column: string;
  readonly kind: ColumnKind;
}

/** The rows that have every requested column. */
export interface Columns {
  readonly rows: number;
  /** Rows without one of the values. */
  readonly omitted: number;
  has(role: string): boolean;
  numbers(role: string): readonly number[];
  /** Numbers, or texts where any of them is none. */
  values(role: string): readonly number[] | readonly string[];
}

const MISSING = new Set(['', 'NA']);
const MOST_FINDINGS = 20;
/** Texts that mean: nothing happened. */
const CENSORED = new Set(['0', 'censored', 'censor', 'none', 'FALSE', 'false']);

/**
 * Picks columns and leaves out rows where one of them is empty or NA, as R does. Throws `parameter-invalid` for a
 * column that the table has not, `statistics-input-invalid` with every cell that is not what its column has to hold.
 */
export function readColumns(table: CsvTable, requests: readonly ColumnRequest[]): Columns {
  const chosen = requests.map((request) => ({ ...request, texts: columnOf(table, request) }));
  const findings: Finding[] = [];
  const reader: Reader = { numberOf: table.decimalComma ? numberWithComma : numberOf, findings };
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    const isThere = ({ texts, kind }: (typeof chosen)[number]) =>
      kind.kind === 'exposure' || !MISSING.has(texts[row] ?? '');
    if (chosen.every(isThere)) kept.push(row);
  }
  const read = new Map(
    chosen.map(({ role, column, kind, texts }) => [role, readOne(texts, kept, column, kind, reader)]),
  );
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
  const valuesOf = (role: string) => {
    const values = read.get(role);
    if (values === undefined) throw new RangeError(`Nobody asked for a column as ${role}`);
    return values;
  };
  return {
    rows: kept.length,
    omitted: table.rows - kept.length,
    has: (role) => read.has(role),
    numbers: (role) => valuesOf(role) as readonly number[],
    values: valuesOf,
  };
}

function columnOf(table: CsvTable, { role, column }: ColumnRequest): readonly string[] {
  const texts = column === '' ? undefined : table.columns.get(column);
  if (texts !== undefined) return texts;
  throw rejection('parameter-invalid', `The table has no column ${quote(column)} for --${role}`, {
    found: quote(column),
    expected: table.names.filter((name) => name !== '').join(', '),
  });
}

interface Reader {
  readonly numberOf: (text: string | undefined) => number;
  /** The first of them alone. */
  readonly findings: Finding[];
}

function readOne(
  texts: readonly string[],
  rows: readonly number[],
  column: string,
  kind: ColumnKind,
  { numberOf: read, findings }: Reader,
): readonly number[] | readonly string[] {
  if (kind.kind === 'value' && !rows.every((row) => Number.isFinite(read(texts[row])))) {
    return rows.map((row) => texts[row] ?? '');
  }
  return rows.map((row) => {
    const text = texts[row] ?? '';
    if (kind.kind === 'exposure' && MISSING.has(text)) return Number.NaN;
    const value = kind.kind === 'event' ? eventCode(text, kind.causes) : read(text);
    if (!fits(value, kind) && findings.length < MOST_FINDINGS) {
      findings.push(findingOf(row, column, text, kind));
    }
    return value;
  });
}

function fits(value: number, kind: ColumnKind): boolean {
  if (!Number.isFinite(value)) return false;
  if (kind.kind === 'time') return value >= 0;
  return kind.kind !== 'event' || (Number.isInteger(value) && value >= 0 && value <= kind.most);
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

/** `1,5` as well as `1.5`; a text with both is no number. */
function numberWithComma(text: string | undefined): number {
  return numberOf(text !== undefined && /^[^,.]*,[^,.]*$/.test(text) ? text.replace(',', '.') : text);
}

/** By name where causes are named; 0 for what means that nothing happened. */
function eventCode(text: string, causes: readonly string[]): number {
  const named = causes.indexOf(text);
  if (named !== -1) return named + 1;
  if (CENSORED.has(text)) return 0;
  if (causes.length > 0) return Number.NaN;
  return text === 'TRUE' || text === 'true' ? 1 : numberOf(text);
}

function findingOf(row: number, column: string, text: string, kind: ColumnKind): Finding {
  return {
    code: 'statistics-input-invalid',
    severity: 'error',
    message: `Row ${row + 1}: ${column} is ${quote(text)}`,
    found: quote(text),
    expected: expectationOf(kind),
  };
}

function expectationOf(kind: ColumnKind): string {
  switch (kind.kind) {
    case 'number':
    case 'exposure':
    case 'value':
      return 'a number, or empty or NA where it is missing';
    case 'time':
      return 'a number of 0 or more, or empty or NA where it is missing';
    case 'event':
      if (kind.causes.length > 0) return `${kind.causes.join(', ')}, or 0 or censored`;
      if (kind.most === 1) return '0 for censored or 1 for the event; name text codes with --causes';
      return '0 for censored or a cause 1, 2, …; name text codes with --causes';
  }
}
