import type { SurvivalData } from '../data/survival-data.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import type { SymmetricFactor } from '../linear/symmetric-factor.ts';
import { invertSymmetric } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import type { Coefficient, Convergence, TestStatistic } from './coefficient.ts';
import { buildCoefficient, infiniteCoefficient } from './coefficient.ts';
import type { Covariates } from './covariates.ts';
import { maximizeCox } from './cox-iterations.ts';
import type { Ties } from './cox-likelihood.ts';
import type { CoxModel } from './cox-model.ts';
import { type CoxFitFrame, type CoxOptions, fitCoxModel } from './fit-cox-model.ts';

export interface CoxFit extends CoxFitFrame {
  readonly coefficients: readonly Coefficient[];
  /** With all coefficients 0, and at the maximum. */
  readonly logLikelihood: { readonly null: number; readonly fitted: number };
  readonly likelihoodRatio: TestStatistic;
  readonly score: TestStatistic;
  readonly wald: Computed<TestStatistic>;
  /** Covariance of the coefficients, row-major; 0 for redundant ones. */
  readonly covariance: Float64Array;
  /** Coefficients as numbers, where the iterations stopped; 0 for redundant ones. */
  readonly estimate: Float64Array;
  readonly convergence: Convergence;
  /** Fewer than five events for each column: a penalised fit is advised (clinical specification 8.1 S4). */
  readonly firthAdvised: boolean;
}

const EVENTS_PER_COLUMN = 5;

/**
 * Cox's proportional hazards regression. Any status other than 0 is the event; with `entry`, rows are intervals
 * (entry, time], so that covariates may change with time. The iterations, their start and their end are those of
 * R's `coxph`. A coefficient along which the likelihood keeps rising is named as infinite, and no Wald statistic
 * is given for it; the likelihood ratio and score tests stand.
 */
export function coxRegression(
  data: SurvivalData,
  covariates: Covariates,
  options: CoxOptions = {},
): Computed<CoxFit> {
  return fitCoxModel(data, covariates, options, (model, { ties, level }) => ({
    status: 'computed',
    ...describe(model, ties, level),
  }));
}

function describe(model: CoxModel, ties: Ties, level: number): Omit<CoxFit, keyof CoxFitFrame> {
  const end = maximizeCox(model, ties);
  const covariance = unscale(invertSymmetric(end.factor), model.scale);
  const estimate = end.beta.map((value, j) => value * (model.scale[j] as number));
  const coefficients = describeCoefficients(model, estimate, covariance, end, level);
  const df = end.factor.rank;
  return {
    coefficients,
    logLikelihood: { null: end.logLikelihoodNull, fitted: end.logLikelihood },
    likelihoodRatio: testStatistic(2 * (end.logLikelihood - end.logLikelihoodNull), df),
    score: testStatistic(end.scoreTest, df),
    wald: waldTest(end.factor, end.information, end.beta, coefficients),
    covariance,
    estimate,
    convergence: end.convergence,
    firthAdvised: model.events < EVENTS_PER_COLUMN * model.scale.length,
  };
}

function describeCoefficients(
  model: CoxModel,
  estimate: Float64Array,
  covariance: Float64Array,
  end: { readonly factor: SymmetricFactor; readonly infinite: Uint8Array; readonly convergence: Convergence },
  level: number,
): Coefficient[] {
  const p = estimate.length;
  return model.covariates.names.map((name, j) => {
    if (end.factor.redundant[j] === 1) return { name, ...notComputed('covariate-redundant') };
    const value = estimate[j] as number;
    if (end.infinite[j] === 1) return infiniteCoefficient(name, value);
    if (!end.convergence.converged) return { name, ...notComputed('not-converged') };
    return buildCoefficient(name, value, covariance[j * p + j] as number, level);
  });
}

function waldTest(
  factor: SymmetricFactor,
  information: Float64Array,
  beta: Float64Array,
  coefficients: readonly Coefficient[],
): Computed<TestStatistic> {
  for (const coefficient of coefficients) {
    if (coefficient.status === 'computed' || coefficient.reason === 'covariate-redundant') continue;
    return notComputed(coefficient.reason);
  }
  if (factor.rank === 0) return notComputed('covariate-redundant');
  const p = beta.length;
  let statistic = 0;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < p; k += 1) {
      statistic += (beta[j] as number) * (information[j * p + k] as number) * (beta[k] as number);
    }
  }
  return { status: 'computed', ...testStatistic(statistic, factor.rank) };
}

function testStatistic(chiSquare: number, df: number): TestStatistic {
  return { chiSquare, df, p: df === 0 ? 1 : chiSquareUpperTail(chiSquare, df) };
}

function unscale(covariance: Float64Array, scale: Float64Array): Float64Array {
  const p = scale.length;
  return covariance.map(
    (value, at) => value * (scale[Math.floor(at / p)] as number) * (scale[at % p] as number),
  );
}
