/** A quantity in canonical units, from UCUM code or, failing that, from the text of the unit. */
import type { Comparator } from '../cohort/cohort-record.generated.ts';
import type { Code } from '../core/catalogue.ts';
import { quote } from '../core/finding.ts';
import { conversionOf, type Unit, type UnitConversion, type UnitTable } from './convert-unit.ts';
import { itemBeside } from './element-reading.ts';

/** Parallel columns of a view, each nothing, one item or an array; more than one quantity where the element repeats. */
export interface QuantityColumns {
  readonly values: unknown;
  readonly comparators: unknown;
  readonly ucum: unknown;
  readonly units: unknown;
}

export interface Measured {
  readonly value?: number;
  readonly comparator?: Comparator | undefined;
  readonly unitByText?: boolean;
  readonly trouble?: Code;
  readonly found?: string | undefined;
}

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
};

/**
 * The first of the quantities whose unit converts by `table`; one that converts by an alternative is no trouble,
 * it is another element's. No value: nothing. No unit that converts: `unit-unknown`.
 */
export function readQuantity(
  columns: QuantityColumns,
  table: UnitTable,
  alternatives: readonly UnitTable[] = [],
): Measured {
  const { values } = columns;
  if (!Array.isArray(values)) return readOne(values, columns, 0, 1, table, alternatives);
  let trouble = NOTHING;
  for (const [index, value] of values.entries()) {
    const read = readOne(value, columns, index, values.length, table, alternatives);
    if (read.value !== undefined) return read;
    if (read.trouble !== undefined) trouble = read;
  }
  return trouble;
}

const NOTHING: Measured = {};

function readOne(
  value: unknown,
  columns: QuantityColumns,
  index: number,
  count: number,
  table: UnitTable,
  alternatives: readonly UnitTable[],
): Measured {
  if (typeof value !== 'number' || !Number.isFinite(value)) return NOTHING;
  const unit = {
    ucum: textOf(itemBeside(columns.ucum, index, count)),
    text: textOf(itemBeside(columns.units, index, count)),
  };
  const conversion = conversionOf(unit, table);
  if (conversion !== undefined) {
    const comparator = textOf(itemBeside(columns.comparators, index, count));
    return measured(value, conversion, comparator, unit);
  }
  if (alternatives.some((other) => conversionOf(unit, other) !== undefined)) return NOTHING;
  return { trouble: 'unit-unknown', found: quote(unit.ucum ?? unit.text ?? 'no unit') };
}

function textOf(item: unknown): string | undefined {
  return typeof item === 'string' ? item : undefined;
}

function measured(
  written: number,
  { conversion, byText }: UnitConversion,
  bound: string | undefined,
  unit: Unit,
): Measured {
  const value = significant(
    typeof conversion === 'number' ? written * conversion : written * conversion.factor + conversion.offset,
  );
  const comparator = bound === undefined ? undefined : COMPARATORS[bound];
  if (!byText) return { value, comparator };
  return { value, comparator, unitByText: true, found: quote(unit.text ?? unit.ucum) };
}

/** Twelve significant digits, so that 0.07 of a thousand and 70 are one value. */
function significant(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  // Below a million, what has no more than six decimals has no more than twelve digits.
  const hasFewDigits = Math.abs(value) < 1e6 && Math.round(value * 1e6) / 1e6 === value;
  return hasFewDigits ? value : Number(value.toPrecision(12));
}

const FRACTION_TEXT = /^(<=|>=|<|>|≤|≥)?(\d+(?:[.,]\d+)?)?(e[+-]?\d+)?(?:[x*×]?10\^?(-\d+))?(%)?$/;

/**
 * Texts such as "<1e-4", "10^-4", "2x10^-3" and "<0,01 %" as a fraction. A bare number other than 0 may mean a
 * fraction or a percentage: `unit-unknown`.
 */
export function parseFractionText(text: unknown): Measured {
  if (typeof text !== 'string' || text.trim() === '') return {};
  const [, bound, digits, exponent, power, percent] =
    FRACTION_TEXT.exec(text.toLowerCase().replace(/\s+/g, '')) ?? [];
  if (digits === undefined && power === undefined) return { trouble: 'value-unreadable', found: quote(text) };
  const mantissa = digits === undefined ? 1 : Number(`${digits.replace(',', '.')}${exponent ?? ''}`);
  if (mantissa !== 0 && exponent === undefined && power === undefined && percent === undefined) {
    return { trouble: 'unit-unknown', found: quote(text) };
  }
  const comparator = bound === undefined ? undefined : COMPARATORS[bound];
  const value = significant(mantissa * 10 ** Number(power ?? 0) * (percent === undefined ? 1 : 0.01));
  return { value, ...(comparator === undefined ? {} : { comparator }) };
}

const QUANTITY_TEXT =
  /^(<=|>=|<|>|≤|≥)?\s*(\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)(?:\s*([^\s\d].*)|\s+(x?10[*^(e].*))$/i;

/**
 * A text such as "<0.1 K/uL" or ">100000 ng/mL": comparator, number and unit, the unit by its name. A number alone has
 * no unit: `unit-unknown`. A comma before three digits may divide thousands: `value-unreadable`.
 */
export function parseQuantityText(text: unknown, table: UnitTable): Measured {
  if (typeof text !== 'string' || text.trim() === '') return {};
  const [, bound, digits, word, power] = QUANTITY_TEXT.exec(text.trim()) ?? [];
  if (digits === undefined || /,\d{3}$/.test(digits)) {
    const trouble = /^[<>≤≥=\s]*\d+([.,]\d+)?$/.test(text.trim()) ? 'unit-unknown' : 'value-unreadable';
    return { trouble, found: quote(text) };
  }
  const unit = { ucum: undefined, text: word ?? power ?? '' };
  const conversion = conversionOf(unit, table);
  if (conversion === undefined) return { trouble: 'unit-unknown', found: quote(text) };
  return measured(Number(digits.replace(',', '.')), conversion, bound, unit);
}
