import { cumulativeIncidence } from '../../src/statistics/competing/cumulative-incidence.ts';
import { fineGray } from '../../src/statistics/competing/fine-gray.ts';
import { grayTest } from '../../src/statistics/competing/gray-test.ts';
import { incidenceAt } from '../../src/statistics/competing/incidence-at.ts';
import { parseGroups } from '../../src/statistics/data/groups.ts';
import { parseCompetingRisks, parseSurvival } from '../../src/statistics/data/survival-data.ts';
import type { Coefficient } from '../../src/statistics/regression/coefficient.ts';
import type { Covariates } from '../../src/statistics/regression/covariates.ts';
import { parseCovariates } from '../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../src/statistics/regression/cox-regression.ts';
import { firthCoxRegression } from '../../src/statistics/regression/firth-cox-regression.ts';
import type { CoxOptions } from '../../src/statistics/regression/fit-cox-model.ts';
import type { TimeScale } from '../../src/statistics/regression/proportional-hazards.ts';
import { proportionalHazards } from '../../src/statistics/regression/proportional-hazards.ts';
import type { ConfidenceType } from '../../src/statistics/survival/confidence-band.ts';
import { confidenceBand } from '../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier } from '../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../src/statistics/survival/log-rank.ts';
import { restrictedMean } from '../../src/statistics/survival/restricted-mean.ts';
import { survivalRows } from '../../src/statistics/survival/survival-at.ts';
import { survivalQuantile } from '../../src/statistics/survival/survival-quantile.ts';
import { expectClose, expectCloseOrNull } from './support/close.ts';
import { computed } from './support/computed.ts';
import { readVector } from './support/vector.ts';

const TOLERANCE = 1e-9;
const FITTED = 1e-6;

type Numbers = readonly number[];
type Maybe = readonly (number | null)[];
interface Curve {
  readonly type: ConfidenceType;
  readonly time: Numbers;
  readonly atRisk: Numbers;
  readonly events: Numbers;
  readonly survival: Numbers;
  readonly lower: Maybe;
  readonly upper: Maybe;
  readonly quantile: Maybe;
  readonly quantileLower: Maybe;
  readonly quantileUpper: Maybe;
}
interface GroupTest {
  readonly observed: Numbers;
  readonly expected: Numbers;
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
}
interface Fit {
  readonly n: number;
  readonly events: number;
  readonly logLikelihood: readonly [number, number];
  readonly coefficient: Numbers;
  readonly stdError: Numbers;
  readonly lower: Numbers;
  readonly upper: Numbers;
  readonly p: Numbers;
  readonly likelihoodRatio: readonly [number, number, number];
  readonly score: readonly [number, number, number];
}
interface Drift {
  readonly name: readonly string[];
  readonly chiSquare: Numbers;
  readonly df: Numbers;
  readonly p: Numbers;
}
interface FirthFit {
  readonly coefficient: Numbers;
  readonly stdError: Numbers;
  readonly null: number;
  readonly fitted: number;
}
interface Vectors {
  readonly table: {
    readonly time: Numbers;
    readonly event: Numbers;
    readonly cause: Numbers;
    readonly arm: readonly string[];
    readonly product: readonly string[];
    readonly site: readonly string[];
    readonly age: Numbers;
    readonly burden: Numbers;
    readonly entry: Numbers;
  };
  readonly kaplanMeier: readonly Curve[];
  readonly kaplanMeierLate: readonly Curve[];
  readonly restrictedMean: readonly {
    readonly limit: number;
    readonly mean: number;
    readonly stdError: number;
  }[];
  readonly logRank: Readonly<Record<string, GroupTest>>;
  readonly cox: Readonly<Record<string, Fit>>;
  readonly proportionalHazards: Readonly<Record<string, Drift>>;
  readonly firth: {
    readonly separated: {
      readonly t: Numbers;
      readonly s: Numbers;
      readonly x: Numbers;
      readonly z: Numbers;
    };
    readonly efron: FirthFit;
    readonly one: FirthFit;
    readonly two: FirthFit;
  };
  readonly incidence: {
    readonly time: Numbers;
    readonly relapse: Numbers;
    readonly relapseStdError: Numbers;
    readonly other: Numbers;
    readonly otherStdError: Numbers;
    readonly at: Numbers;
    readonly cmprskRelapse: Numbers;
    readonly cmprskRelapseVariance: Numbers;
    readonly cmprskOther: Numbers;
    readonly cmprskOtherVariance: Numbers;
  };
  readonly gray: Readonly<Record<string, { readonly chiSquare: Numbers; readonly p: Numbers }>>;
  readonly fineGray: Readonly<
    Record<
      string,
      {
        readonly coefficient: Numbers;
        readonly stdError: Numbers;
        readonly logLikelihood: Numbers;
        readonly p: Numbers;
      }
    >
  >;
}

