/**
 * `cartograph-fhir/statistics`: survival, competing risks, regressions, tests and proportions on plain arrays. What
 * cannot be computed comes back as a reason; input that cannot be right throws `statistics-input-invalid`.
 */
export { chiSquareTest } from '../statistics/comparison/chi-square-test.ts';
export { pearson, spearman } from '../statistics/comparison/correlation.ts';
export { fisherExact } from '../statistics/comparison/fisher-exact.ts';
export { fisherTwoByTwo } from '../statistics/comparison/fisher-two-by-two.ts';
export { kruskalWallis } from '../statistics/comparison/kruskal-wallis.ts';
export { mannWhitney } from '../statistics/comparison/mann-whitney.ts';
export { mcNemar } from '../statistics/comparison/mcnemar.ts';
export { proportion } from '../statistics/comparison/proportion.ts';
export { signedRank } from '../statistics/comparison/signed-rank.ts';
export { pairedTTest, tTest } from '../statistics/comparison/t-test.ts';
export {
  cumulativeIncidence,
  cumulativeIncidenceByGroup,
} from '../statistics/competing/cumulative-incidence.ts';
export { fineGray } from '../statistics/competing/fine-gray.ts';
export { grayTest } from '../statistics/competing/gray-test.ts';
export { incidenceAt } from '../statistics/competing/incidence-at.ts';
export { parseGroups } from '../statistics/data/groups.ts';
export { parseCompetingRisks, parseSurvival } from '../statistics/data/survival-data.ts';
export type { Computed, NotComputed } from '../statistics/reason.ts';
export { parseCovariates } from '../statistics/regression/covariates.ts';
export { coxRegression } from '../statistics/regression/cox-regression.ts';
export { firthCoxRegression } from '../statistics/regression/firth-cox-regression.ts';
export { logisticRegression } from '../statistics/regression/logistic-regression.ts';
export { proportionalHazards } from '../statistics/regression/proportional-hazards.ts';
export { buildExposureIntervals } from '../statistics/rows/exposure-intervals.ts';
export { buildLandmarkRows } from '../statistics/rows/landmark.ts';
export { geometricMean, summarize } from '../statistics/summary/summarize.ts';
export { confidenceBand } from '../statistics/survival/confidence-band.ts';
export { kaplanMeier, kaplanMeierByGroup, reverseKaplanMeier } from '../statistics/survival/kaplan-meier.ts';
export { logRank } from '../statistics/survival/log-rank.ts';
export { restrictedMean } from '../statistics/survival/restricted-mean.ts';
export { survivalAt, survivalRows } from '../statistics/survival/survival-at.ts';
export { survivalQuantile } from '../statistics/survival/survival-quantile.ts';
