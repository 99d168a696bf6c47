import { canonicalUnit } from './canonical-unit.ts';
import type { QuantityRow } from './search-rows.ts';

const UCUM_SYSTEM = 'http://unitsofmeasure.org';
const DIGITS = 12;

export interface QuantityText {
  readonly system: string;
  readonly code: string;
  readonly unit: string;
}

/** A stretch of numbers, from -Infinity to Infinity. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** What the quantity can be compared with, and its limits in the units of that. */
export function comparable(
  { system, code, unit }: QuantityText,
  { low, high }: NumberRange,
): Pick<QuantityRow, 'dimension' | 'canonicalLow' | 'canonicalHigh'> {
  const canonical = system === UCUM_SYSTEM ? canonicalUnit(code) : undefined;
  if (canonical === undefined) {
    const own = code === '' ? `unit:${unit}` : `code:${system}|${code}`;
    return { dimension: own, canonicalLow: low, canonicalHigh: high };
  }
  const { dimension, factor } = canonical;
  return { dimension, canonicalLow: rounded(low * factor), canonicalHigh: rounded(high * factor) };
}

/** Factors of units carry the noise of binary fractions. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value;
}
