import type { SymmetricFactor } from '../linear/symmetric-factor.ts';
import { factorSymmetric, solveSymmetric } from '../linear/symmetric-factor.ts';
import type { Convergence } from './coefficient.ts';
import type { CoxLikelihood, Ties } from './cox-likelihood.ts';
import { createCoxWork, evaluateCox } from './cox-likelihood.ts';
import type { CoxModel } from './cox-model.ts';

/** Where the iterations ended, on the scale of the scaled columns. */
export interface CoxMaximum {
  readonly beta: Float64Array;
  readonly logLikelihoodNull: number;
  readonly logLikelihood: number;
  readonly scoreTest: number;
  readonly information: Float64Array;
  readonly factor: SymmetricFactor;
  /** 1 for each coefficient along which the likelihood was still rising when its value no longer changed. */
  readonly infinite: Uint8Array;
  readonly convergence: Convergence;
}

/** Those of R's `coxph.control`. */
const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 20;
/** A step this small against its coefficient is convergence, whatever the step before it was. */
const SETTLED_BELOW = Math.sqrt(TOLERANCE);
/** Newton's steps shrink by their square; one that is more than this part of its predecessor does not shrink. */
const STEADY_FROM = 0.5;

/** A point at which the likelihood did not fall, and Newton's step from there. */
interface Point {
  readonly beta: Float64Array;
  readonly logLikelihood: number;
  readonly information: Float64Array;
  readonly factor: SymmetricFactor;
  readonly step: Float64Array;
}

/**
 * Newton's iterations from 0, the step halved where the likelihood falls, until its relative change is at most
 * 1e-9. Under monotone likelihood the value settles while the coefficient goes on by a full step each time: such
 * a coefficient is known by a next step that is as long as the last.
 */
export function maximizeCox(model: CoxModel, ties: Ties): CoxMaximum {
  const work = createCoxWork(model);
  const start = new Float64Array(model.scale.length);
  const origin = pointOf(start, evaluateCox(model, ties, start, work));
  let scoreTest = 0;
  for (const [j, value] of origin.step.entries()) scoreTest += value * (work.result.score[j] as number);
  let previous = origin;
  let point = origin;
  let next = sum(origin.beta, origin.step);
  let halvings = 0;
  let lastChange = Number.POSITIVE_INFINITY;
  let iterations = 0;
  let converged = false;
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations += 1;
    const at = evaluateCox(model, ties, next, work);
    lastChange = relativeChange(point.logLikelihood, at.logLikelihood);
    converged = lastChange <= TOLERANCE && halvings === 0;
    if (!converged && !(at.logLikelihood >= point.logLikelihood)) {
      halvings += 1;
      next = between(next, point.beta, halvings);
      continue;
    }
    halvings = 0;
    previous = point;
    point = pointOf(next, at);
    next = sum(point.beta, point.step);
  }
  return {
    ...point,
    logLikelihoodNull: origin.logLikelihood,
    scoreTest,
    infinite: endless(point, previous),
    convergence: { converged, iterations, lastChange, tolerance: TOLERANCE },
  };
}

function pointOf(beta: Float64Array, at: CoxLikelihood): Point {
  const factor = factorSymmetric(at.information, beta.length);
  return {
    beta,
    logLikelihood: at.logLikelihood,
    information: at.information.slice(),
    factor,
    step: solveSymmetric(factor, at.score),
  };
}

function relativeChange(from: number, to: number): number {
  if (from === to) return 0;
  return to === 0 ? 1 : Math.abs(1 - from / to);
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value + (b[j] as number));
}

/** Back towards the last good point, further with each halving. */
function between(tried: Float64Array, good: Float64Array, halvings: number): Float64Array {
  return tried.map((value, j) => (value + halvings * (good[j] as number)) / (halvings + 1));
}

function endless(point: Point, previous: Point): Uint8Array {
  return Uint8Array.from(point.step, (value, j) => {
    const step = Math.abs(value);
    const settled = step <= TOLERANCE || step <= SETTLED_BELOW * Math.abs(point.beta[j] as number);
    return !settled && step > STEADY_FROM * Math.abs(previous.step[j] as number) ? 1 : 0;
  });
}
