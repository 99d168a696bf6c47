/** Asserts that two numbers agree within a relative tolerance; against 0 the tolerance is absolute. */
export function expectClose(actual: number | null | undefined, expected: number, tolerance: number): void {
  const difference = actual === null || actual === undefined ? Number.NaN : Math.abs(actual - expected);
  const allowed = expected === 0 ? tolerance : tolerance * Math.abs(expected);
  if (!(difference <= allowed)) {
    throw new Error(`expected ${expected} within ${tolerance} relative, found ${actual}`);
  }
}

/** The same, where the expected value may be absent: then the actual one must be null. */
export function expectCloseOrNull(
  actual: number | null | undefined,
  expected: number | null,
  tolerance: number,
): void {
  if (expected === null) expect(actual).toBeNull();
  else expectClose(actual, expected, tolerance);
}
