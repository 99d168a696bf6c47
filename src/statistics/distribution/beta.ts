import { stirlingError } from './stirling-error.ts';

/** `x ln(x / mean) - difference`, where `difference` is x - mean: no cancellation where the two are close. */
function deviance(x: number, difference: number): number {
  const mean = x - difference;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  const square = ratio * ratio;
  let sum = difference * ratio;
  let term = 2 * x * ratio;
  for (let k = 3; k < 1000; k += 2) {
    term *= square;
    const next = sum + term / k;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** `x^a (1 - x)^b / B(a, b)` for 0 < x < 1; `complement` is 1 - x. */
function powerTerm(x: number, complement: number, a: number, b: number): number {
  const n = a + b;
  const difference = a * complement - b * x;
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, difference) -
    deviance(b, -difference);
  return Math.exp(exponent) * Math.sqrt((a * b) / (2 * Math.PI * n));
}

const TINY = 1e-300;
const MAX_TERMS = 200_000;

/**
 * The continued fraction that divides the power term, in the contracted form of Tretter and Walster (1980), by
 * the modified method of Lentz. It takes `a (1 - x) - b x` whole, so that nothing cancels near the mean.
 */
function continuedFraction(x: number, complement: number, a: number, b: number): number {
  const difference = a * complement - b * x;
  let value = nonZero((a * (difference + 1)) / (a + 1));
  let c = value;
  let d = 0;
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const place = a + 2 * m - 1;
    const above = ((a + m - 1) * (a + b + m - 1) * m * (b - m) * x * x) / (place * place);
    const below =
      m + (m * (b - m) * x) / place + ((a + m) * (difference + 1 + m * (1 + complement))) / (place + 2);
    d = 1 / nonZero(below + above * d);
    c = nonZero(below + above / c);
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** The regularised incomplete beta function and its complement, each with its own relative precision. */
export interface BetaTails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Both tails of the Beta(a, b) distribution at x; `complement` is 1 - x, given apart because it may be known
 * more exactly. a, b > 0. The smaller tail is summed, never subtracted.
 */
export function betaTails(x: number, complement: number, a: number, b: number): BetaTails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (complement <= 0) return { lower: 1, upper: 0 };
  const term = powerTerm(x, complement, a, b);
  if (a * complement > b * x) {
    const lower = term / continuedFraction(x, complement, a, b);
    return { lower, upper: 1 - lower };
  }
  const upper = term / continuedFraction(complement, x, b, a);
  return { lower: 1 - upper, upper };
}

/** The x with lower tail `probability` of Beta(a, b); 0 < probability < 1. Newton's steps, held in a bracket. */
export function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step += 1) {
    const tails = betaTails(x, 1 - x, a, b);
    const miss = tails.lower < 0.5 ? tails.lower - probability : 1 - probability - tails.upper;
    if (miss > 0) high = x;
    else low = x;
    const density = powerTerm(x, 1 - x, a, b) / (x * (1 - x));
    const newton = x - miss / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 4e-16 * x) return next;
    x = next;
  }
  return x;
}
