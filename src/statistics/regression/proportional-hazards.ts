import { averageRanks } from '../data/average-ranks.ts';
import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { factorSymmetric, quadraticForm } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { kaplanMeier } from '../survival/kaplan-meier.ts';
import { lastNotAfter } from '../survival/survival-at.ts';
import type { TestStatistic } from './coefficient.ts';
import type { Covariates } from './covariates.ts';
import { createCoxWork, evaluateCox } from './cox-likelihood.ts';
import { buildCoxModel } from './cox-model.ts';
import type { CoxFit } from './cox-regression.ts';

export const TIME_SCALES = ['km', 'identity', 'rank'] as const;
/** Scale of time on which a coefficient might drift; `km` is 1 - S(t-) of all rows. */
export type TimeScale = (typeof TIME_SCALES)[number];

export interface ProportionalHazards {
  readonly scale: TimeScale;
  /** For each covariate; a factor is one test over its columns. */
  readonly terms: readonly { readonly name: string; readonly test: Computed<TestStatistic> }[];
  readonly global: Computed<TestStatistic>;
}

/**
 * Do the coefficients drift with time? The score test that adds to each covariate its product with time, at the
 * fitted coefficients (Grambsch and Therneau 1994), as R's `cox.zph` of survival 3 computes it. `fit` is of the
 * same data, covariates and strata.
 */
export function proportionalHazards(
  data: SurvivalData,
  covariates: Covariates,
  fit: CoxFit,
  options: { readonly scale?: TimeScale; readonly strata?: Groups } = {},
): ProportionalHazards {
  const scale = options.scale ?? 'km';
  const model = buildCoxModel(data, covariates, options.strata);
  const p = model.scale.length;
  const beta = fit.estimate.map((value, j) => value / (model.scale[j] as number));
  const drift = centredTimes(data, scale);
  const sums = {
    score: new Float64Array(p),
    cross: new Float64Array(p * p),
    square: new Float64Array(p * p),
  };
  const { information } = evaluateCox(model, fit.ties, beta, createCoxWork(model), (term, stratum) => {
    const at = drift[stratum.order[term.row] as number] as number;
    for (let j = 0; j < p; j += 1) {
      add(sums.score, j, at * ((term.deathMean[j] as number) - (term.mean[j] as number)));
      for (let k = 0; k <= j; k += 1) {
        const variance = term.variance[j * p + k] as number;
        add(sums.cross, j * p + k, at * variance);
        add(sums.square, j * p + k, at * at * variance);
      }
    }
  });
  const test = (columns: readonly number[]) => scoreTest(information, sums, columns);
  const names = [...new Set(covariates.terms)];
  return {
    scale,
    terms: names.map((name) => ({
      name,
      test: test([...covariates.terms.keys()].filter((j) => covariates.terms[j] === name)),
    })),
    global: test([...covariates.terms.keys()]),
  };
}

function add(values: Float64Array, at: number, by: number): void {
  values[at] = (values[at] as number) + by;
}

/** The time of each input row on its scale, less the mean over the events, in units of its largest distance from that. */
function centredTimes(data: SurvivalData, scale: TimeScale): Float64Array {
  const sorted = scaledTimes(data, scale);
  let sum = 0;
  let events = 0;
  for (const [i, code] of data.status.entries()) {
    if (code === 0) continue;
    sum += sorted[i] as number;
    events += 1;
  }
  const mean = sum / events;
  let widest = 0;
  for (const value of sorted) widest = Math.max(widest, Math.abs(value - mean));
  const unit = widest > 0 ? widest : 1;
  const byRow = new Float64Array(sorted.length);
  for (const [i, value] of sorted.entries()) byRow[data.order[i] as number] = (value - mean) / unit;
  return byRow;
}

function scaledTimes(data: SurvivalData, scale: TimeScale): Float64Array {
  switch (scale) {
    case 'identity':
      return data.time;
    case 'rank':
      return averageRanks(data.time);
    case 'km': {
      const curve = kaplanMeier(data);
      return data.time.map((time) => 1 - (curve.survival[lastNotAfter(curve.time, time) - 1] ?? 1));
    }
  }
}

/**
 * Score test of the products with time of `columns`, the covariates themselves being fitted. A redundant column has no
 * product of its own and takes no degree of freedom.
 */
function scoreTest(
  information: Float64Array,
  sums: { readonly score: Float64Array; readonly cross: Float64Array; readonly square: Float64Array },
  columns: readonly number[],
): Computed<TestStatistic> {
  const p = sums.score.length;
  const size = p + columns.length;
  const matrix = new Float64Array(size * size);
  const score = new Float64Array(size);
  const lower = (values: Float64Array, j: number, k: number) =>
    values[Math.max(j, k) * p + Math.min(j, k)] as number;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < p; k += 1) matrix[j * size + k] = information[j * p + k] as number;
  }
  for (const [a, j] of columns.entries()) {
    score[p + a] = sums.score[j] as number;
    for (let k = 0; k < p; k += 1) {
      matrix[(p + a) * size + k] = lower(sums.cross, j, k);
      matrix[k * size + p + a] = lower(sums.cross, j, k);
    }
    for (const [b, k] of columns.entries()) matrix[(p + a) * size + p + b] = lower(sums.square, j, k);
  }
  const factor = factorSymmetric(matrix, size);
  let df = 0;
  for (const [a, j] of columns.entries()) {
    if (factor.redundant[p + a] === 0) df += 1;
    else if (factor.redundant[j] === 0) return notComputed('variance-singular');
  }
  if (df === 0) return notComputed('covariate-redundant');
  const chiSquare = quadraticForm(factor, score);
  return { status: 'computed', chiSquare, df, p: chiSquareUpperTail(chiSquare, df) };
}
