import { CartographError } from '../../src/core/cartograph-error.ts';
import { chiSquareTest } from '../../src/statistics/comparison/chi-square-test.ts';
import { pearson, spearman } from '../../src/statistics/comparison/correlation.ts';
import { fisherExact } from '../../src/statistics/comparison/fisher-exact.ts';
import { fisherTwoByTwo } from '../../src/statistics/comparison/fisher-two-by-two.ts';
import { kruskalWallis } from '../../src/statistics/comparison/kruskal-wallis.ts';
import { mannWhitney } from '../../src/statistics/comparison/mann-whitney.ts';
import { mcNemar } from '../../src/statistics/comparison/mcnemar.ts';
import { proportion } from '../../src/statistics/comparison/proportion.ts';
import { signedRank } from '../../src/statistics/comparison/signed-rank.ts';
import { pairedTTest, tTest } from '../../src/statistics/comparison/t-test.ts';
import { cumulativeIncidence } from '../../src/statistics/competing/cumulative-incidence.ts';
import { fineGray } from '../../src/statistics/competing/fine-gray.ts';
import { grayTest } from '../../src/statistics/competing/gray-test.ts';
import { incidenceAt } from '../../src/statistics/competing/incidence-at.ts';
import { parseGroups } from '../../src/statistics/data/groups.ts';
import { parseCompetingRisks, parseSurvival } from '../../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../src/statistics/regression/cox-regression.ts';
import { firthCoxRegression } from '../../src/statistics/regression/firth-cox-regression.ts';
import { logisticRegression } from '../../src/statistics/regression/logistic-regression.ts';
import { confidenceBand } from '../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier, kaplanMeierByGroup } from '../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../src/statistics/survival/log-rank.ts';
import { restrictedMean } from '../../src/statistics/survival/restricted-mean.ts';
import { survivalAt } from '../../src/statistics/survival/survival-at.ts';
import { survivalQuantile } from '../../src/statistics/survival/survival-quantile.ts';

