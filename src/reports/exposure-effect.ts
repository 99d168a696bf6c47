import type { Groups } from '../statistics/data/groups.ts';
import type { SurvivalData } from '../statistics/data/survival-data.ts';
import type { Computed } from '../statistics/reason.ts';
import { parseCovariates } from '../statistics/regression/covariates.ts';
import { type CoxFit, coxRegression } from '../statistics/regression/cox-regression.ts';

/** The hazard ratio of a time-dependent exposure, and what the fit rests on. */
export type ExposureEffect = Computed<Pick<CoxFit, 'n' | 'events' | 'coefficients' | 'convergence'>>;

/** Cox's regression with the group as covariate; rows are intervals. */
export function describeExposure(data: SurvivalData, groups: Groups, level: number): ExposureEffect {
  const covariate = { name: 'exposed', values: groups.codes };
  const fit = coxRegression(data, parseCovariates([covariate]), { level });
  if (fit.status !== 'computed') return fit;
  const { n, events, coefficients, convergence } = fit;
  return { status: 'computed', n, events, coefficients, convergence };
}
