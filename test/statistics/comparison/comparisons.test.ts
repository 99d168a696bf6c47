import { chiSquareTest } from '../../../src/statistics/comparison/chi-square-test.ts';
import { pearson, spearman } from '../../../src/statistics/comparison/correlation.ts';
import { fisherExact } from '../../../src/statistics/comparison/fisher-exact.ts';
import { fisherTwoByTwo } from '../../../src/statistics/comparison/fisher-two-by-two.ts';
import { kruskalWallis } from '../../../src/statistics/comparison/kruskal-wallis.ts';
import { mannWhitney } from '../../../src/statistics/comparison/mann-whitney.ts';
import { mcNemar } from '../../../src/statistics/comparison/mcnemar.ts';
import { proportion } from '../../../src/statistics/comparison/proportion.ts';
import { signedRank } from '../../../src/statistics/comparison/signed-rank.ts';
import type { TTest } from '../../../src/statistics/comparison/t-test.ts';
import { pairedTTest, tTest } from '../../../src/statistics/comparison/t-test.ts';
import { parseGroups } from '../../../src/statistics/data/groups.ts';
import type { Computed } from '../../../src/statistics/reason.ts';
import { parseCovariates } from '../../../src/statistics/regression/covariates.ts';
import { logisticRegression } from '../../../src/statistics/regression/logistic-regression.ts';
import { expectClose } from '../support/close.ts';
import { computed } from '../support/computed.ts';
import { readVector } from '../support/vector.ts';

const TOLERANCE = 1e-9;
/** R finds odds ratios and their limits with a tolerance of about this. */
const ROOT_OF_R = 3e-3;

type Numbers = readonly number[];
interface Ranks {
  readonly statistic: number;
  readonly p: number;
}
interface ExpectedT {
  readonly t: number;
  readonly df: number;
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
}
interface ExpectedTable {
  readonly cells: readonly Numbers[];
  readonly fisher: number;
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
  readonly yates: number;
  readonly yatesP: number;
  readonly oddsRatio?: number | null;
  readonly lower?: number;
  readonly upper?: number | null;
}
interface ExpectedLogistic {
  readonly coefficient: Numbers;
  readonly stdError: Numbers;
  readonly p: Numbers;
  readonly fitted: number;
  readonly null: number;
}
interface Vectors {
  readonly a: Numbers;
  readonly b: Numbers;
  readonly tied: Numbers;
  readonly tiedOther: Numbers;
  readonly tiedGroups: Numbers;
  readonly long: Numbers;
  readonly longer: Numbers;
  readonly groups: Numbers;
  readonly welch: ExpectedT;
  readonly student: ExpectedT;
  readonly paired: ExpectedT;
  readonly welch90: ExpectedT;
  readonly mannWhitney: Readonly<Record<'exact' | 'normal' | 'ties' | 'long', Ranks>>;
  readonly signedRank: Readonly<Record<'exact' | 'normal' | 'ties' | 'long' | 'long49', Ranks>>;
  readonly kruskalWallis: Readonly<
    Record<'long' | 'tied', { readonly chiSquare: number; readonly p: number }>
  >;
  readonly pearson: Readonly<
    Record<
      'pairs' | 'long',
      { readonly r: number; readonly p: number; readonly lower: number; readonly upper: number }
    >
  >;
  readonly spearman: Readonly<
    Record<
      'pairs' | 'nine' | 'ten' | 'thirty' | 'positive' | 'ties',
      { readonly rho: number; readonly p: number }
    >
  >;
  readonly tables: readonly ExpectedTable[];
  readonly mcnemar: readonly {
    readonly discordant: readonly [number, number];
    readonly exact: number;
    readonly chiSquare: number;
    readonly p: number;
  }[];
  readonly proportions: readonly {
    readonly count: number;
    readonly n: number;
    readonly level: number;
    readonly lower: number;
    readonly upper: number;
    readonly wilsonLower: number;
    readonly wilsonUpper: number;
  }[];
  readonly logistic: {
    readonly outcome: Numbers;
    readonly one: ExpectedLogistic;
    readonly three: ExpectedLogistic;
  };
}

const V = readVector<Vectors>('statistics-comparisons.json');
const { table } = readVector<{
  readonly table: { readonly arm: readonly string[]; readonly age: Numbers; readonly burden: Numbers };
}>('statistics-own-table.json');

