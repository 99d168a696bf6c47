import type { Comparator } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';

/** A measured number as the laboratory wrote it: with a comparator it is a bound (clinical specification 0.4). */
export interface Measured {
  readonly value: number;
  readonly comparator?: Comparator;
}

/** `LT`: strictly below the limit. `LE`: at or below it. */
export type Below = 'LT' | 'LE';

/**
 * Whether a measured number lies below a limit of the same unit. A bound decides only where every number that
 * it allows gives the same answer: "<1" is below 1, "<5" says nothing about 1.
 */
export function isBelowThreshold(measured: Measured, below: Below, limit: number): Tristate {
  const { value, comparator } = measured;
  const at = below === 'LT' ? value < limit : value <= limit;
  if (comparator === undefined) return at ? 'MET' : 'NOT_MET';
  if (comparator === '<') return value <= limit ? 'MET' : 'UNKNOWN';
  if (comparator === '<=') return at ? 'MET' : 'UNKNOWN';
  if (comparator === '>') return value >= limit ? 'NOT_MET' : 'UNKNOWN';
  return at ? 'UNKNOWN' : 'NOT_MET';
}
