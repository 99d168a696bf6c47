import type { CumulativeIncidence } from '../../../src/statistics/competing/cumulative-incidence.ts';
import {
  cumulativeIncidence,
  cumulativeIncidenceByGroup,
} from '../../../src/statistics/competing/cumulative-incidence.ts';
import { fineGray } from '../../../src/statistics/competing/fine-gray.ts';
import { grayTest } from '../../../src/statistics/competing/gray-test.ts';
import { incidenceAt } from '../../../src/statistics/competing/incidence-at.ts';
import { parseGroups } from '../../../src/statistics/data/groups.ts';
import { parseCompetingRisks, parseSurvival } from '../../../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../../../src/statistics/regression/covariates.ts';
import { confidenceBand } from '../../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier } from '../../../src/statistics/survival/kaplan-meier.ts';
import { survivalAt } from '../../../src/statistics/survival/survival-at.ts';
import { expectClose, expectCloseOrNull } from '../support/close.ts';
import {
  describeShared,
  numbers,
  readExpected,
  readTable,
  SHARED_IS_HERE,
} from '../support/shared-survival.ts';

const TOLERANCE = 1e-9;
const FITTED = 1e-6;

type ByCause<T> = Readonly<Record<string, readonly T[]>>;
interface ExpectedCurves {
  readonly n: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly aalen_johansen_survival: ByCause<{
    readonly time: number;
    readonly pstate: number;
    readonly std_err: number;
    readonly lower_log: number | null;
    readonly upper_log: number | null;
  }>;
  readonly cuminc_cmprsk: ByCause<{
    readonly time: number;
    readonly est: number | null;
    readonly var: number | null;
  }>;
  readonly WRONG_naive_one_minus_KM: ByCause<{ readonly time: number; readonly one_minus_km: number }>;
}
interface Expected extends ExpectedCurves {
  readonly by_group: Readonly<Record<string, ExpectedCurves>>;
  readonly gray_test: readonly {
    readonly event: string;
    readonly stat: number;
    readonly df: number;
    readonly p: number;
  }[];
  readonly fine_gray_first_event: readonly {
    readonly coef: number;
    readonly hr: number;
    readonly se: number;
  }[];
}
interface Case {
  readonly name: string;
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly group: readonly string[];
  readonly levels: readonly string[];
  readonly expected: Expected;
}

const BMT_GROUPS = ['ALL', 'AML low risk', 'AML high risk'];
const ARMS = ['A', 'B'];

function texts(table: ReturnType<typeof readTable>, column: string): string[] {
  return (table[column] ?? []).map(String);
}

function bmtCases(): Case[] {
  const table = readTable('kmsurv_bmt_derived.csv');
  const expected = readExpected<Record<string, Expected>>('kmsurv_bmt.json');
  const shared = { group: texts(table, 'group'), levels: BMT_GROUPS };
  return [
    {
      ...shared,
      name: 'bmt relapse and NRM',
      time: numbers(table, 't2'),
      status: numbers(table, 'cst'),
      expected: expected['CIF_relapse_NRM'] as Expected,
    },
    {
      ...shared,
      name: 'bmt acute GVHD',
      time: numbers(table, 'agvhd_t'),
      status: numbers(table, 'agvhd_st'),
      expected: expected['CIF_aGVHD'] as Expected,
    },
  ];
}

function myeloidCases(): Case[] {
  const table = readTable('myeloid_derived.csv');
  const expected = readExpected<Record<string, Expected>>('myeloid.json');
  const arm = texts(table, 'trt');
  const response = numbers(table, 'crtime');
  const one = (id: string, time: string, status: string) => ({
    name: `myeloid ${id}`,
    time: numbers(table, time),
    status: numbers(table, status),
    group: arm,
    levels: ARMS,
    expected: expected[id] as Expected,
  });
  const responded = (row: number) => Number.isFinite(response[row]);
  return [
    one('CIF_relapse_NRM', 'efs_t', 'rel_st'),
    one('CIF_CR', 'cr_t', 'cr_st'),
    one('CIF_relapse_NRM_HCT_competing', 'c3_t', 'c3_st'),
    {
      name: 'myeloid relapse from complete remission',
      time: numbers(table, 'efs_t')
        .map((time, row) => time - (response[row] ?? 0))
        .filter((_, row) => responded(row)),
      status: numbers(table, 'rel_st', responded),
      group: arm.filter((_, row) => responded(row)),
      levels: ARMS,
      expected: expected['CIF_relapse_from_CR'] as Expected,
    },
  ];
}

