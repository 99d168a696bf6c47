import type { Measured } from './threshold.ts';

/** A measured number as the laboratory wrote it, such as `<0.01`. */
export function writtenMeasure({ value, comparator }: Measured): string {
  return `${comparator ?? ''}${value}`;
}
