/** The numeric reference of the clinical specification, section 8.2, computed there in R. */
import { chiSquareTest } from '../../src/statistics/comparison/chi-square-test.ts';
import { pearson, spearman } from '../../src/statistics/comparison/correlation.ts';
import { fisherTwoByTwo } from '../../src/statistics/comparison/fisher-two-by-two.ts';
import { mannWhitney } from '../../src/statistics/comparison/mann-whitney.ts';
import { mcNemar } from '../../src/statistics/comparison/mcnemar.ts';
import { proportion } from '../../src/statistics/comparison/proportion.ts';
import { signedRank } from '../../src/statistics/comparison/signed-rank.ts';
import { pairedTTest } from '../../src/statistics/comparison/t-test.ts';
import { cumulativeIncidence } from '../../src/statistics/competing/cumulative-incidence.ts';
import { grayTest } from '../../src/statistics/competing/gray-test.ts';
import { incidenceAt } from '../../src/statistics/competing/incidence-at.ts';
import { parseGroups } from '../../src/statistics/data/groups.ts';
import { parseCompetingRisks, parseSurvival } from '../../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../src/statistics/regression/cox-regression.ts';
import { logisticRegression } from '../../src/statistics/regression/logistic-regression.ts';
import { confidenceBand } from '../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier, reverseKaplanMeier } from '../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../src/statistics/survival/log-rank.ts';
import { survivalAt } from '../../src/statistics/survival/survival-at.ts';
import { survivalQuantile } from '../../src/statistics/survival/survival-quantile.ts';
import { computed } from './support/computed.ts';

const TIME = [1.5, 3, 4, 5, 5, 8, 10, 12, 15, 20, 24, 30];
const EVENT = [1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0];
const GROUP = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
const CAUSE = [1, 2, 0, 1, 1, 0, 2, 1, 0, 0, 1, 0];

const DATA = parseSurvival({ time: TIME, status: EVENT });
const CURVE = kaplanMeier(DATA);
const GROUPS = parseGroups(GROUP);

describe('specification 8.2: survival', () => {
  it('estimates and standard errors', () => {
    const points = survivalAt(CURVE, [6, 12, 24], confidenceBand(CURVE));
    const [six, twelve, twentyFour] = points;
    expect(six?.survival).toBeCloseTo(0.648148, 6);
    expect(twelve?.survival).toBeCloseTo(0.432099, 6);
    expect(twentyFour?.survival).toBeCloseTo(0.216049, 6);
    expect(six?.stdError).toBeCloseTo(0.142611, 6);
    expect(twelve?.stdError).toBeCloseTo(0.156838, 6);
    expect(twentyFour?.stdError).toBeCloseTo(0.171721, 6);
  });

  it.each([
    { type: 'plain', time: 12, lower: 0.124702, upper: 0.739496 },
    { type: 'log', time: 12, lower: 0.212141, upper: 0.880121 },
    { type: 'log-log', time: 12, lower: 0.14101, upper: 0.698076 },
    { type: 'plain', time: 24, lower: 0, upper: 0.552617 },
    { type: 'log', time: 24, lower: 0.045499, upper: 1 },
    { type: 'log-log', time: 24, lower: 0.014477, upper: 0.574445 },
  ] as const)('$type interval at $time', ({ type, time, lower, upper }) => {
    const [point] = survivalAt(CURVE, [time], confidenceBand(CURVE, { type, level: 0.95 }));
    expect(point?.lower).toBeCloseTo(lower, 6);
    expect(point?.upper).toBeCloseTo(upper, 6);
  });

  it.each([
    { type: 'plain', lower: 5 },
    { type: 'log', lower: 5 },
    { type: 'log-log', lower: 3 },
  ] as const)('median with $type interval', ({ type, lower }) => {
    const median = survivalQuantile(CURVE, 0.5, confidenceBand(CURVE, { type, level: 0.95 }));
    expect(median).toMatchObject({ time: 12, lower, upper: null });
  });

  it('median follow-up', () => {
    const followUp = reverseKaplanMeier(DATA);
    const band = confidenceBand(followUp, { type: 'log', level: 0.95 });
    expect(survivalQuantile(followUp, 0.5, band)).toMatchObject({ time: 20, lower: 15, upper: null });
  });

  it('log-rank test', () => {
    const test = computed(logRank(DATA, GROUPS).test);
    expect(test.chiSquare).toBeCloseTo(0.342743, 6);
    expect(test.p).toBeCloseTo(0.55825, 6);
  });

  it.each([
    { ties: 'efron', ratio: 0.643474, lower: 0.143453, upper: 2.886378, p: 0.564799 },
    { ties: 'breslow', ratio: 0.64611, lower: 0.144058, upper: 2.897836, p: 0.568381 },
  ] as const)('Cox regression, $ties', ({ ties, ratio, lower, upper, p }) => {
    const fit = computed(coxRegression(DATA, parseCovariates([{ name: 'group', values: GROUP }]), { ties }));
    const [group] = fit.coefficients;
    expect(group?.status).toBe('computed');
    if (group?.status !== 'computed') return;
    expect(group.ratio).toBeCloseTo(ratio, 6);
    expect(group.lower).toBeCloseTo(lower, 6);
    expect(group.upper).toBeCloseTo(upper, 6);
    expect(group.p).toBeCloseTo(p, 6);
    if (ties !== 'efron') return;
    expect(group.coefficient).toBeCloseTo(-0.440874, 6);
    expect(fit.logLikelihood.null).toBeCloseTo(-13.25381, 5);
    expect(fit.logLikelihood.fitted).toBeCloseTo(-13.08592, 5);
  });
});

