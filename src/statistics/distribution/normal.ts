import { outsideLevel } from './outside-level.ts';

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** The standard normal density; the square is split, so that its rounding does not grow in the exponent. */
function normalDensity(z: number): number {
  const coarse = Math.round(z * 16) / 16;
  return (Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (z - coarse) * (z + coarse))) / SQRT_TWO_PI;
}

const SERIES_BELOW = 2;

/** P(Z > z) of a standard normal Z, to full relative precision in both tails. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z > 40) return 0;
  if (z < SERIES_BELOW) {
    let term = z;
    let sum = z;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - normalDensity(z) * sum;
  }
  let fraction = z;
  for (let k = 200; k > 0; k -= 1) fraction = z + k / fraction;
  return normalDensity(z) / fraction;
}

/** P(|Z| > |z|) of a standard normal Z. */
export function normalTwoSided(z: number): number {
  return 2 * normalUpperTail(Math.abs(z));
}

/**
 * The z with P(Z > z) = `upper`, for 0 < upper < 1: a rough start from the tail's leading term, then Halley's
 * steps on the tail itself.
 */
export function normalQuantileUpper(upper: number): number {
  if (upper > 0.5) return -normalQuantileUpper(1 - upper);
  const t = Math.sqrt(-2 * Math.log(upper));
  let z = Math.max(0, t - Math.log(t * t + 1) / (2 * (t + 0.5)));
  for (let step = 0; step < 20; step += 1) {
    const newton = (normalUpperTail(z) - upper) / normalDensity(z);
    const change = newton / (1 - 0.5 * z * newton);
    z += change;
    if (Math.abs(change) <= 1e-16 * Math.abs(z)) break;
  }
  return z;
}

/** The multiplier of a two-sided interval: 1.96 for `level` 0.95. */
export function normalMultiplier(level: number): number {
  return normalQuantileUpper(outsideLevel(level) / 2);
}
