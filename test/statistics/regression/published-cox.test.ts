import { parseGroups } from '../../../src/statistics/data/groups.ts';
import type { SurvivalInput } from '../../../src/statistics/data/survival-data.ts';
import { parseSurvival } from '../../../src/statistics/data/survival-data.ts';
import type { CovariateInput } from '../../../src/statistics/regression/covariates.ts';
import { parseCovariates } from '../../../src/statistics/regression/covariates.ts';
import type { Ties } from '../../../src/statistics/regression/cox-likelihood.ts';
import { coxRegression } from '../../../src/statistics/regression/cox-regression.ts';
import { buildExposureIntervals } from '../../../src/statistics/rows/exposure-intervals.ts';
import { expectClose } from '../support/close.ts';
import {
  describeShared,
  numbers,
  readExpected,
  readTable,
  SHARED_IS_HERE,
} from '../support/shared-survival.ts';

const FITTED = 1e-6;

type Triple = readonly [number, number, number];
interface ExpectedFit {
  readonly ties: Ties;
  readonly n: number;
  readonly events: number;
  readonly loglik: readonly [number, number];
  readonly lr_test: Triple;
  /** R prints the statistic to two decimals; the p-value is of the whole one. */
  readonly wald: Triple;
  readonly score: Triple;
  readonly coef: readonly {
    readonly coef: number;
    readonly hr: number;
    readonly se: number;
    readonly z: number;
    readonly p: number;
    readonly lower95: number;
    readonly upper95: number;
  }[];
}
interface Case {
  readonly name: string;
  readonly input: SurvivalInput;
  readonly covariates: readonly CovariateInput[];
  readonly expected: ExpectedFit;
}

function indicator(values: readonly (string | number)[], level: string): CovariateInput {
  return { name: level, values: values.map((value) => (value === level ? 1 : 0)) };
}

function bmtCases(): Case[] {
  const table = readTable('kmsurv_bmt.csv');
  const expected = readExpected<Record<string, ExpectedFit | ExpectedFit[]>>('kmsurv_bmt.json');
  const group = table['group'] ?? [];
  const groups = [indicator(group, 'AML low risk'), indicator(group, 'AML high risk')];
  const input = { time: numbers(table, 't2'), status: numbers(table, 'd3') };
  const adjusted = ['z1', 'z2', 'z8'].map((name) => ({ name, values: numbers(table, name) }));
  return [
    ...[expected['EFS_cox'] ?? []].flat().map((fit) => ({
      name: `bmt EFS by group, ${fit.ties}`,
      input,
      covariates: groups,
      expected: fit,
    })),
    {
      name: 'bmt EFS adjusted',
      input,
      covariates: [...groups, ...adjusted],
      expected: expected['EFS_cox_adj'] as ExpectedFit,
    },
  ];
}

/** Each patient before and after transplantation. */
function splitAtTransplant(table: ReturnType<typeof readTable>) {
  const rows = buildExposureIntervals({
    time: numbers(table, 'futime'),
    status: numbers(table, 'death'),
    exposure: numbers(table, 'txtime').map((time) => (Number.isFinite(time) ? time : null)),
  });
  const arm = (table['trt'] ?? []).map(String);
  return { ...rows, arm: rows.row.map((row) => arm[row] ?? '') };
}

function myeloidCases(): Case[] {
  const table = readTable('myeloid_derived.csv');
  const expected = readExpected<Record<string, ExpectedFit | ExpectedFit[]>>('myeloid.json');
  const arm = indicator(table['trt'] ?? [], 'B');
  const split = splitAtTransplant(table);
  const one = (id: string, time: string, status: string, covariates: readonly CovariateInput[]) =>
    [expected[id] ?? []].flat().map((fit) => ({
      name: `myeloid ${id}, ${fit.ties}`,
      input: { time: numbers(table, time), status: numbers(table, status) },
      covariates,
      expected: fit,
    }));
  return [
    ...one('OS_cox', 'futime', 'death', [arm]),
    ...one('OS_cox_adj', 'futime', 'death', [arm, indicator(table['sex'] ?? [], 'm')]),
    ...one('EFS_cox', 'efs_t', 'efs_s', [arm]),
    {
      name: 'myeloid OS with transplantation as time-dependent covariate',
      input: split,
      covariates: [
        { name: 'arm', values: split.arm },
        { name: 'hct', values: split.exposed },
      ],
      expected: expected['OS_cox_hct_tdc'] as ExpectedFit,
    },
  ];
}