describe('specification 8.2: competing risks', () => {
  const data = parseCompetingRisks({ time: TIME, status: CAUSE }, 2);
  const curves = cumulativeIncidence(data, 2);

  it.each([
    { cause: 1, values: [0.268519, 0.376543, 0.592593] },
    { cause: 2, values: [0.083333, 0.191358, 0.191358] },
  ])('incidence of cause $cause', ({ cause, values }) => {
    const curve = curves.causes[cause - 1];
    if (curve === undefined) throw new Error('no curve');
    const points = incidenceAt(curves, curve, [6, 12, 24]);
    for (const [index, value] of values.entries()) expect(points[index]?.incidence).toBeCloseTo(value, 6);
  });

  it.each([
    { cause: 1, chiSquare: 0.434522, p: 0.50978 },
    { cause: 2, chiSquare: 0.007293, p: 0.93194 },
  ])("Gray's test of cause $cause", ({ cause, chiSquare, p }) => {
    const test = computed(grayTest(data, GROUPS, cause));
    expect(test.chiSquare).toBeCloseTo(chiSquare, 6);
    expect(test.p).toBeCloseTo(p, 5);
  });
});

const A = [120, 85, 60, 200, 150, 90, 75, 110, 130];
const B = [100, 80, 65, 120, 90, 95, 40, 70, 60];

describe('specification 8.2: comparisons', () => {
  it.each([
    {
      cells: [
        [9, 0],
        [4, 5],
      ] as const,
      p: 0.029412,
    },
    {
      cells: [
        [3, 6],
        [1, 8],
      ] as const,
      p: 0.576471,
    },
    {
      cells: [
        [7, 22],
        [1, 20],
      ] as const,
      p: 0.11674,
    },
  ])('Fisher $cells', ({ cells, p }) => {
    expect(computed(fisherTwoByTwo(cells)).p).toBeCloseTo(p, 6);
  });

  it('conditional odds ratio, and chi-square with and without correction', () => {
    const cells = [
      [7, 22],
      [1, 20],
    ] as const;
    expect(computed(fisherTwoByTwo(cells)).oddsRatio).toBeCloseTo(6.171, 2);
    expect(computed(chiSquareTest(cells)).p).toBeCloseTo(0.065104, 6);
    expect(computed(chiSquareTest(cells, { correct: true })).p).toBeCloseTo(0.146016, 6);
  });

  it('McNemar exact', () => {
    expect(computed(mcNemar(5, 0)).p).toBeCloseTo(0.0625, 12);
  });

  it('Mann-Whitney', () => {
    const x = [1.1, 2.2, 3.3, 4.4, 5.5];
    const y = [2.0, 6.1, 7.2, 8.3];
    const exact = computed(mannWhitney(x, y));
    expect(exact).toMatchObject({ u: 4, variant: 'exact' });
    expect(exact.p).toBeCloseTo(0.190476, 6);
    expect(exact.normalP).toBeCloseTo(0.17791, 6);
  });

  it('Wilcoxon signed-rank with ties', () => {
    const test = computed(signedRank(A, B));
    expect(test).toMatchObject({ v: 41, variant: 'normal' });
    expect(test.p).toBeCloseTo(0.03236, 5);
  });

  it('paired t, Pearson and Spearman', () => {
    expect(computed(pairedTTest(A, B)).p).toBeCloseTo(0.014154, 6);
    const linear = computed(pearson(A, B));
    expect(linear.r).toBeCloseTo(0.679921, 6);
    expect(linear.p).toBeCloseTo(0.0439, 6);
    expect(computed(spearman(A, B)).rho).toBeCloseTo(0.566667, 6);
  });

  it.each([
    { count: 8, n: 40, lower: 0.0905, upper: 0.3565 },
    { count: 8, n: 50, lower: 0.0717, upper: 0.2911 },
  ])('Clopper-Pearson $count/$n', ({ count, n, lower, upper }) => {
    const { clopperPearson } = computed(proportion(count, n));
    expect(clopperPearson.lower).toBeCloseTo(lower, 4);
    expect(clopperPearson.upper).toBeCloseTo(upper, 4);
  });
});

describe('specification 8.2: logistic regression', () => {
  it('one covariate', () => {
    const outcome = [0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1];
    const values = [0.1, 0.2, 0.4, 0.5, 0.7, 0.9, 1.0, 1.3, 1.5, 1.8, 1.2, 2.0];
    const fit = computed(logisticRegression(outcome, parseCovariates([{ name: 'x', values }])));
    const [x] = fit.coefficients;
    if (x?.status !== 'computed' || fit.intercept.status !== 'computed') throw new Error('not fitted');
    expect(fit.intercept.coefficient).toBeCloseTo(-2.863751, 6);
    expect(fit.intercept.stdError).toBeCloseTo(1.738681, 6);
    expect(x.coefficient).toBeCloseTo(3.014194, 6);
    expect(x.stdError).toBeCloseTo(1.683631, 6);
    expect(x.p).toBeCloseTo(0.073407, 6);
    expect(x.ratio).toBeCloseTo(20.3727, 4);
    expect(x.lower).toBeCloseTo(0.7515, 4);
    expect(x.upper).toBeCloseTo(552.28, 2);
    expect(fit.logLikelihood.fitted).toBeCloseTo(-5.590069, 6);
  });
});
