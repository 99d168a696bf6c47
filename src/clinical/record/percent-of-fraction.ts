/** A fraction times 100, without the dust that binary fractions leave. */
export function percentOfFraction(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}