describe('t-tests as R has them', () => {
  const cases: readonly (readonly [string, Computed<TTest>, ExpectedT])[] = [
    ['Welch', tTest(V.a, V.b), V.welch],
    ['Student', tTest(V.a, V.b, { variances: 'equal' }), V.student],
    ['paired', pairedTTest(V.a, V.b), V.paired],
    ['Welch, 90 %', tTest(V.long, V.a, { level: 0.9 }), V.welch90],
  ];
  it.each(cases)('%s', (_, result, expected) => {
    const found = computed(result);
    for (const key of ['t', 'df', 'p', 'lower', 'upper'] as const)
      expectClose(found[key], expected[key], TOLERANCE);
  });
});

describe('rank tests as R has them', () => {
  it.each([
    ['exact', mannWhitney(V.a, V.b), V.mannWhitney.exact],
    ['normal', mannWhitney(V.a, V.tied), V.mannWhitney.ties],
    ['normal', mannWhitney(V.long, V.longer), V.mannWhitney.long],
  ] as const)('Mann-Whitney, %s', (variant, result, expected) => {
    const found = computed(result);
    expect(found.variant).toBe(variant);
    expectClose(found.u, expected.statistic, TOLERANCE);
    expectClose(found.p, expected.p, TOLERANCE);
  });

  it('Mann-Whitney, the approximation beside the exact value', () => {
    expectClose(computed(mannWhitney(V.a, V.b)).normalP, V.mannWhitney.normal.p, TOLERANCE);
    expect(computed(mannWhitney(V.a, V.tied)).exactP).toBeNull();
  });

  it('Mann-Whitney, exact for more than 20 values on demand', () => {
    // R: wilcox.test(1:21 + 0.5, 2 * (1:21))
    const first = Array.from({ length: 21 }, (_, i) => i + 1.5);
    const second = Array.from({ length: 21 }, (_, i) => 2 * (i + 1));
    const found = computed(mannWhitney(first, second));
    expect([found.variant, found.u]).toEqual(['normal', 110]);
    expectClose(found.normalP, 0.0056551952767832699, TOLERANCE);
    expectClose(found.exactP ?? 0, 0.0048142366940678253, TOLERANCE);
  });

  it('Spearman of two pairs', () => {
    expect(spearman([1, 2], [3, 4])).toMatchObject({ status: 'computed', rho: 1, p: 1, variant: 'exact' });
  });

  it.each([
    ['exact', signedRank(V.a, V.b), V.signedRank.exact],
    ['normal', signedRank(V.a, V.b, { variant: 'normal' }), V.signedRank.normal],
    ['normal', signedRank(V.tied, V.tiedOther), V.signedRank.ties],
    ['normal', signedRank(V.long, V.longer), V.signedRank.long],
    ['exact', signedRank(V.long.slice(0, 49), V.longer.slice(0, 49)), V.signedRank.long49],
  ] as const)('Wilcoxon signed-rank, %s', (variant, result, expected) => {
    const found = computed(result);
    expect(found.variant).toBe(variant);
    expectClose(found.v, expected.statistic, TOLERANCE);
    expectClose(found.p, expected.p, TOLERANCE);
  });

  it.each([
    ['without ties', kruskalWallis(V.long, parseGroups(V.groups)), V.kruskalWallis.long],
    ['with ties', kruskalWallis(V.tied, parseGroups(V.tiedGroups)), V.kruskalWallis.tied],
  ])('Kruskal-Wallis %s', (_, result, expected) => {
    const found = computed(result);
    expectClose(found.chiSquare, expected.chiSquare, TOLERANCE);
    expectClose(found.p, expected.p, TOLERANCE);
  });
});

