/** The stretch of numbers that an element of R4 stands for, as searches by quantity compare it. */
import type { NumberRange } from './quantity-row.ts';

type Json = Readonly<Record<string, unknown>>;

export interface QuantityRange extends NumberRange {
  /** The element that names the unit. */
  readonly unit: Json;
}

/** Of a number, Quantity, Range or SampledData (`type`); undefined where it names no number. */
export function quantityRange(type: string, value: unknown): QuantityRange | undefined {
  if (typeof value === 'number') return { low: value, high: value, unit: {} };
  if (!isObject(value)) return undefined;
  if (type === 'Range') return limitsOf(value['low'], value['high']);
  if (type === 'SampledData') {
    const { lowerLimit, upperLimit, origin } = value;
    const unit = isObject(origin) ? origin : {};
    return limitsOf({ ...unit, value: lowerLimit }, { ...unit, value: upperLimit });
  }
  const { value: number, comparator } = value;
  if (typeof number !== 'number') return undefined;
  const sign = typeof comparator === 'string' ? comparator.charAt(0) : '';
  return { low: sign === '<' ? -Infinity : number, high: sign === '>' ? Infinity : number, unit: value };
}

function limitsOf(low: unknown, high: unknown): QuantityRange | undefined {
  const from = isObject(low) && typeof low['value'] === 'number' ? low['value'] : undefined;
  const to = isObject(high) && typeof high['value'] === 'number' ? high['value'] : undefined;
  if (from === undefined && to === undefined) return undefined;
  const unit = from !== undefined && isObject(low) ? low : high;
  return { low: from ?? -Infinity, high: to ?? Infinity, unit: isObject(unit) ? unit : {} };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