const VECTORS = readVector<Vectors>('statistics-own-table.json');
const { table } = VECTORS;
const DATA = parseSurvival({ time: table.time, status: table.event });
const LATE = parseSurvival({ time: table.time, status: table.event, entry: table.entry });
const CAUSES = parseCompetingRisks({ time: table.time, status: table.cause }, 2);
const SITES = parseGroups(table.site);
const ARM_AGE_BURDEN = parseCovariates([
  { name: 'arm', values: table.arm },
  { name: 'age', values: table.age },
  { name: 'burden', values: table.burden },
]);
const ARM_BURDEN = parseCovariates([
  { name: 'arm', values: table.arm },
  { name: 'burden', values: table.burden },
]);
const PRODUCT_AGE = parseCovariates([
  { name: 'product', values: table.product },
  { name: 'age', values: table.age },
]);

const CURVES = [
  ...VECTORS.kaplanMeier.map((expected) => ({
    name: `from the origin, ${expected.type}`,
    data: DATA,
    expected,
  })),
  ...VECTORS.kaplanMeierLate.map((expected) => ({
    name: `delayed entry, ${expected.type}`,
    data: LATE,
    expected,
  })),
];

describe('Kaplan-Meier of the own table', () => {
  it.each(CURVES)('$name', ({ data, expected }) => {
    const curve = kaplanMeier(data);
    const band = confidenceBand(curve, { type: expected.type, level: 0.95 });
    const rows = survivalRows(curve, band);
    expect(rows.map((row) => row.time)).toEqual(expected.time);
    expect(rows.map((row) => row.atRisk)).toEqual(expected.atRisk);
    expect(Array.from(curve.eventCount)).toEqual(expected.events);
    for (const [index, row] of rows.entries()) {
      expectClose(row.survival, expected.survival[index] as number, TOLERANCE);
      expectCloseOrNull(row.lower, expected.lower[index] as number | null, TOLERANCE);
      expectCloseOrNull(row.upper, expected.upper[index] as number | null, TOLERANCE);
    }
    for (const [index, probability] of [0.1, 0.25, 0.5, 0.75].entries()) {
      const quantile = survivalQuantile(curve, probability, band);
      expectCloseOrNull(quantile.time, expected.quantile[index] as number | null, TOLERANCE);
      expectCloseOrNull(quantile.lower, expected.quantileLower[index] as number | null, TOLERANCE);
      expectCloseOrNull(quantile.upper, expected.quantileUpper[index] as number | null, TOLERANCE);
    }
  });

  it.each(VECTORS.restrictedMean)('restricted mean to $limit', ({ limit, mean, stdError }) => {
    const found = computed(restrictedMean(kaplanMeier(DATA), limit));
    expectClose(found.mean, mean, TOLERANCE);
    expectClose(found.stdError, stdError, TOLERANCE);
  });
});

const LOG_RANK = [
  { name: 'arm', group: table.arm, options: {} },
  { name: 'product', group: table.product, options: {} },
  { name: 'stratified', group: table.product, options: { strata: SITES } },
  { name: 'peto', group: table.product, options: { rho: 1 } },
  { name: 'petoStratified', group: table.arm, options: { rho: 0.5, strata: SITES } },
];

describe('log-rank tests of the own table', () => {
  it.each(LOG_RANK)('$name', ({ name, group, options }) => {
    const expected = VECTORS.logRank[name] as GroupTest;
    const result = logRank(DATA, parseGroups(group), options);
    for (const [index, row] of result.groups.entries()) {
      expectClose(row.observed, expected.observed[index] as number, TOLERANCE);
      expectClose(row.expected, expected.expected[index] as number, TOLERANCE);
    }
    expect(result.test.status).toBe('computed');
    if (result.test.status !== 'computed') return;
    expect(result.test.df).toBe(expected.df);
    expectClose(result.test.chiSquare, expected.chiSquare, TOLERANCE);
    expectClose(result.test.p, expected.p, TOLERANCE);
  });
});

