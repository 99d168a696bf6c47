import { normalMultiplier, normalTwoSided } from '../distribution/normal.ts';
import type { Reason } from '../reason.ts';

/** One coefficient of a regression, on the scale of the logarithm of the ratio (of hazards, or of odds). */
export type Coefficient = EstimatedCoefficient | MissingCoefficient;

export interface EstimatedCoefficient {
  readonly name: string;
  readonly status: 'computed';
  readonly coefficient: number;
  readonly stdError: number;
  /** exp(coefficient), with its Wald interval at the level of the fit. */
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
  readonly z: number;
  /** Of Wald's test. */
  readonly p: number;
}

export interface MissingCoefficient {
  readonly name: string;
  readonly status: 'not-computed';
  readonly reason: Reason;
  /** Where the coefficient is infinite: to which side. */
  readonly direction?: 'positive' | 'negative';
}

/** How a fit came to an end. */
export interface Convergence {
  readonly converged: boolean;
  readonly iterations: number;
  /** Relative change of the criterion in the last iteration, and what it had to fall below. */
  readonly lastChange: number;
  readonly tolerance: number;
}

export interface TestStatistic {
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
}

/** A coefficient whose ratio or limits overflow counts as infinite. */
export function buildCoefficient(
  name: string,
  coefficient: number,
  variance: number,
  level: number,
): Coefficient {
  const stdError = Math.sqrt(variance);
  const width = normalMultiplier(level) * stdError;
  const upper = Math.exp(coefficient + width);
  const z = coefficient / stdError;
  if (!(Number.isFinite(upper) && Number.isFinite(z))) return infiniteCoefficient(name, coefficient);
  return {
    name,
    status: 'computed',
    coefficient,
    stdError,
    ratio: Math.exp(coefficient),
    lower: Math.exp(coefficient - width),
    upper,
    z,
    p: normalTwoSided(z),
  };
}

export function infiniteCoefficient(name: string, coefficient: number): MissingCoefficient {
  return {
    name,
    status: 'not-computed',
    reason: 'coefficient-infinite',
    direction: coefficient < 0 ? 'negative' : 'positive',
  };
}
