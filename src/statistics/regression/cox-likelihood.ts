/**
 * The log partial likelihood of Cox's regression with its first two derivatives, in one walk from the last time
 * back to the first. Ties by Efron (1977) or Breslow (1974).
 */
import type { CoxModel, CoxStratum } from './cox-model.ts';
import type { RiskSums } from './risk-sums.ts';
import { addRow, clearRiskSums, createRiskSums } from './risk-sums.ts';

export const TIES = ['efron', 'breslow'] as const;
export type Ties = (typeof TIES)[number];

/** One factor of the partial likelihood: a death, with the mean and variance of the covariates at risk. */
export interface CoxTerm {
  /** Row of the stratum, ascending in time, that is the first of the tied deaths' time. */
  row: number;
  /** Sum over the deaths tied here, divided by their number. */
  readonly deathMean: Float64Array;
  readonly mean: Float64Array;
  /** Lower triangle, row-major. */
  readonly variance: Float64Array;
  /** Third central moments for j >= k >= l; null unless asked for. */
  readonly third: Float64Array | null;
}

export interface CoxLikelihood {
  logLikelihood: number;
  readonly score: Float64Array;
  /** Symmetric, row-major. */
  readonly information: Float64Array;
}

export interface CoxWork {
  readonly result: CoxLikelihood;
  readonly risk: RiskSums;
  readonly deaths: RiskSums;
  readonly term: CoxTerm;
  readonly predictor: Float64Array;
  readonly hazard: Float64Array;
}

/** Everything a walk writes to, made once for all iterations. */
export function createCoxWork(model: CoxModel, withThird = false): CoxWork {
  const p = model.scale.length;
  const longest = Math.max(0, ...model.strata.map((stratum) => stratum.time.length));
  return {
    result: { logLikelihood: 0, score: new Float64Array(p), information: new Float64Array(p * p) },
    risk: createRiskSums(p, withThird),
    deaths: createRiskSums(p, withThird),
    term: {
      row: 0,
      deathMean: new Float64Array(p),
      mean: new Float64Array(p),
      variance: new Float64Array(p * p),
      third: withThird ? new Float64Array(p ** 3) : null,
    },
    predictor: new Float64Array(longest),
    hazard: new Float64Array(longest),
  };
}

export type TermVisitor = (term: CoxTerm, stratum: CoxStratum) => void;

/** Evaluates at `beta`, which belongs to the scaled columns; the result is `work.result`, written anew. */
export function evaluateCox(
  model: CoxModel,
  ties: Ties,
  beta: Float64Array,
  work: CoxWork,
  visit?: TermVisitor,
): CoxLikelihood {
  const { result } = work;
  result.logLikelihood = 0;
  result.score.fill(0);
  result.information.fill(0);
  for (const stratum of model.strata) {
    predict(stratum, beta, work);
    walk(stratum, ties, work, visit);
  }
  const p = beta.length;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) result.information[k * p + j] = result.information[j * p + k] as number;
  }
  return result;
}

function predict(stratum: CoxStratum, beta: Float64Array, work: CoxWork): void {
  const p = beta.length;
  const { x } = stratum;
  for (let i = 0; i < stratum.time.length; i += 1) {
    let eta = 0;
    for (let j = 0; j < p; j += 1) eta += (x[i * p + j] as number) * (beta[j] as number);
    work.predictor[i] = eta;
    work.hazard[i] = Math.exp(eta);
  }
}

/** Sums that shrank to less than this part of their largest are rebuilt, before rounding tells. */
const REBUILD_BELOW = 1e-3;

function walk(stratum: CoxStratum, ties: Ties, work: CoxWork, visit: TermVisitor | undefined): void {
  const { time, status, x } = stratum;
  const { risk, deaths, predictor, hazard, result } = work;
  const p = risk.size;
  clearRiskSums(risk);
  let largest = 0;
  let left = 0;
  for (let last = time.length - 1; last >= 0; ) {
    const now = time[last] as number;
    clearRiskSums(deaths);
    let died = 0;
    let i = last;
    for (; i >= 0 && time[i] === now; i -= 1) {
      addRow(risk, x, i * p, hazard[i] as number);
      if (status[i] === 0) continue;
      died += 1;
      addRow(deaths, x, i * p, hazard[i] as number);
      result.logLikelihood += predictor[i] as number;
      addDeath(work, x, i * p, died);
    }
    last = i;
    if (died === 0) continue;
    largest = Math.max(largest, risk.zeroth);
    left = leave(stratum, work, left, now);
    if (risk.zeroth < largest * REBUILD_BELOW) {
      rebuild(stratum, work, i + 1, now);
      largest = risk.zeroth;
    }
    work.term.row = i + 1;
    addTerms(work, ties, died, visit, stratum);
  }
}