describe('correlations as R has them', () => {
  it.each([
    ['pairs', pearson(V.a, V.b), V.pearson.pairs],
    ['long', pearson(V.long, V.longer), V.pearson.long],
  ])('Pearson, %s', (_, result, expected) => {
    const found = computed(result);
    expectClose(found.r, expected.r, TOLERANCE);
    expectClose(found.p, expected.p, TOLERANCE);
    expectClose(found.interval?.lower, expected.lower, TOLERANCE);
    expectClose(found.interval?.upper, expected.upper, TOLERANCE);
  });

  it.each([
    ['exact', V.a, V.b, V.spearman.pairs],
    ['exact', V.long.slice(0, 9), V.longer.slice(0, 9), V.spearman.nine],
    ['edgeworth', V.long.slice(0, 10), V.longer.slice(0, 10), V.spearman.ten],
    ['edgeworth', V.long.slice(0, 30), V.longer.slice(2, 32), V.spearman.thirty],
    [
      'edgeworth',
      V.long.slice(0, 12),
      V.long.slice(0, 12).map((value, row) => value + (V.longer[row] as number) / 3),
      V.spearman.positive,
    ],
    ['student', V.tied, V.a, V.spearman.ties],
  ] as const)('Spearman, %s', (variant, x, y, expected) => {
    const found = computed(spearman(x, y));
    expect(found.variant).toBe(variant);
    expectClose(found.rho, expected.rho, TOLERANCE);
    expectClose(found.p, expected.p, TOLERANCE);
  });
});

describe('tables as R has them', () => {
  it.each(V.tables)('$cells', (expected) => {
    expectClose(computed(fisherExact(expected.cells)).p, expected.fisher, TOLERANCE);
    const plain = computed(chiSquareTest(expected.cells));
    const corrected = computed(chiSquareTest(expected.cells, { correct: true }));
    expect(plain.df).toBe(expected.df);
    expectClose(plain.chiSquare, expected.chiSquare, TOLERANCE);
    expectClose(plain.p, expected.p, TOLERANCE);
    expectClose(corrected.chiSquare, expected.yates, TOLERANCE);
    expectClose(corrected.p, expected.yatesP, TOLERANCE);
  });

  it.each(V.tables.filter((expected) => expected.oddsRatio !== undefined))(
    'odds ratio of $cells',
    (expected) => {
      const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = expected.cells;
      const found = computed(
        fisherTwoByTwo([
          [a, b],
          [c, d],
        ]),
      );
      expectClose(found.p, expected.fisher, TOLERANCE);
      for (const [actual, wanted] of [
        [found.oddsRatio, expected.oddsRatio],
        [found.lower, expected.lower],
        [found.upper, expected.upper],
      ] as const) {
        if (wanted === null) expect(actual).toBe('infinite');
        else expectClose(actual === 'infinite' ? null : actual, wanted as number, ROOT_OF_R);
      }
    },
  );

  it.each(V.mcnemar)('McNemar $discordant', ({ discordant, exact, chiSquare, p }) => {
    const found = computed(mcNemar(...discordant));
    expectClose(found.p, exact, TOLERANCE);
    expectClose(found.approximate.chiSquare, chiSquare, TOLERANCE);
    expectClose(found.approximate.p, p, TOLERANCE);
  });

  it.each(V.proportions)('$count of $n at $level', (expected) => {
    const found = computed(proportion(expected.count, expected.n, expected.level));
    expectClose(found.clopperPearson.lower, expected.lower, TOLERANCE);
    expectClose(found.clopperPearson.upper, expected.upper, TOLERANCE);
    expectClose(found.wilson.lower, expected.wilsonLower, TOLERANCE);
    expectClose(found.wilson.upper, expected.wilsonUpper, TOLERANCE);
  });
});

describe('logistic regression as R has it', () => {
  const burden = { name: 'burden', values: table.burden };
  const others = [
    { name: 'arm', values: table.arm },
    { name: 'age', values: table.age },
  ];
  it.each([
    ['one covariate', parseCovariates([burden]), V.logistic.one],
    ['three covariates', parseCovariates([burden, ...others]), V.logistic.three],
  ] as const)('%s', (_, covariates, expected) => {
    const fit = computed(logisticRegression(V.logistic.outcome, covariates));
    expectClose(fit.logLikelihood.fitted, expected.fitted, TOLERANCE);
    expectClose(fit.logLikelihood.null, expected.null, TOLERANCE);
    for (const [index, found] of [fit.intercept, ...fit.coefficients].entries()) {
      expect(found.status).toBe('computed');
      if (found.status !== 'computed') continue;
      expectClose(found.coefficient, expected.coefficient[index] as number, 1e-6);
      expectClose(found.stdError, expected.stdError[index] as number, 1e-6);
      expectClose(found.p, expected.p[index] as number, 1e-6);
    }
  });
});
