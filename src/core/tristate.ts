/**
 * Kleene three-valued logic. Absence of a record is UNKNOWN, never NOT_MET
 * (clinical specification 0.3).
 */
export const TRISTATES = ['MET', 'NOT_MET', 'UNKNOWN'] as const;
export type Tristate = (typeof TRISTATES)[number];

/** MET if any is MET, else UNKNOWN if any is UNKNOWN, else NOT_MET. The empty OR is NOT_MET. */
export function anyOf(values: readonly Tristate[]): Tristate {
  if (values.includes('MET')) return 'MET';
  return values.includes('UNKNOWN') ? 'UNKNOWN' : 'NOT_MET';
}

/** NOT_MET if any is NOT_MET, else UNKNOWN if any is UNKNOWN, else MET. The empty AND is MET. */
export function allOf(values: readonly Tristate[]): Tristate {
  if (values.includes('NOT_MET')) return 'NOT_MET';
  return values.includes('UNKNOWN') ? 'UNKNOWN' : 'MET';
}

/** UNKNOWN stays UNKNOWN. */
export function not(value: Tristate): Tristate {
  if (value === 'UNKNOWN') return 'UNKNOWN';
  return value === 'MET' ? 'NOT_MET' : 'MET';
}

/** A recorded yes or no; undefined where nothing is recorded. */
export function fromBoolean(value: boolean | undefined): Tristate {
  if (value === undefined) return 'UNKNOWN';
  return value ? 'MET' : 'NOT_MET';
}