function smallCases(): Case[] {
  const expected = readExpected<Record<string, { readonly cox: ExpectedFit }>>('small_sets.json');
  const hodg = readTable('hodg.csv');
  const [graft = [], disease = []] = ['gtype', 'dtype'].map((name) => numbers(hodg, name));
  const pairs = readTable('drug6mp.csv');
  const placebo = numbers(pairs, 't1');
  const treated = numbers(pairs, 't2');
  return [
    {
      name: 'hodg with interaction',
      input: { time: numbers(hodg, 'time'), status: numbers(hodg, 'delta') },
      covariates: [
        { name: 'gtype', values: graft },
        { name: 'dtype', values: disease },
        { name: 'score', values: numbers(hodg, 'score') },
        { name: 'wtime', values: numbers(hodg, 'wtime') },
        { name: 'gtype:dtype', values: graft.map((value, row) => value * (disease[row] ?? 0)) },
      ],
      expected: (expected['hodg'] as { readonly cox: ExpectedFit }).cox,
    },
    {
      name: '6-mercaptopurine',
      input: {
        time: [...placebo, ...treated],
        status: [...placebo.map(() => 1), ...numbers(pairs, 'relapse')],
      },
      covariates: [{ name: 'arm', values: [...placebo.map(() => 'placebo'), ...treated.map(() => '6MP')] }],
      expected: (expected['drug6mp'] as { readonly cox: ExpectedFit }).cox,
    },
  ];
}

const CASES = SHARED_IS_HERE ? [...bmtCases(), ...myeloidCases(), ...smallCases()] : [];

describeShared('published survival data: Cox regression as R has it', () => {
  it.each(CASES)('$name', ({ input, covariates, expected }) => {
    const fit = coxRegression(parseSurvival(input), parseCovariates(covariates), { ties: expected.ties });
    expect(fit.status).toBe('computed');
    if (fit.status !== 'computed') return;
    expect([fit.n, fit.events, fit.convergence.converged]).toEqual([expected.n, expected.events, true]);
    expectClose(fit.logLikelihood.null, expected.loglik[0], 1e-9);
    expectClose(fit.logLikelihood.fitted, expected.loglik[1], FITTED);
    expectTest(fit.likelihoodRatio, expected.lr_test);
    expectTest(fit.score, expected.score);
    expect(fit.wald.status).toBe('computed');
    if (fit.wald.status !== 'computed') return;
    expect(Math.round(fit.wald.chiSquare * 100) / 100).toBe(expected.wald[0]);
    expectClose(fit.wald.p, expected.wald[2], FITTED);
    for (const [index, wanted] of expected.coef.entries()) {
      const found = fit.coefficients[index];
      expect(found?.status).toBe('computed');
      if (found?.status !== 'computed') continue;
      expectClose(found.coefficient, wanted.coef, FITTED);
      expectClose(found.ratio, wanted.hr, FITTED);
      expectClose(found.stdError, wanted.se, FITTED);
      expectClose(found.z, wanted.z, FITTED);
      expectClose(found.p, wanted.p, FITTED);
      expectClose(found.lower, wanted.lower95, FITTED);
      expectClose(found.upper, wanted.upper95, FITTED);
    }
  });

  it('a factor has its first level as reference, in the order of the groups of a log-rank test', () => {
    const table = readTable('myeloid_derived.csv');
    const arm = (table['trt'] ?? []).map(String);
    expect(parseCovariates([{ name: 'arm', values: arm }]).names).toEqual(['arm=B']);
    expect(parseGroups(arm).labels).toEqual(['A', 'B']);
  });
});

function expectTest(found: { chiSquare: number; df: number; p: number }, [chiSquare, df, p]: Triple): void {
  expectClose(found.chiSquare, chiSquare, FITTED);
  expect(found.df).toBe(df);
  expectClose(found.p, p, FITTED);
}
