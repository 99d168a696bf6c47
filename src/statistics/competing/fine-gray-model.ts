import type { SurvivalData } from '../data/survival-data.ts';
import type { Covariates } from '../regression/covariates.ts';
import type { RiskSums } from '../regression/risk-sums.ts';
import { addRow, createRiskSums } from '../regression/risk-sums.ts';
import { uncensoredBefore } from './censoring-survival.ts';

/** Rows ascending in time, with what the weights of Fine and Gray need. */
export interface FineGrayModel {
  readonly n: number;
  readonly p: number;
  readonly cause: number;
  readonly time: Float64Array;
  readonly status: Int32Array;
  /** Centred covariates, row-major. */
  readonly x: Float64Array;
  /** Probability of being uncensored just before each row's time. */
  readonly uncensored: Float64Array;
}

export function buildFineGrayModel(data: SurvivalData, covariates: Covariates, cause: number): FineGrayModel {
  const n = data.time.length;
  const p = covariates.columns.length;
  const x = new Float64Array(n * p);
  for (const [j, column] of covariates.columns.entries()) {
    let sum = 0;
    for (const value of column) sum += value;
    for (let i = 0; i < n; i += 1) x[i * p + j] = (column[data.order[i] as number] as number) - sum / n;
  }
  return { n, p, cause, time: data.time, status: data.status, x, uncensored: uncensoredBefore(data) };
}

export function isOtherCause(model: FineGrayModel, row: number): boolean {
  return model.status[row] !== 0 && model.status[row] !== model.cause;
}

/** exp of the linear predictor of each row. */
export function hazardsOf(model: FineGrayModel, beta: Float64Array): Float64Array {
  const { n, p, x } = model;
  const hazards = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let eta = 0;
    for (let j = 0; j < p; j += 1) eta += (x[i * p + j] as number) * (beta[j] as number);
    hazards[i] = Math.exp(eta);
  }
  return hazards;
}

export interface FineGrayLikelihood {
  readonly logLikelihood: number;
  readonly score: Float64Array;
  /** Symmetric, row-major. */
  readonly information: Float64Array;
}

/** A time with events of the cause. */
export interface FineGrayTerm {
  /** Its first row. */
  readonly row: number;
  readonly events: number;
  /** Weighted sum of the hazards at risk. */
  readonly total: number;
  /** Weighted mean of the covariates at risk; written anew for each term. */
  readonly mean: Float64Array;
}

interface Walk {
  /** Still observed. */
  readonly present: RiskSums;
  /** Had another cause before, each divided by its own probability of being uncensored. */
  readonly past: RiskSums;
  readonly mean: Float64Array;
  readonly score: Float64Array;
  readonly information: Float64Array;
}

/**
 * The weighted log partial likelihood (Fine and Gray 1999), walked from the last time back. At risk are those still
 * observed and, with the weight G(t-) / G(T-), those who had another cause at T before t. Ties by Breslow.
 */
export function evaluateFineGray(
  model: FineGrayModel,
  beta: Float64Array,
  visit?: (term: FineGrayTerm) => void,
): FineGrayLikelihood {
  const { n, p, time, status, x, uncensored } = model;
  const hazards = hazardsOf(model, beta);
  const walk: Walk = {
    present: createRiskSums(p, false),
    past: createRiskSums(p, false),
    mean: new Float64Array(p),
    score: new Float64Array(p),
    information: new Float64Array(p * p),
  };
  const pastHazard = (row: number) => (hazards[row] as number) / (uncensored[row] as number);
  for (let i = 0; i < n; i += 1) if (isOtherCause(model, i)) addRow(walk.past, x, i * p, pastHazard(i));
  let logLikelihood = 0;
  for (let last = n - 1; last >= 0; ) {
    const now = time[last];
    let events = 0;
    let i = last;
    for (; i >= 0 && time[i] === now; i -= 1) {
      addRow(walk.present, x, i * p, hazards[i] as number);
      if (isOtherCause(model, i)) addRow(walk.past, x, i * p, -pastHazard(i));
      if (status[i] !== model.cause) continue;
      events += 1;
      logLikelihood += Math.log(hazards[i] as number);
      for (let j = 0; j < p; j += 1) walk.score[j] = (walk.score[j] as number) + (x[i * p + j] as number);
    }
    last = i;
    if (events === 0) continue;
    const total = addMoments(walk, uncensored[i + 1] as number, events);
    logLikelihood -= events * Math.log(total);
    visit?.({ row: i + 1, events, total, mean: walk.mean });
  }
  return { logLikelihood, score: walk.score, information: walk.information };
}

function addMoments(walk: Walk, weight: number, events: number): number {
  const { present, past, mean, score, information } = walk;
  const p = mean.length;
  const total = present.zeroth + weight * past.zeroth;
  for (let j = 0; j < p; j += 1) {
    mean[j] = ((present.first[j] as number) + weight * (past.first[j] as number)) / total;
    score[j] = (score[j] as number) - events * (mean[j] as number);
    for (let k = 0; k <= j; k += 1) {
      const at = j * p + k;
      const square = ((present.second[at] as number) + weight * (past.second[at] as number)) / total;
      const variance = square - (mean[j] as number) * (mean[k] as number);
      const sum = (information[at] as number) + events * variance;
      information[at] = sum;
      information[k * p + j] = sum;
    }
  }
  return total;
}