interface CoxCase {
  readonly data: typeof DATA;
  readonly covariates: Covariates;
  readonly options: CoxOptions;
}
const COX: Readonly<Record<string, CoxCase>> = {
  efron: { data: DATA, covariates: ARM_AGE_BURDEN, options: {} },
  breslow: { data: DATA, covariates: ARM_AGE_BURDEN, options: { ties: 'breslow' } },
  factor: { data: DATA, covariates: PRODUCT_AGE, options: {} },
  stratified: { data: DATA, covariates: ARM_BURDEN, options: { strata: SITES } },
  late: { data: LATE, covariates: ARM_AGE_BURDEN, options: {} },
  lateBreslow: { data: LATE, covariates: ARM_AGE_BURDEN, options: { ties: 'breslow' } },
};

function fitOf(name: string) {
  const { data, covariates, options } = COX[name] as CoxCase;
  const fit = coxRegression(data, covariates, options);
  if (fit.status !== 'computed') throw new Error(fit.reason);
  return fit;
}

function expectCoefficients(
  found: readonly Coefficient[],
  expected: { readonly coefficient: Numbers; readonly stdError: Numbers; readonly p?: Numbers },
  tolerance: number,
): void {
  for (const [index, coefficient] of found.entries()) {
    expect(coefficient.status).toBe('computed');
    if (coefficient.status !== 'computed') continue;
    expectClose(coefficient.coefficient, expected.coefficient[index] as number, tolerance);
    expectClose(coefficient.stdError, expected.stdError[index] as number, tolerance);
    if (expected.p !== undefined) expectClose(coefficient.p, expected.p[index] as number, tolerance);
  }
}

describe('Cox regressions of the own table', () => {
  it.each(Object.keys(COX))('%s', (name) => {
    const expected = VECTORS.cox[name] as Fit;
    const fit = fitOf(name);
    expect([fit.n, fit.events]).toEqual([expected.n, expected.events]);
    expectClose(fit.logLikelihood.null, expected.logLikelihood[0], TOLERANCE);
    expectClose(fit.logLikelihood.fitted, expected.logLikelihood[1], TOLERANCE);
    expectCoefficients(fit.coefficients, expected, FITTED);
    for (const [found, wanted] of [
      [fit.likelihoodRatio, expected.likelihoodRatio],
      [fit.score, expected.score],
    ] as const) {
      expectClose(found.chiSquare, wanted[0], FITTED);
      expect(found.df).toBe(wanted[1]);
      expectClose(found.p, wanted[2], FITTED);
    }
  });

  const drifts: readonly (readonly [string, string, TimeScale])[] = [
    ['efronKm', 'efron', 'km'],
    ['efronIdentity', 'efron', 'identity'],
    ['efronRank', 'efron', 'rank'],
    ['breslowKm', 'breslow', 'km'],
    ['factorKm', 'factor', 'km'],
    ['stratifiedKm', 'stratified', 'km'],
    ['lateKm', 'late', 'km'],
  ];
  it.each(drifts)('proportional hazards, %s', (name, model, scale) => {
    const expected = VECTORS.proportionalHazards[name] as Drift;
    const { data, covariates, options } = COX[model] as CoxCase;
    const strata = options.strata === undefined ? {} : { strata: options.strata };
    const found = proportionalHazards(data, covariates, fitOf(model), { scale, ...strata });
    const tests = [...found.terms, { name: 'GLOBAL', test: found.global }];
    expect(tests.map((term) => term.name)).toEqual(expected.name);
    for (const [index, { test }] of tests.entries()) {
      expect(test.status).toBe('computed');
      if (test.status !== 'computed') continue;
      expect(test.df).toBe(expected.df[index]);
      expectClose(test.chiSquare, expected.chiSquare[index] as number, FITTED);
      expectClose(test.p, expected.p[index] as number, FITTED);
    }
  });
});