function bmtcrrCases(): Case[] {
  const table = readTable('bmtcrr.csv');
  const expected = readExpected<Record<string, { readonly CIF: Expected }>>('small_sets.json');
  return [
    {
      name: 'bmtcrr',
      time: numbers(table, 'ftime'),
      status: numbers(table, 'Status'),
      group: texts(table, 'D'),
      levels: ['ALL', 'AML'],
      expected: (expected['bmtcrr'] as { readonly CIF: Expected }).CIF,
    },
  ];
}

const CASES = SHARED_IS_HERE ? [...bmtCases(), ...myeloidCases(), ...bmtcrrCases()] : [];
const LOG = { type: 'log', level: 0.95 } as const;
const EXTENDED = { ...LOG, beyond: 'last-value' } as const;

function expectCurves(
  curves: CumulativeIncidence,
  time: readonly number[],
  status: readonly number[],
  expected: ExpectedCurves,
): void {
  const [, ...names] = Object.keys(expected.counts);
  expect(curves.n).toBe(expected.n);
  for (const [index, name] of names.entries()) {
    const cause = curves.causes[index];
    if (cause === undefined) throw new Error(`no curve of ${name}`);
    expect(cause.events).toBe(expected.counts[name]);
    for (const wanted of expected.aalen_johansen_survival[name] ?? []) {
      const [point] = incidenceAt(curves, cause, [wanted.time], EXTENDED);
      expectClose(point?.incidence, wanted.pstate, TOLERANCE);
      expectClose(point?.stdError, wanted.std_err, TOLERANCE);
      expectCloseOrNull(point?.lower, wanted.lower_log, TOLERANCE);
      expectCloseOrNull(point?.upper, wanted.upper_log, TOLERANCE);
    }
    for (const wanted of expected.cuminc_cmprsk[name] ?? []) {
      const [point] = incidenceAt(curves, cause, [wanted.time], { ...LOG, variance: 'aalen' });
      expectCloseOrNull(point?.incidence, wanted.est, TOLERANCE);
      expectCloseOrNull(squareOrNull(point?.stdError), wanted.var, TOLERANCE);
    }
    const naive = kaplanMeier(
      parseSurvival({ time, status: status.map((code) => (code === index + 1 ? 1 : 0)) }),
    );
    for (const wanted of expected.WRONG_naive_one_minus_KM[name] ?? []) {
      const [point] = survivalAt(naive, [wanted.time], confidenceBand(naive), 'last-value');
      expectClose(1 - (point?.survival ?? Number.NaN), wanted.one_minus_km, TOLERANCE);
    }
  }
}

function squareOrNull(value: number | null | undefined): number | null | undefined {
  return typeof value === 'number' ? value * value : value;
}

describeShared('published competing risks: as R has them', () => {
  it.each(CASES)('$name: incidences and their variances', ({ time, status, group, expected }) => {
    const causes = Object.keys(expected.counts).length - 1;
    const data = parseCompetingRisks({ time, status }, causes);
    expectCurves(cumulativeIncidence(data, causes), time, status, expected);
    for (const { label, curves } of cumulativeIncidenceByGroup(data, causes, parseGroups(group))) {
      const keep = (_: number, row: number) => group[row] === label;
      const wanted = expected.by_group[label] as ExpectedCurves;
      expectCurves(curves, time.filter(keep), status.filter(keep), wanted);
    }
  });

  it.each(CASES)("$name: Gray's test", ({ time, status, group, levels, expected }) => {
    const [, ...names] = Object.keys(expected.counts);
    const data = parseCompetingRisks({ time, status }, names.length);
    for (const wanted of expected.gray_test) {
      const test = grayTest(data, parseGroups(group, levels), names.indexOf(wanted.event) + 1);
      expect(test.status).toBe('computed');
      if (test.status !== 'computed') continue;
      expect(test.df).toBe(wanted.df);
      expectClose(test.chiSquare, wanted.stat, TOLERANCE);
      expectClose(test.p, wanted.p, TOLERANCE);
    }
  });

  it.each(CASES)('$name: Fine and Gray', ({ time, status, group, levels, expected }) => {
    const data = parseCompetingRisks({ time, status }, Object.keys(expected.counts).length - 1);
    const covariates = parseCovariates(
      levels
        .slice(1)
        .map((level) => ({ name: level, values: group.map((value) => (value === level ? 1 : 0)) })),
    );
    const fit = fineGray(data, covariates, 1);
    expect(fit.status).toBe('computed');
    if (fit.status !== 'computed') return;
    for (const [index, wanted] of expected.fine_gray_first_event.entries()) {
      const found = fit.coefficients[index];
      expect(found?.status).toBe('computed');
      if (found?.status !== 'computed') continue;
      expectClose(found.coefficient, wanted.coef, FITTED);
      expectClose(found.ratio, wanted.hr, FITTED);
      expectClose(found.stdError, wanted.se, FITTED);
    }
  });
});
