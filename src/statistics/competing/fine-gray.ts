import { InputFindings } from '../data/input-findings.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { factorSymmetric, invertSymmetric, solveSymmetric } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { Coefficient, Convergence } from '../regression/coefficient.ts';
import { buildCoefficient, infiniteCoefficient } from '../regression/coefficient.ts';
import type { Covariates } from '../regression/covariates.ts';
import { fineGrayMeat } from './fine-gray-meat.ts';
import type { FineGrayLikelihood, FineGrayModel } from './fine-gray-model.ts';
import { buildFineGrayModel, evaluateFineGray } from './fine-gray-model.ts';
import { rejectEntry } from './reject-entry.ts';

export interface FineGrayFit {
  readonly n: number;
  readonly cause: number;
  readonly events: number;
  readonly level: number;
  /** Ratios of subdistribution hazards, with the robust standard error. */
  readonly coefficients: readonly Coefficient[];
  /** Covariance of the coefficients, row-major. */
  readonly covariance: Float64Array;
  /** Of the weighted partial likelihood. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly convergence: Convergence;
}

/** Those of R's `crr`. */
const TOLERANCE = 1e-6;
const MOST_ITERATIONS = 10;
const MOST_HALVINGS = 20;
const LEAST_GAIN = 1e-4;

/**
 * The regression of Fine and Gray (1999) on the hazard of the subdistribution of `cause`, with the weights, start,
 * line search and end of R's `crr`. Not computed where a covariate is redundant.
 */
export function fineGray(
  data: SurvivalData,
  covariates: Covariates,
  cause: number,
  options: { readonly level?: number } = {},
): Computed<FineGrayFit> {
  rejectEntry(data, 'The regression of Fine and Gray');
  checkCovariates(data, covariates);
  if (data.time.length === 0) return notComputed('no-observations');
  let events = 0;
  for (const code of data.status) if (code === cause) events += 1;
  if (events === 0) return notComputed('no-events');
  const model = buildFineGrayModel(data, covariates, cause);
  const end = maximize(model);
  if (end === null) return notComputed('covariate-redundant');
  const level = options.level ?? 0.95;
  const { p, n } = model;
  const covariance = sandwich(end.covariance, fineGrayMeat(model, end.beta), p);
  return {
    status: 'computed',
    n,
    cause,
    events,
    level,
    coefficients: covariates.names.map((name, j): Coefficient => {
      const value = end.beta[j] as number;
      if (end.endless[j] === 1) return infiniteCoefficient(name, value);
      if (!end.convergence.converged) return { name, ...notComputed('not-converged') };
      return buildCoefficient(name, value, covariance[j * p + j] as number, level);
    }),
    covariance,
    logLikelihood: { null: end.null, fitted: end.fitted },
    convergence: end.convergence,
  };
}

function checkCovariates(data: SurvivalData, covariates: Covariates): void {
  const findings = new InputFindings();
  const n = data.time.length;
  if (covariates.columns.length === 0) findings.table('There is no covariate', 'one or more');
  else if (covariates.rows !== n)
    findings.table('The covariates have another length than the times', `${n} rows`);
  findings.throwIfAny();
}

interface Maximum {
  readonly beta: Float64Array;
  readonly null: number;
  readonly fitted: number;
  readonly covariance: Float64Array;
  readonly endless: Uint8Array;
  readonly convergence: Convergence;
}

function maximize(model: FineGrayModel): Maximum | null {
  const p = model.p;
  let beta: Float64Array = new Float64Array(p);
  let at = evaluateFineGray(model, beta);
  const atNull = at.logLikelihood;
  let lastStep = new Float64Array(p).fill(Number.POSITIVE_INFINITY);
  let iterations = 0;
  for (;;) {
    const factor = factorSymmetric(at.information, p);
    if (factor.rank < p) return null;
    const step = solveSymmetric(factor, at.score);
    const lastChange = weightedScore(at, beta) / Math.max(Math.abs(at.logLikelihood), 1);
    const converged = lastChange < TOLERANCE || isSettled(beta, step);
    const next = converged || iterations === MOST_ITERATIONS ? null : climb(model, beta, at, step);
    if (next === null) {
      return {
        beta,
        null: atNull,
        fitted: at.logLikelihood,
        covariance: invertSymmetric(factor),
        endless: endless(beta, step, lastStep),
        convergence: { converged, iterations, lastChange, tolerance: TOLERANCE },
      };
    }
    lastStep = Float64Array.from(next, (value, j) => value - (beta[j] as number));
    beta = next;
    at = evaluateFineGray(model, beta);
    iterations += 1;
  }
}

/** On a scale where the score cannot vanish for its rounding, a step that changes no digit is the end. */
function isSettled(beta: Float64Array, step: Float64Array): boolean {
  return step.every((value, j) => Math.abs(value) <= 1e-11 * Math.abs(beta[j] as number));
}

function weightedScore(at: FineGrayLikelihood, beta: Float64Array): number {
  let most = 0;
  for (const [j, value] of at.score.entries()) {
    most = Math.max(most, Math.abs(value) * Math.max(Math.abs(beta[j] as number), 1));
  }
  return most;
}

/** The next point: Newton's step, halved until the likelihood gains enough; null where it never does. */
function climb(
  model: FineGrayModel,
  beta: Float64Array,
  at: FineGrayLikelihood,
  step: Float64Array,
): Float64Array | null {
  let share = 1;
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings += 1, share /= 2) {
    const part = share;
    const next = beta.map((value, j) => value + part * (step[j] as number));
    let slope = 0;
    for (let j = 0; j < step.length; j += 1) slope += part * (step[j] as number) * (at.score[j] as number);
    const reached = evaluateFineGray(model, next).logLikelihood;
    const rounding = 2 ** -50 * Math.abs(at.logLikelihood);
    if (reached >= at.logLikelihood + LEAST_GAIN * slope - rounding) return next;
  }
  return null;
}

/** A coefficient whose next step is about as long as its last one has no maximum to go to. */
function endless(beta: Float64Array, step: Float64Array, lastStep: Float64Array): Uint8Array {
  return Uint8Array.from(step, (value, j) => {
    const size = Math.abs(value);
    const settled = size <= 1e-4 * Math.max(1e-4, Math.abs(beta[j] as number));
    return !settled && size > 0.5 * Math.abs(lastStep[j] as number) ? 1 : 0;
  });
}

function sandwich(bread: Float64Array, meat: Float64Array, p: number): Float64Array {
  return multiply(multiply(bread, meat, p), bread, p);
}

function multiply(a: Float64Array, b: Float64Array, p: number): Float64Array {
  const product = new Float64Array(p * p);
  for (let i = 0; i < p; i += 1) {
    for (let j = 0; j < p; j += 1) {
      let sum = 0;
      for (let k = 0; k < p; k += 1) sum += (a[i * p + k] as number) * (b[k * p + j] as number);
      product[i * p + j] = sum;
    }
  }
  return product;
}
