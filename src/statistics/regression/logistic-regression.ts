import { InputFindings } from '../data/input-findings.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { invertSymmetric } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { Coefficient, Convergence, TestStatistic } from './coefficient.ts';
import { buildCoefficient, infiniteCoefficient } from './coefficient.ts';
import type { Covariates } from './covariates.ts';
import type { LogisticEnd } from './logistic-iterations.ts';
import { iterateLogistic } from './logistic-iterations.ts';

export interface LogisticOptions {
  /** Of the intervals; 0.95. */
  readonly level?: number;
  /** Fit several covariates even with fewer than five events for each. */
  readonly force?: boolean;
}

export interface LogisticFit {
  readonly n: number;
  readonly events: number;
  readonly level: number;
  /** Of the rarer outcome, for each column. */
  readonly eventsPerColumn: number;
  readonly intercept: Coefficient;
  /** Logarithms of odds ratios. */
  readonly coefficients: readonly Coefficient[];
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly likelihoodRatio: TestStatistic;
  readonly convergence: Convergence;
}

/** Clinical specification 8.1 S6. */
const EVENTS_PER_COLUMN = 5;

/**
 * Logistic regression of a yes-or-no outcome, with the iterations, start and end of R's `glm`. Several covariates
 * with fewer than five events (of the rarer outcome) for each column are refused unless forced. A coefficient that separates
 * the outcomes is named as infinite; then no coefficient that shares the fit is false, but its own has no number.
 * Throws `statistics-input-invalid` for an outcome other than 0 and 1 or unequal lengths.
 */
export function logisticRegression(
  outcome: ArrayLike<number>,
  covariates: Covariates,
  options: LogisticOptions = {},
): Computed<LogisticFit> {
  const y = parseOutcome(outcome, covariates);
  const n = y.length;
  const p = covariates.columns.length;
  if (n === 0) return notComputed('no-observations');
  let events = 0;
  for (const value of y) events += value;
  if (events === 0 || events === n) return notComputed('no-variation');
  const eventsPerColumn = Math.min(events, n - events) / p;
  const isMultivariable = new Set(covariates.terms).size > 1;
  if (isMultivariable && eventsPerColumn < EVENTS_PER_COLUMN && options.force !== true) {
    return notComputed('events-per-variable');
  }
  const level = options.level ?? 0.95;
  const end = iterateLogistic(y, covariates.columns);
  const share = events / n;
  const logLikelihoodNull = events * Math.log(share) + (n - events) * Math.log1p(-share);
  const df = end.factor.rank - 1;
  const chiSquare = Math.max(0, 2 * (end.logLikelihood - logLikelihoodNull));
  const [intercept, ...coefficients] = describe(['(intercept)', ...covariates.names], end, level);
  return {
    status: 'computed',
    n,
    events,
    level,
    eventsPerColumn,
    intercept: intercept as Coefficient,
    coefficients,
    logLikelihood: { null: logLikelihoodNull, fitted: end.logLikelihood },
    likelihoodRatio: { chiSquare, df, p: df === 0 ? 1 : chiSquareUpperTail(chiSquare, df) },
    convergence: end.convergence,
  };
}

function parseOutcome(outcome: ArrayLike<number>, covariates: Covariates): Float64Array {
  const findings = new InputFindings();
  if (covariates.columns.length === 0) findings.table('There is no covariate', 'one or more');
  else if (covariates.rows !== outcome.length) {
    findings.table('The covariates have another length than the outcome', `${outcome.length} rows`);
  }
  for (let row = 0; row < outcome.length; row += 1) {
    const value = outcome[row];
    if (value !== 0 && value !== 1) findings.row(row, 'outcome', value, '0 or 1');
  }
  findings.throwIfAny();
  return Float64Array.from(outcome);
}

function describe(names: readonly string[], end: LogisticEnd, level: number): Coefficient[] {
  const { centre, scale, factor, beta } = end;
  const size = beta.length;
  const inverse = invertSymmetric(factor);
  const isEndless = end.infinite.includes(1);
  return names.map((name, j) => {
    if (factor.redundant[j] === 1) return { name, ...notComputed('covariate-redundant') };
    const weights = new Float64Array(size);
    if (j > 0) weights[j] = scale[j] as number;
    else
      for (let k = 0; k < size; k += 1)
        weights[k] = k === 0 ? 1 : -(centre[k] as number) * (scale[k] as number);
    let value = 0;
    let variance = 0;
    for (let a = 0; a < size; a += 1) {
      value += (weights[a] as number) * (beta[a] as number);
      for (let b = 0; b < size; b += 1) {
        variance += (weights[a] as number) * (inverse[a * size + b] as number) * (weights[b] as number);
      }
    }
    if (end.infinite[j] === 1 || (j === 0 && isEndless)) return infiniteCoefficient(name, value);
    if (!end.convergence.converged) return { name, ...notComputed('not-converged') };
    return buildCoefficient(name, value, variance, level);
  });
}