describe("Firth's penalty equals a general optimiser's maximum", () => {
  const { separated } = VECTORS.firth;
  const few = parseSurvival({ time: separated.t, status: separated.s });
  const x = { name: 'x', values: separated.x };
  const z = { name: 'z', values: separated.z };
  const cases = [
    { name: 'the table', data: DATA, covariates: ARM_BURDEN, ties: 'efron', expected: VECTORS.firth.efron },
    {
      name: 'one separating covariate',
      data: few,
      covariates: parseCovariates([x]),
      ties: 'efron',
      expected: VECTORS.firth.one,
    },
    {
      name: 'with a second one',
      data: few,
      covariates: parseCovariates([x, z]),
      ties: 'breslow',
      expected: VECTORS.firth.two,
    },
  ] as const;
  it.each(cases)('$name', ({ data, covariates, ties, expected }) => {
    const fit = firthCoxRegression(data, covariates, { ties });
    expect(fit.status).toBe('computed');
    if (fit.status !== 'computed') return;
    expect(fit.convergence.converged).toBe(true);
    expectClose(fit.logLikelihood.null, expected.null, TOLERANCE);
    expectClose(fit.logLikelihood.fitted, expected.fitted, TOLERANCE);
    expectCoefficients(fit.coefficients, expected, 1e-5);
  });

  it('the unpenalised fit names the coefficient as infinite', () => {
    const fit = coxRegression(few, parseCovariates([x]));
    expect(fit).toMatchObject({
      status: 'computed',
      coefficients: [{ name: 'x', reason: 'coefficient-infinite', direction: 'positive' }],
      wald: { status: 'not-computed', reason: 'coefficient-infinite' },
      firthAdvised: true,
    });
  });
});

describe('competing risks of the own table', () => {
  const { incidence } = VECTORS;
  const curves = cumulativeIncidence(CAUSES, 2);

  it('incidences with the variance of survival', () => {
    expect(Array.from(curves.time)).toEqual(incidence.time);
    for (const [index, time] of incidence.time.entries()) {
      const points = curves.causes.map((cause) => incidenceAt(curves, cause, [time])[0]);
      expectClose(points[0]?.incidence, incidence.relapse[index] as number, TOLERANCE);
      expectClose(points[0]?.stdError, incidence.relapseStdError[index] as number, TOLERANCE);
      expectClose(points[1]?.incidence, incidence.other[index] as number, TOLERANCE);
      expectClose(points[1]?.stdError, incidence.otherStdError[index] as number, TOLERANCE);
    }
  });

  it('the variance of cmprsk', () => {
    const method = { type: 'log', level: 0.95, variance: 'aalen' } as const;
    const [relapse = [], other = []] = curves.causes.map((cause) =>
      incidenceAt(curves, cause, incidence.at, method),
    );
    for (const index of incidence.at.keys()) {
      expectClose(relapse[index]?.incidence, incidence.cmprskRelapse[index] as number, TOLERANCE);
      expectClose(
        (relapse[index]?.stdError ?? 0) ** 2,
        incidence.cmprskRelapseVariance[index] as number,
        TOLERANCE,
      );
      expectClose(other[index]?.incidence, incidence.cmprskOther[index] as number, TOLERANCE);
      expectClose(
        (other[index]?.stdError ?? 0) ** 2,
        incidence.cmprskOtherVariance[index] as number,
        TOLERANCE,
      );
    }
  });

  it.each([
    { name: 'arm', group: table.arm },
    { name: 'product', group: table.product },
  ])("Gray's test by $name", ({ name, group }) => {
    for (const cause of [1, 2]) {
      const test = grayTest(CAUSES, parseGroups(group), cause);
      expect(test.status).toBe('computed');
      if (test.status !== 'computed') continue;
      expectClose(test.chiSquare, VECTORS.gray[name]?.chiSquare[cause - 1] as number, TOLERANCE);
      expectClose(test.p, VECTORS.gray[name]?.p[cause - 1] as number, TOLERANCE);
    }
  });

  it.each([
    { name: 'relapse', cause: 1, columns: ['arm', 'age', 'burden'] },
    { name: 'other', cause: 2, columns: ['arm', 'age', 'burden'] },
    { name: 'one', cause: 1, columns: ['arm'] },
  ] as const)('Fine and Gray after time 0, $name', ({ name, cause, columns }) => {
    const expected = VECTORS.fineGray[name];
    const later = <T>(values: readonly T[]) => values.filter((_, row) => (table.time[row] as number) > 0);
    const data = parseCompetingRisks({ time: later(table.time), status: later(table.cause) }, 2);
    const covariates = parseCovariates(
      columns.map((column) => ({ name: column, values: later<string | number>(table[column]) as Numbers })),
    );
    const fit = fineGray(data, covariates, cause);
    expect(fit.status).toBe('computed');
    if (fit.status !== 'computed' || expected === undefined) return;
    expectClose(fit.logLikelihood.null, expected.logLikelihood[0] as number, TOLERANCE);
    expectClose(fit.logLikelihood.fitted, expected.logLikelihood[1] as number, TOLERANCE);
    expectCoefficients(
      fit.coefficients,
      { coefficient: expected.coefficient, stdError: expected.stdError },
      FITTED,
    );
  });
});
