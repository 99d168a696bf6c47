import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { type Computed, notComputed } from '../reason.ts';
import type { Covariates } from './covariates.ts';
import type { Ties } from './cox-likelihood.ts';
import { buildCoxModel, type CoxModel } from './cox-model.ts';

export interface CoxOptions {
  /** Efron's by default. */
  readonly ties?: Ties;
  /** A baseline hazard of its own for each. */
  readonly strata?: Groups;
  /** Of the intervals; 0.95. */
  readonly level?: number;
}

/** What every fit of the model says of itself. */
export interface CoxFitFrame {
  /** Rows: patients, or with `entry` their intervals. */
  readonly n: number;
  readonly events: number;
  readonly ties: Ties;
  readonly level: number;
}

/** Lays the model out and fits it, where there is anything to fit. */
export function fitCoxModel<T extends object>(
  data: SurvivalData,
  covariates: Covariates,
  { ties = 'efron', strata, level = 0.95 }: CoxOptions,
  maximize: (model: CoxModel, frame: CoxFitFrame) => Computed<T>,
): Computed<CoxFitFrame & T> {
  const model = buildCoxModel(data, covariates, strata);
  const { n, events } = model;
  if (n === 0) return notComputed('no-observations');
  if (events === 0) return notComputed('no-events');
  const frame = { n, events, ties, level };
  const fitted = maximize(model, frame);
  return fitted.status === 'computed' ? { ...frame, ...fitted } : fitted;
}