/** Keeps the sum of the covariates of the deaths tied at this time. */
function addDeath(work: CoxWork, x: Float64Array, at: number, died: number): void {
  const { deathMean } = work.term;
  for (let j = 0; j < deathMean.length; j += 1) {
    deathMean[j] = (died === 1 ? 0 : (deathMean[j] as number)) + (x[at + j] as number);
  }
}

/** Takes away those who were not yet observed before `now`. */
function leave(stratum: CoxStratum, work: CoxWork, left: number, now: number): number {
  const { byEntry, entry } = stratum;
  if (byEntry === null || entry === null) return left;
  const p = work.risk.size;
  let next = left;
  for (; next < byEntry.length; next += 1) {
    const row = byEntry[next] as number;
    if ((entry[row] as number) < now) break;
    addRow(work.risk, stratum.x, row * p, -(work.hazard[row] as number));
  }
  return next;
}

function rebuild(stratum: CoxStratum, work: CoxWork, from: number, now: number): void {
  const { entry, time } = stratum;
  clearRiskSums(work.risk);
  for (let row = from; row < time.length; row += 1) {
    if (entry !== null && (entry[row] as number) >= now) continue;
    addRow(work.risk, stratum.x, row * work.risk.size, work.hazard[row] as number);
  }
}

function addTerms(
  work: CoxWork,
  ties: Ties,
  died: number,
  visit: TermVisitor | undefined,
  stratum: CoxStratum,
): void {
  const { result, term } = work;
  const p = work.risk.size;
  for (let j = 0; j < p; j += 1) {
    const sum = term.deathMean[j] as number;
    result.score[j] = (result.score[j] as number) + sum;
    term.deathMean[j] = sum / died;
  }
  for (let k = 0; k < died; k += 1) {
    setTerm(work, ties === 'efron' ? k / died : 0);
    for (let j = 0; j < p; j += 1) {
      result.score[j] = (result.score[j] as number) - (term.mean[j] as number);
      for (let l = 0; l <= j; l += 1) {
        const at = j * p + l;
        result.information[at] = (result.information[at] as number) + (term.variance[at] as number);
      }
    }
    visit?.(term, stratum);
  }
}

/** Moments of the risk set in which the tied deaths count for 1 - `done` each. */
function setTerm(work: CoxWork, done: number): void {
  const { risk, deaths, term, result } = work;
  const p = risk.size;
  const total = risk.zeroth - done * deaths.zeroth;
  result.logLikelihood -= Math.log(total);
  for (let j = 0; j < p; j += 1) {
    const mean = ((risk.first[j] as number) - done * (deaths.first[j] as number)) / total;
    term.mean[j] = mean;
    for (let k = 0; k <= j; k += 1) {
      const at = j * p + k;
      const square = ((risk.second[at] as number) - done * (deaths.second[at] as number)) / total;
      term.variance[at] = square - mean * (term.mean[k] as number);
    }
  }
  if (term.third !== null) setThird(work, term.third, done, total);
}

function setThird(work: CoxWork, third: Float64Array, done: number, total: number): void {
  const { risk, deaths, term } = work;
  if (risk.third === null || deaths.third === null) return;
  const p = risk.size;
  const { mean, variance } = term;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      for (let l = 0; l <= k; l += 1) {
        const at = (j * p + k) * p + l;
        const raw = ((risk.third[at] as number) - done * (deaths.third[at] as number)) / total;
        const mj = mean[j] as number;
        const mk = mean[k] as number;
        const ml = mean[l] as number;
        third[at] =
          raw -
          mj * (variance[k * p + l] as number) -
          mk * (variance[j * p + l] as number) -
          ml * (variance[j * p + k] as number) -
          mj * mk * ml;
      }
    }
  }
}
