const SERIES_FROM = 16;

/**
 * What Stirling's formula leaves out of the logarithm of x!, for real x > 0:
 * `ln Gamma(x + 1) - (x + 1/2) ln x + x - ln(2 pi) / 2`. Densities written with it lose no digits to the
 * subtraction of large logarithms (C. Loader, "Fast and accurate computation of binomial probabilities", 2000).
 */
export function stirlingError(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < SERIES_FROM) {
    sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
    shifted += 1;
  }
  const inverseSquare = 1 / (shifted * shifted);
  const series =
    1 / 12 -
    inverseSquare *
      (1 / 360 -
        inverseSquare *
          (1 / 1260 -
            inverseSquare * (1 / 1680 - inverseSquare * (1 / 1188 - (inverseSquare * 691) / 360_360))));
  return sum + series / shifted;
}

/** Natural logarithm of n! for a whole number n >= 0. */
export function logFactorial(n: number): number {
  if (n < 2) return 0;
  return stirlingError(n) + (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI);
}
