import { endOfTie } from '../data/ties.ts';
import type { FineGrayModel } from './fine-gray-model.ts';
import { evaluateFineGray, hazardsOf, isOtherCause } from './fine-gray-model.ts';

/**
 * The sum over patients of the outer product of their influence on the score: the residual of the weighted
 * regression, and the part that comes of estimating the censoring distribution (Fine and Gray 1999, section 4).
 * Row-major. The variance of the coefficients is this between two inverses of the information.
 */
export function fineGrayMeat(model: FineGrayModel, beta: Float64Array): Float64Array {
  const p = model.p;
  const influence = scoreResiduals(model, beta);
  addCensoringPart(model, beta, influence);
  const meat = new Float64Array(p * p);
  for (let i = 0; i < model.n; i += 1) {
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        const at = j * p + k;
        const product = (influence[i * p + j] as number) * (influence[i * p + k] as number);
        meat[at] = (meat[at] as number) + product;
      }
    }
  }
  return meat;
}

/** Increment of the baseline at the first row of each event time, and the mean covariates there; else 0. */
interface Baseline {
  readonly increment: Float64Array;
  readonly mean: Float64Array;
}

function baselineOf(model: FineGrayModel, beta: Float64Array): Baseline {
  const increment = new Float64Array(model.n);
  const mean = new Float64Array(model.n * model.p);
  evaluateFineGray(model, beta, (term) => {
    increment[term.row] = term.events / term.total;
    mean.set(term.mean, term.row * model.p);
  });
  return { increment, mean };
}

function scoreResiduals(model: FineGrayModel, beta: Float64Array): Float64Array {
  const { n, p, x, time, status, uncensored } = model;
  const { increment, mean } = baselineOf(model, beta);
  const hazards = hazardsOf(model, beta);
  const residuals = new Float64Array(n * p);
  const later = laterSums(model, { increment, mean }, 'after');
  const hazardSum = new Float64Array(1 + p);
  for (let i = 0; i < n; ) {
    const first = i;
    const now = time[first];
    addIncrement(hazardSum, increment[first] as number, mean, first * p, p);
    for (; i < n && time[i] === now; i += 1) {
      const hazard = hazards[i] as number;
      const isOther = isOtherCause(model, i);
      for (let j = 0; j < p; j += 1) {
        const value = x[i * p + j] as number;
        let residual = -hazard * (value * (hazardSum[0] as number) - (hazardSum[1 + j] as number));
        if (status[i] === model.cause) residual += value - (mean[first * p + j] as number);
        if (isOther) {
          const weight = hazard / (uncensored[i] as number);
          const base = first * (1 + p);
          residual -= weight * (value * (later[base] as number) - (later[base + 1 + j] as number));
        }
        residuals[i * p + j] = residual;
      }
    }
  }
  return residuals;
}

function addIncrement(sum: Float64Array, by: number, mean: Float64Array, at: number, p: number): void {
  sum[0] = (sum[0] as number) + by;
  for (let j = 0; j < p; j += 1) sum[1 + j] = (sum[1 + j] as number) + by * (mean[at + j] as number);
}

/**
 * For the first row of each time: over the event times after it, or from it on, the baseline's increment times
 * G(t-), and that times the mean.
 */
function laterSums(model: FineGrayModel, baseline: Baseline, which: 'after' | 'from'): Float64Array {
  const { n, p, time, uncensored } = model;
  const sums = new Float64Array(n * (1 + p));
  const running = new Float64Array(1 + p);
  for (let i = n - 1; i >= 0; i -= 1) {
    if (i > 0 && time[i - 1] === time[i]) continue;
    if (which === 'after') sums.set(running, i * (1 + p));
    const weighted = (baseline.increment[i] as number) * (uncensored[i] as number);
    addIncrement(running, weighted, baseline.mean, i * p, p);
    if (which === 'from') sums.set(running, i * (1 + p));
  }
  return sums;
}

/**
 * What the estimated censoring hazard adds to each patient's influence. A censoring time u acts on those who had
 * another cause before u, at the event times from u on, as in the paper's formula.
 */
function addCensoringPart(model: FineGrayModel, beta: Float64Array, influence: Float64Array): void {
  const { n, p, time, status, x, uncensored } = model;
  const hazards = hazardsOf(model, beta);
  const later = laterSums(model, baselineOf(model, beta), 'from');
  const past = new Float64Array(1 + p);
  const compensator = new Float64Array(p);
  const pull = new Float64Array(p);
  for (let i = 0; i < n; ) {
    const first = i;
    const atRisk = n - first;
    const end = endOfTie(time, first);
    let censored = 0;
    for (let row = first; row < end; row += 1) if (status[row] === 0) censored += 1;
    const base = first * (1 + p);
    for (let j = 0; j < p; j += 1) {
      const both = (past[1 + j] as number) * (later[base] as number);
      pull[j] = (both - (past[0] as number) * (later[base + 1 + j] as number)) / atRisk;
      compensator[j] = (compensator[j] as number) + ((pull[j] as number) * censored) / atRisk;
    }
    for (; i < end; i += 1) {
      if (isOtherCause(model, i)) {
        addIncrement(past, (hazards[i] as number) / (uncensored[i] as number), x, i * p, p);
      }
      for (let j = 0; j < p; j += 1) {
        const at = i * p + j;
        const jump = status[i] === 0 ? (pull[j] as number) : 0;
        influence[at] = (influence[at] as number) + jump - (compensator[j] as number);
      }
    }
  }
}
