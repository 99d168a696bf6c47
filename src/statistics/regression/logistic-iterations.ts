import type { SymmetricFactor } from '../linear/symmetric-factor.ts';
import { factorSymmetric, solveSymmetric } from '../linear/symmetric-factor.ts';
import type { Convergence } from './coefficient.ts';

/** Where the iterations ended; index 0 is the intercept, of the centred and scaled columns. */
export interface LogisticEnd {
  readonly beta: Float64Array;
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  /** Of the weighted cross-products of the last iteration. */
  readonly factor: SymmetricFactor;
  readonly logLikelihood: number;
  /** 1 for each coefficient that was still growing by full steps. */
  readonly infinite: Uint8Array;
  readonly convergence: Convergence;
}

/** Those of R's `glm.control`. */
const TOLERANCE = 1e-8;
const MOST_ITERATIONS = 25;
const SETTLED_BELOW = 1e-4;
const STEADY_FROM = 0.5;
/** Beyond this the fitted probabilities are 0 or 1 to rounding. */
const LARGEST_PREDICTOR = 30;

/** Iteratively reweighted least squares from (y + 1/2) / 2, until the deviance settles. */
export function iterateLogistic(y: Float64Array, columns: readonly Float64Array[]): LogisticEnd {
  const { x, centre, scale } = standardize(y.length, columns);
  const size = columns.length + 1;
  let predictor = y.map((value) => (value === 1 ? Math.log(3) : -Math.log(3)));
  let deviance = -2 * logLikelihoodOf(y, predictor);
  let beta: Float64Array = new Float64Array(size);
  let step: Float64Array = new Float64Array(size);
  let lastStep: Float64Array = new Float64Array(size);
  let factor = factorSymmetric(new Float64Array(size * size), size);
  let iterations = 0;
  let lastChange = Number.POSITIVE_INFINITY;
  while (iterations < MOST_ITERATIONS && lastChange >= TOLERANCE) {
    iterations += 1;
    const system = normalEquations(y, x, predictor, size);
    factor = factorSymmetric(system.matrix, size);
    const next = solveSymmetric(factor, system.right);
    lastStep = step;
    step = next.map((value, j) => value - (beta[j] as number));
    beta = next;
    predictor = predict(x, beta, y.length);
    const reached = -2 * logLikelihoodOf(y, predictor);
    lastChange = Math.abs(reached - deviance) / (0.1 + Math.abs(reached));
    deviance = reached;
  }
  return {
    beta,
    centre,
    scale,
    factor,
    logLikelihood: -deviance / 2,
    infinite: endless(beta, step, lastStep),
    convergence: { converged: lastChange < TOLERANCE, iterations, lastChange, tolerance: TOLERANCE },
  };
}

/** Under separation the coefficients go on by as much each time, while the deviance runs out. */
function endless(beta: Float64Array, step: Float64Array, lastStep: Float64Array): Uint8Array {
  return Uint8Array.from(step, (value, j) => {
    const size = Math.abs(value);
    const settled = size <= SETTLED_BELOW * Math.max(SETTLED_BELOW, Math.abs(beta[j] as number));
    return !settled && size > STEADY_FROM * Math.abs(lastStep[j] as number) ? 1 : 0;
  });
}

interface Standardized {
  /** Row-major, 1 first. */
  readonly x: Float64Array;
  readonly centre: Float64Array;
  readonly scale: Float64Array;
}

function standardize(n: number, columns: readonly Float64Array[]): Standardized {
  const size = columns.length + 1;
  const x = new Float64Array(n * size);
  const centre = new Float64Array(size);
  const scale = new Float64Array(size).fill(1);
  for (let i = 0; i < n; i += 1) x[i * size] = 1;
  for (const [index, column] of columns.entries()) {
    const j = index + 1;
    let sum = 0;
    for (const value of column) sum += value;
    const middle = sum / n;
    let spread = 0;
    for (const value of column) spread += Math.abs(value - middle);
    const factor = spread > 0 ? n / spread : 1;
    centre[j] = middle;
    scale[j] = factor;
    for (let i = 0; i < n; i += 1) x[i * size + j] = ((column[i] as number) - middle) * factor;
  }
  return { x, centre, scale };
}

function normalEquations(y: Float64Array, x: Float64Array, predictor: Float64Array, size: number) {
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let i = 0; i < y.length; i += 1) {
    const eta = predictor[i] as number;
    const bounded = Math.max(-LARGEST_PREDICTOR, Math.min(LARGEST_PREDICTOR, eta));
    const fitted = 1 / (1 + Math.exp(-bounded));
    const weight = fitted * (1 - fitted);
    const working = weight * eta + ((y[i] as number) - fitted);
    for (let j = 0; j < size; j += 1) {
      const value = x[i * size + j] as number;
      right[j] = (right[j] as number) + value * working;
      for (let k = 0; k <= j; k += 1) {
        const sum = (matrix[j * size + k] as number) + weight * value * (x[i * size + k] as number);
        matrix[j * size + k] = sum;
        matrix[k * size + j] = sum;
      }
    }
  }
  return { matrix, right };
}

function predict(x: Float64Array, beta: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const size = beta.length;
  const predictor = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let sum = 0;
    for (let j = 0; j < size; j += 1) sum += (x[i * size + j] as number) * (beta[j] as number);
    predictor[i] = sum;
  }
  return predictor;
}

function logLikelihoodOf(y: Float64Array, predictor: Float64Array): number {
  let sum = 0;
  for (const [i, value] of y.entries()) {
    const eta = value === 1 ? (predictor[i] as number) : -(predictor[i] as number);
    sum -= eta > 0 ? Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta)) - eta;
  }
  return sum;
}
