import type { QuantityTest } from './criterion.ts';
import type { NumberRange } from './quantity-row.ts';

const APPROXIMATION = 0.1;

/** The numbers that a test compares with; the upper end is not among them where `isOpen`. */
export function quantityLimits({
  prefix,
  value,
  range,
}: QuantityTest): NumberRange & { readonly isOpen: boolean } {
  // The digits that were written widen what is equal, never what is greater or less.
  if (prefix === 'eq' || prefix === 'ne') return { ...range, isOpen: true };
  const margin = prefix === 'ap' ? Math.abs(value) * APPROXIMATION : 0;
  return { low: value - margin, high: value + margin, isOpen: false };
}
