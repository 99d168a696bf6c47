import type { SurvivalData } from '../data/survival-data.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { factorSymmetric, invertSymmetric, solveSymmetric } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { Coefficient, Convergence, TestStatistic } from './coefficient.ts';
import { buildCoefficient } from './coefficient.ts';
import type { Covariates } from './covariates.ts';
import type { CoxWork, Ties } from './cox-likelihood.ts';
import { createCoxWork, evaluateCox } from './cox-likelihood.ts';
import type { CoxModel } from './cox-model.ts';
import { type CoxFitFrame, type CoxOptions, fitCoxModel } from './fit-cox-model.ts';

export interface FirthCoxFit extends CoxFitFrame {
  /** Wald's intervals, from the information at the penalised maximum. */
  readonly coefficients: readonly Coefficient[];
  /** Penalised, with all coefficients 0 and at the maximum. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly likelihoodRatio: TestStatistic;
  readonly convergence: Convergence;
}

const TOLERANCE = 1e-10;
const MOST_ITERATIONS = 100;
const LONGEST_STEP = 5;

/**
 * Cox's regression with the penalty of Firth (1993): half the logarithm of the determinant of the information is
 * added to the log likelihood, so that every coefficient stays finite where few events would drive it away
 * (Heinze and Schemper 2001). Not computed where a covariate is redundant.
 */
export function firthCoxRegression(
  data: SurvivalData,
  covariates: Covariates,
  options: CoxOptions = {},
): Computed<FirthCoxFit> {
  return fitCoxModel(data, covariates, options, (model, { ties, level }) => {
    const end = maximize(model, ties);
    if (end === null) return notComputed('covariate-redundant');
    const p = model.scale.length;
    const chiSquare = Math.max(0, 2 * (end.fitted - end.null));
    return {
      status: 'computed',
      coefficients: covariates.names.map((name, j): Coefficient => {
        if (!end.convergence.converged) return { name, ...notComputed('not-converged') };
        const scale = model.scale[j] as number;
        const variance = (end.covariance[j * p + j] as number) * scale * scale;
        return buildCoefficient(name, (end.beta[j] as number) * scale, variance, level);
      }),
      logLikelihood: { null: end.null, fitted: end.fitted },
      likelihoodRatio: { chiSquare, df: p, p: chiSquareUpperTail(chiSquare, p) },
      convergence: end.convergence,
    };
  });
}

interface Penalized {
  readonly logLikelihood: number;
  readonly covariance: Float64Array;
  readonly step: Float64Array;
}

interface Maximum {
  readonly beta: Float64Array;
  readonly null: number;
  readonly fitted: number;
  readonly covariance: Float64Array;
  readonly convergence: Convergence;
}

function maximize(model: CoxModel, ties: Ties): Maximum | null {
  const p = model.scale.length;
  const work = createCoxWork(model, true);
  let beta = new Float64Array(p);
  const origin = evaluate(model, ties, beta, work);
  if (origin === null) return null;
  let at = origin;
  let iterations = 0;
  let lastChange = largest(at.step);
  while (iterations < MOST_ITERATIONS && lastChange > TOLERANCE) {
    iterations += 1;
    let step = at.step;
    let tried: Penalized | null = null;
    for (let halving = 0; halving < 30; halving += 1) {
      const shift = step;
      const next = beta.map((value, j) => value + (shift[j] as number));
      tried = evaluate(model, ties, next, work);
      if (tried !== null && tried.logLikelihood >= at.logLikelihood - TOLERANCE) {
        beta = next;
        break;
      }
      tried = null;
      step = step.map((value) => value / 2);
    }
    if (tried === null) break;
    at = tried;
    lastChange = largest(at.step);
  }
  return {
    beta,
    null: origin.logLikelihood + logUnscaled(model),
    fitted: at.logLikelihood + logUnscaled(model),
    covariance: at.covariance,
    convergence: { converged: lastChange <= TOLERANCE, iterations, lastChange, tolerance: TOLERANCE },
  };
}

/** The penalty of the columns as given differs from that of the scaled ones by this constant. */
function logUnscaled(model: CoxModel): number {
  let sum = 0;
  for (const scale of model.scale) sum -= Math.log(scale);
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

/** Null where the information has no inverse or overflows. */
function evaluate(model: CoxModel, ties: Ties, beta: Float64Array, work: CoxWork): Penalized | null {
  const p = beta.length;
  const third = new Float64Array(p ** 3);
  const at = evaluateCox(model, ties, beta, work, (term) => {
    const moments = term.third;
    if (moments === null) return;
    for (let place = 0; place < third.length; place += 1) {
      third[place] = (third[place] as number) + (moments[place] as number);
    }
  });
  const factor = factorSymmetric(at.information, p);
  if (!Number.isFinite(at.logLikelihood) || factor.rank < p) return null;
  const covariance = invertSymmetric(factor);
  let logDeterminant = 0;
  for (let j = 0; j < p; j += 1) logDeterminant += Math.log(factor.values[j * p + j] as number);
  const score = at.score.map((value, j) => value + 0.5 * traceWith(covariance, third, j, p));
  const step = solveSymmetric(factor, score);
  const shrink = Math.min(1, LONGEST_STEP / largest(step));
  return {
    logLikelihood: at.logLikelihood + 0.5 * logDeterminant,
    covariance,
    step: shrink < 1 ? step.map((value) => value * shrink) : step,
  };
}

/** Trace of the covariance times the derivative of the information by coefficient j. */
function traceWith(covariance: Float64Array, third: Float64Array, j: number, p: number): number {
  let sum = 0;
  for (let k = 0; k < p; k += 1) {
    for (let l = 0; l < p; l += 1) {
      const [a = 0, b = 0, c = 0] = [j, k, l].sort((x, y) => y - x);
      sum += (covariance[k * p + l] as number) * (third[(a * p + b) * p + c] as number);
    }
  }
  return sum;
}