function errorOf(call: () => unknown): CartographError {
  try {
    call();
  } catch (error) {
    if (error instanceof CartographError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const x = (values: readonly number[]) => parseCovariates([{ name: 'x', values }]);

describe('rows that cannot be used are rejected by name', () => {
  it.each([
    ['negative time', () => parseSurvival({ time: [1, -2], status: [1, 0] }), 'Row 2: time is -2'],
    ['time not a number', () => parseSurvival({ time: [Number.NaN], status: [1] }), 'Row 1: time is NaN'],
    [
      'endless time',
      () => parseSurvival({ time: [Number.POSITIVE_INFINITY], status: [1] }),
      'Row 1: time is Infinity',
    ],
    [
      'text as status',
      () => parseSurvival({ time: [1], status: ['dead'] as unknown as number[] }),
      'Row 1: status is dead',
    ],
    [
      'a cause where an event is asked',
      () => parseSurvival({ time: [1], status: [2] }),
      'Row 1: status is 2',
    ],
    ['an unknown cause', () => parseCompetingRisks({ time: [1], status: [3] }, 2), 'Row 1: status is 3'],
    ['entry at its time', () => parseSurvival({ time: [1], status: [1], entry: [1] }), 'Row 1: entry is 1'],
    [
      'an interval that rounding closes',
      () => parseSurvival({ time: [1 + 1e-12, 5], status: [1, 1], entry: [1, 0] }),
      'Row 1: entry is 1',
    ],
    [
      'columns of unequal length',
      () => parseSurvival({ time: [1, 2], status: [1] }),
      'The columns have different lengths',
    ],
    ['a level that is not among those given', () => parseGroups(['a', 'c'], ['a', 'b']), 'Row 2: group is c'],
    ['a missing group', () => parseGroups([1, Number.NaN]), 'Row 2: group is NaN'],
    ['a covariate that is no number', () => x([1, Number.NaN]), 'Row 2: x is NaN'],
    [
      'a covariate of another length',
      () => coxRegression(parseSurvival({ time: [1, 2], status: [1, 1] }), x([1])),
      'The covariates have another length than the times',
    ],
    [
      'groups of another length',
      () => logRank(parseSurvival({ time: [1, 2], status: [1, 1] }), parseGroups(['a'])),
      'The groups have another length than the times',
    ],
    [
      'an outcome that is neither 0 nor 1',
      () => logisticRegression([0, 2], x([1, 2])),
      'Row 2: outcome is 2',
    ],
    [
      'a confidence level of 95',
      () =>
        confidenceBand(kaplanMeier(parseSurvival({ time: [1], status: [1] })), { type: 'log', level: 95 }),
      'The confidence level is 95',
    ],
    ['more events than patients', () => proportion(5, 4), 'The count is 5'],
    [
      'a count that is not whole',
      () =>
        fisherExact([
          [1.5, 2],
          [3, 4],
        ]),
      'Row 1: count is 1.5',
    ],
    ['a ragged table', () => chiSquareTest([[1, 2], [3]]), 'Row 2: number of columns is 1'],
    ['pairs of unequal length', () => signedRank([1, 2], [1]), 'The two samples have different lengths'],
    [
      "Gray's test with delayed entry",
      () => grayTest(parseCompetingRisks({ time: [2], status: [1], entry: [1] }, 2), parseGroups(['a']), 1),
      "Gray's test does not know delayed entry",
    ],
  ])('%s', (_, call, message) => {
    const error = errorOf(call);
    expect(error.code).toBe('statistics-input-invalid');
    expect(error.message).toContain(message);
  });

  it('every bad row is named at once, up to twenty', () => {
    const time = Array.from({ length: 30 }, () => -1);
    const error = errorOf(() => parseSurvival({ time, status: time.map(() => 0) }));
    expect(error.findings).toHaveLength(20);
    expect(error.message).toContain('10 more');
  });
});

describe('what has no number has a reason', () => {
  const none = parseSurvival({ time: [], status: [] });
  const one = parseSurvival({ time: [5], status: [1] });
  const censored = parseSurvival({ time: [3, 5, 8], status: [0, 0, 0] });
  const three = parseSurvival({ time: [1, 2, 3], status: [1, 1, 0] });

  it.each([
    ['Cox without rows', () => coxRegression(none, x([])), 'no-observations'],
    ['Cox without events', () => coxRegression(censored, x([1, 2, 3])), 'no-events'],
    ['Firth without events', () => firthCoxRegression(censored, x([1, 2, 3])), 'no-events'],
    ['Firth with a constant covariate', () => firthCoxRegression(three, x([1, 1, 1])), 'covariate-redundant'],
    ['Fine and Gray without events of the cause', () => fineGray(censored, x([1, 2, 3]), 1), 'no-events'],
    [
      'Fine and Gray with a constant covariate',
      () => fineGray(three, x([1, 1, 1]), 1),
      'covariate-redundant',
    ],
    ['log-rank without events', () => logRank(censored, parseGroups(['a', 'b', 'b'])).test, 'no-events'],
    ['log-rank of one group', () => logRank(three, parseGroups(['a', 'a', 'a'])).test, 'too-few-groups'],
    ['log-rank of one patient', () => logRank(one, parseGroups(['a'], ['a', 'b'])).test, 'too-few-groups'],
    ['Gray of one group', () => grayTest(three, parseGroups([1, 1, 1]), 1), 'too-few-groups'],
    ['Gray without rows', () => grayTest(none, parseGroups([]), 1), 'no-observations'],
    ['Gray without events', () => grayTest(censored, parseGroups([1, 2, 1]), 1), 'no-events'],
    ['t of one value each', () => tTest([1], [2]), 'too-few-observations'],
    ['t of constants', () => tTest([1, 1], [2, 2]), 'no-variation'],
    ['paired t of one pair', () => pairedTTest([1], [2]), 'too-few-observations'],
    ['Mann-Whitney without values', () => mannWhitney([], [1]), 'no-observations'],
    ['Mann-Whitney of equal values', () => mannWhitney([1, 1], [1]), 'no-variation'],
    ['signed-rank of equal pairs', () => signedRank([1, 2], [1, 2]), 'all-differences-zero'],
    ['Kruskal-Wallis of one group', () => kruskalWallis([1, 2], parseGroups(['a', 'a'])), 'too-few-groups'],
    ['Kruskal-Wallis of equal values', () => kruskalWallis([1, 1], parseGroups(['a', 'b'])), 'no-variation'],
    ['Pearson of two pairs', () => pearson([1, 2], [1, 2]), 'too-few-observations'],
    ['Spearman of a constant', () => spearman([1, 1, 1], [1, 2, 3]), 'no-variation'],
    ['McNemar without change', () => mcNemar(0, 0), 'all-differences-zero'],
    [
      'chi-square with an empty row',
      () =>
        chiSquareTest([
          [0, 0],
          [1, 2],
        ]),
      'empty-margin',
    ],
    [
      'Fisher with an empty column',
      () =>
        fisherTwoByTwo([
          [0, 3],
          [0, 2],
        ]),
      'empty-margin',
    ],
    [
      'Fisher of any size with an empty row',
      () =>
        fisherExact([
          [0, 0, 0],
          [1, 2, 3],
        ]),
      'empty-margin',
    ],
    [
      'Fisher of a table too large to enumerate',
      () =>
        fisherExact([
          [20, 15, 10, 5, 8],
          [12, 18, 9, 11, 7],
          [5, 9, 14, 20, 13],
        ]),
      'too-many-tables',
    ],
    ['proportion of nobody', () => proportion(0, 0), 'no-observations'],
    ['logistic with one outcome', () => logisticRegression([1, 1], x([1, 2])), 'no-variation'],
    [
      'logistic with too few events for its covariates',
      () =>
        logisticRegression(
          [0, 1, 0, 1, 0, 0],
          parseCovariates([
            { name: 'a', values: [1, 2, 3, 4, 5, 6] },
            { name: 'b', values: [2, 1, 4, 3, 6, 5] },
          ]),
        ),
      'events-per-variable',
    ],
  ])('%s', (_, call, reason) => {
    expect(call()).toEqual({ status: 'not-computed', reason });
  });

  it('a curve of nobody', () => {
    const curve = kaplanMeier(none);
    const band = confidenceBand(curve);
    expect(survivalQuantile(curve, 0.5, band)).toMatchObject({ time: null, lower: null, upper: null });
    expect(survivalAt(curve, [1], band)).toMatchObject([{ survival: null, reason: 'no-observations' }]);
    expect(restrictedMean(curve, 10)).toEqual({ status: 'not-computed', reason: 'no-observations' });
    const curves = cumulativeIncidence(none, 1);
    const [cause] = curves.causes;
    if (cause === undefined) throw new Error('no curve');
    expect(incidenceAt(curves, cause, [1])).toMatchObject([{ incidence: null, reason: 'no-observations' }]);
  });

  it('an empty stratum has a curve without points', () => {
    const curves = kaplanMeierByGroup(three, parseGroups(['a', 'a', 'c'], ['a', 'b', 'c']));
    expect(curves.map(({ label, curve }) => [label, curve.n])).toEqual([
      ['a', 2],
      ['b', 0],
      ['c', 1],
    ]);
  });

  it('beyond the last observation nothing is known, unless it was an event', () => {
    const [known, unknown] = [one, three].map((data) => {
      const curve = kaplanMeier(data);
      return survivalAt(curve, [9], confidenceBand(curve))[0];
    });
    expect(known).toMatchObject({ survival: 0, reason: 'survival-zero', atRisk: 0 });
    expect(unknown).toMatchObject({ survival: null, reason: 'beyond-last-observation', eventsUntil: 2 });
  });

  it('redundant covariates are named and the others fitted', () => {
    const data = parseSurvival({ time: [1, 2, 3, 4, 5, 6], status: [1, 1, 0, 1, 1, 0] });
    const values = [3, 1, 2, 5, 4, 1];
    const both = parseCovariates([
      { name: 'a', values },
      { name: 'twice', values: values.map((value) => 2 * value) },
      { name: 'constant', values: values.map(() => 7) },
    ]);
    const fit = coxRegression(data, both);
    const alone = coxRegression(data, parseCovariates([{ name: 'a', values }]));
    if (fit.status !== 'computed' || alone.status !== 'computed') throw new Error('not computed');
    expect(fit.coefficients.slice(1)).toEqual([
      { name: 'twice', status: 'not-computed', reason: 'covariate-redundant' },
      { name: 'constant', status: 'not-computed', reason: 'covariate-redundant' },
    ]);
    expect(fit.coefficients[0]).toEqual(alone.coefficients[0]);
    expect(fit.likelihoodRatio).toEqual(alone.likelihoodRatio);
  });

  it('separation is said, in each regression', () => {
    const separated = x([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(logisticRegression([0, 0, 0, 0, 1, 1, 1, 1], separated)).toMatchObject({
      coefficients: [{ reason: 'coefficient-infinite', direction: 'positive' }],
    });
    expect(logisticRegression([0, 1, 0, 1, 1, 1, 1, 1], separated)).toMatchObject({
      coefficients: [{ reason: 'coefficient-infinite', direction: 'positive' }],
    });
    const data = parseCompetingRisks({ time: [1, 2, 3, 4, 5, 6, 7, 8], status: [1, 1, 2, 1, 2, 0, 2, 0] }, 2);
    expect(fineGray(data, separated, 1)).toMatchObject({
      coefficients: [{ reason: 'coefficient-infinite', direction: 'negative' }],
    });
  });
});
