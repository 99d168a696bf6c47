/** A quantity in canonical units, from UCUM code or, failing that, from the text of the unit. */
import type { Comparator } from '../cohort/cohort-record.generated.ts';
import type { Code } from '../core/catalogue.ts';
import { quote } from '../core/finding.ts';
import { conversionOf, type Unit, type UnitConversion, type UnitTable } from './convert-unit.ts';

/** Parallel columns of a view; more than one quantity where the element repeats. */
export interface QuantityColumns {
  readonly values: readonly unknown[];
  readonly comparators: readonly unknown[];
  readonly ucum: readonly unknown[];
  readonly units: readonly unknown[];
}

export interface Measured {
  readonly value?: number;
  readonly comparator?: Comparator;
  readonly unitByText?: boolean;
  readonly trouble?: Code;
  readonly found?: string;
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
  let trouble: Measured = {};
  for (const [index, value] of columns.values.entries()) {
    if (typeof value !== 'number' || !Number.isFinite(value)) continue;
    const unit = unitAt(columns, index);
    const conversion = conversionOf(unit, table);
    if (conversion !== undefined) return measured(value, conversion, comparatorAt(columns, index), unit);
    if (alternatives.some((other) => conversionOf(unit, other) !== undefined)) continue;
    trouble = { trouble: 'unit-unknown', found: quote(unit.ucum ?? unit.text ?? 'no unit') };
  }
  return trouble;
}

function unitAt(columns: QuantityColumns, index: number): Unit {
  const ucum = aligned(columns.ucum, columns.values, index);
  const text = aligned(columns.units, columns.values, index);
  return {
    ...(typeof ucum === 'string' ? { ucum } : {}),
    ...(typeof text === 'string' ? { text } : {}),
  };
}

/** A column speaks of a value only where each value has one. */
function aligned(column: readonly unknown[], values: readonly unknown[], index: number): unknown {
  return column.length === values.length ? column[index] : undefined;
}

function comparatorAt(columns: QuantityColumns, index: number): Comparator | undefined {
  const found =
    columns.values.length === 1
      ? columns.comparators[0]
      : aligned(columns.comparators, columns.values, index);
  return typeof found === 'string' ? COMPARATORS[found] : undefined;
}

function measured(
  value: number,
  { conversion, byText }: UnitConversion,
  comparator: Comparator | undefined,
  unit: Unit,
): Measured {
  const { factor, offset } = typeof conversion === 'number' ? { factor: conversion, offset: 0 } : conversion;
  return {
    value: significant(value * factor + offset),
    ...(comparator === undefined ? {} : { comparator }),
    ...(byText ? { unitByText: true, found: quote(unit.text ?? unit.ucum) } : {}),
  };
}

/** Twelve significant digits, so that 0.07 of a thousand and 70 are one value. */
function significant(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(12));
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
  const unit = { text: word ?? power ?? '' };
  const conversion = conversionOf(unit, table);
  if (conversion === undefined) return { trouble: 'unit-unknown', found: quote(text) };
  const comparator = bound === undefined ? undefined : COMPARATORS[bound];
  return measured(Number(digits.replace(',', '.')), conversion, comparator, unit);
}
