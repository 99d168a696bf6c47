import { parseGroups } from '../../../src/statistics/data/groups.ts';
import { parseSurvival } from '../../../src/statistics/data/survival-data.ts';
import type { ConfidenceType } from '../../../src/statistics/survival/confidence-band.ts';
import { confidenceBand } from '../../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier, reverseKaplanMeier } from '../../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../../src/statistics/survival/log-rank.ts';
import { restrictedMean } from '../../../src/statistics/survival/restricted-mean.ts';
import { survivalAt, survivalRows } from '../../../src/statistics/survival/survival-at.ts';
import { survivalQuantile } from '../../../src/statistics/survival/survival-quantile.ts';
import { expectClose, expectCloseOrNull } from '../support/close.ts';
import { computed } from '../support/computed.ts';
import {
  describeShared,
  numbers,
  readExpected,
  readTable,
  SHARED_IS_HERE,
} from '../support/shared-survival.ts';

const TOLERANCE = 1e-9;

interface ExpectedPoint {
  readonly time: number;
  readonly n_risk: number;
  readonly surv: number;
  readonly std_err: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}
interface ExpectedCurve {
  readonly n: number;
  readonly events: number;
  readonly median: number | null;
  readonly median_lower: number | null;
  readonly median_upper: number | null;
  readonly q25: number | null;
  readonly q75: number | null;
  readonly at: readonly ExpectedPoint[];
}
interface ExpectedSurvival {
  readonly by_conf_type: Readonly<Record<ConfidenceType, ExpectedCurve>>;
  readonly rmst?: { readonly tau: number; readonly rmst: number; readonly se: number };
  readonly median_followup_reverse_km: {
    readonly median: number | null;
    readonly lower: number | null;
    readonly upper: number | null;
  };
}
interface ExpectedTest {
  readonly groups: readonly string[];
  readonly n: readonly number[];
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  readonly chisq: number;
  readonly df: number;
  readonly p: number;
}
type Expected = Readonly<Record<string, unknown>>;
type Keep = (row: number) => boolean;

interface Case {
  readonly name: string;
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly expected: ExpectedSurvival;
}
interface Comparison {
  readonly name: string;
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly group: readonly (string | number)[];
  readonly levels?: readonly string[];
  readonly rho?: number;
  readonly expected: ExpectedTest;
}

const GROUPS = ['ALL', 'AML low risk', 'AML high risk'];

function bmtCases(): Case[] {
  const table = readTable('kmsurv_bmt.csv');
  const expected = readExpected<Expected>('kmsurv_bmt.json');
  const group = table['group'] ?? [];
  return [
    ['OS', 't1', 'd1'],
    ['EFS', 't2', 'd3'],
  ].flatMap(([id = '', time = '', status = '']) => {
    const strata = expected[`${id}_by_group`] as Readonly<Record<string, ExpectedSurvival>>;
    const one = (name: string, keep: Keep, values: ExpectedSurvival) => ({
      name: `bmt ${name}`,
      time: numbers(table, time, keep),
      status: numbers(table, status, keep),
      expected: values,
    });
    return [
      one(id, () => true, expected[id] as ExpectedSurvival),
      ...Object.entries(strata).map(([label, values]) =>
        one(`${id} ${label}`, (row) => group[row] === label, values),
      ),
    ];
  });
}

function bmtTests(): Comparison[] {
  const table = readTable('kmsurv_bmt.csv');
  const expected = readExpected<Record<string, ExpectedTest>>('kmsurv_bmt.json');
  const one = (id: string, time: string, status: string, rho: number) => ({
    name: `bmt ${id}`,
    time: numbers(table, time),
    status: numbers(table, status),
    group: table['group'] ?? [],
    levels: GROUPS,
    rho,
    expected: expected[id] as ExpectedTest,
  });
  return [
    one('OS_logrank', 't1', 'd1', 0),
    one('EFS_logrank', 't2', 'd3', 0),
    one('EFS_peto', 't2', 'd3', 1),
  ];
}

const MYELOID = [
  ['OS', 'futime', 'death'],
  ['EFS', 'efs_t', 'efs_s'],
  ['EFS_censored_at_hct', 'efsx_t', 'efsx_s'],
] as const;

function myeloidCases(): Case[] {
  const table = readTable('myeloid_derived.csv');
  const expected = readExpected<Expected>('myeloid.json');
  const arm = table['trt'] ?? [];
  const cases = MYELOID.flatMap(([id, time, status]) => {
    const one = (name: string, keep: Keep, values: unknown) => ({
      name: `myeloid ${name}`,
      time: numbers(table, time, keep),
      status: numbers(table, status, keep),
      expected: values as ExpectedSurvival,
    });
    const strata = expected[`${id}_by_trt`] as Readonly<Record<string, unknown>>;
    return [
      one(id, () => true, expected[id]),
      ...Object.entries(strata).map(([label, values]) =>
        one(`${id} arm ${label}`, (row) => arm[row] === label, values),
      ),
    ];
  });
  const response = numbers(table, 'crtime');
  const end = numbers(table, 'efs_t');
  const responded: Keep = (row) => Number.isFinite(response[row]);
  return [
    ...cases,
    {
      name: 'myeloid duration of response',
      time: end.map((time, row) => time - (response[row] ?? 0)).filter((_, row) => responded(row)),
      status: numbers(table, 'efs_s', responded),
      expected: expected['DOR_responders_from_CR'] as ExpectedSurvival,
    },
  ];
}

function myeloidTests(): Comparison[] {
  const table = readTable('myeloid_derived.csv');
  const expected = readExpected<Record<string, ExpectedTest>>('myeloid.json');
  const tests = MYELOID.map(([id, time, status]) => ({ id: `${id}_logrank`, time, status, rho: 0 }));
  return [...tests, { id: 'OS_peto', time: 'futime', status: 'death', rho: 1 }].map(
    ({ id, time, status, rho }) => ({
      name: `myeloid ${id}`,
      time: numbers(table, time),
      status: numbers(table, status),
      group: table['trt'] ?? [],
      rho,
      expected: expected[id] as ExpectedTest,
    }),
  );
}

/** The paired trial of 6-mercaptopurine, one row for each child. */
function pairedTrial(): { time: number[]; status: number[]; group: string[] } {
  const table = readTable('drug6mp.csv');
  const placebo = numbers(table, 't1');
  const treated = numbers(table, 't2');
  return {
    time: [...placebo, ...treated],
    status: [...placebo.map(() => 1), ...numbers(table, 'relapse')],
    group: [...placebo.map(() => 'placebo'), ...treated.map(() => '6MP')],
  };
}

interface SmallSet {
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly group: readonly (string | number)[];
  readonly labels: Readonly<Record<string, string | number>>;
}

function smallSets(): Record<string, SmallSet> {
  const alloauto = readTable('alloauto.csv');
  const hodg = readTable('hodg.csv');
  const aml = readTable('aml.csv');
  const disease = hodg['dtype'] ?? [];
  const graft = (hodg['gtype'] ?? []).map((type, row) => `${type} ${disease[row]}`);
  return {
    alloauto: {
      time: numbers(alloauto, 'time'),
      status: numbers(alloauto, 'delta'),
      group: alloauto['type'] ?? [],
      labels: { allo: 1, auto: 2 },
    },
    hodg: {
      time: numbers(hodg, 'time'),
      status: numbers(hodg, 'delta'),
      group: graft,
      labels: { allo_NHL: '1 1', allo_HD: '1 2', auto_NHL: '2 1', auto_HD: '2 2' },
    },
    drug6mp: { ...pairedTrial(), labels: { '6MP': '6MP', placebo: 'placebo' } },
    aml: {
      time: numbers(aml, 'time'),
      status: numbers(aml, 'status'),
      group: aml['x'] ?? [],
      labels: { Maintained: 'Maintained', Nonmaintained: 'Nonmaintained' },
    },
  };
}

interface ExpectedSmall {
  readonly by: Readonly<Record<string, ExpectedSurvival>>;
  readonly logrank: ExpectedTest;
}

function smallCases(): Case[] {
  const expected = readExpected<Record<string, ExpectedSmall>>('small_sets.json');
  const grouped = Object.entries(smallSets()).flatMap(([id, set]) =>
    Object.entries(expected[id]?.by ?? {}).map(([label, values]) => {
      const keep = (_: unknown, row: number) => set.group[row] === set.labels[label];
      return {
        name: `${id} ${label}`,
        time: set.time.filter(keep),
        status: set.status.filter(keep),
        expected: values,
      };
    }),
  );
  const table = readTable('bmtcrr.csv');
  const bmtcrr = expected['bmtcrr'] as unknown as { readonly EFS: ExpectedSurvival };
  return [
    ...grouped,
    {
      name: 'bmtcrr EFS',
      time: numbers(table, 'ftime'),
      status: numbers(table, 'Status').map((code) => (code === 0 ? 0 : 1)),
      expected: bmtcrr.EFS,
    },
  ];
}

function smallTests(): Comparison[] {
  const expected = readExpected<Record<string, ExpectedSmall>>('small_sets.json');
  return Object.entries(smallSets()).map(([id, set]) => ({
    name: `${id} log-rank`,
    time: set.time,
    status: set.status,
    group: set.group,
    expected: (expected[id] as ExpectedSmall).logrank,
  }));
}

const CASES = SHARED_IS_HERE ? [...bmtCases(), ...myeloidCases(), ...smallCases()] : [];
const COMPARISONS = SHARED_IS_HERE ? [...bmtTests(), ...myeloidTests(), ...smallTests()] : [];
const TYPES: readonly ConfidenceType[] = ['plain', 'log', 'log-log'];

describeShared('published survival data: Kaplan-Meier as R has it', () => {
  it.each(CASES)('$name', ({ time, status, expected }) => {
    const data = parseSurvival({ time, status });
    const curve = kaplanMeier(data);
    for (const type of TYPES) {
      const wanted = expected.by_conf_type[type];
      const band = confidenceBand(curve, { type, level: 0.95 });
      expect([curve.n, curve.events]).toEqual([wanted.n, wanted.events]);
      const median = survivalQuantile(curve, 0.5, band);
      expectCloseOrNull(median.time, wanted.median, TOLERANCE);
      expectCloseOrNull(median.lower, wanted.median_lower, TOLERANCE);
      expectCloseOrNull(median.upper, wanted.median_upper, TOLERANCE);
      expectCloseOrNull(survivalQuantile(curve, 0.25, band).time, wanted.q25, TOLERANCE);
      expectCloseOrNull(survivalQuantile(curve, 0.75, band).time, wanted.q75, TOLERANCE);
      const times = wanted.at.map((point) => point.time);
      for (const [index, point] of survivalAt(curve, times, band).entries()) {
        const at = wanted.at[index] as ExpectedPoint;
        expect(point.atRisk).toBe(at.n_risk);
        expectCloseOrNull(point.survival, at.surv, TOLERANCE);
        expectCloseOrNull(point.stdError, at.std_err, TOLERANCE);
        expectCloseOrNull(point.lower, at.lower, TOLERANCE);
        expectCloseOrNull(point.upper, at.upper, TOLERANCE);
      }
    }
  });

  it.each(CASES)('$name: restricted mean and follow-up', ({ time, status, expected }) => {
    const data = parseSurvival({ time, status });
    if (expected.rmst !== undefined) {
      const mean = computed(restrictedMean(kaplanMeier(data), expected.rmst.tau));
      expectClose(mean.mean, expected.rmst.rmst, TOLERANCE);
      expectClose(mean.stdError, expected.rmst.se, TOLERANCE);
    }
    const followUp = reverseKaplanMeier(data);
    const median = survivalQuantile(
      followUp,
      0.5,
      confidenceBand(followUp, { type: 'log-log', level: 0.95 }),
    );
    expectCloseOrNull(median.time, expected.median_followup_reverse_km.median, TOLERANCE);
    expectCloseOrNull(median.lower, expected.median_followup_reverse_km.lower, TOLERANCE);
    expectCloseOrNull(median.upper, expected.median_followup_reverse_km.upper, TOLERANCE);
  });
});

describeShared('published survival data: log-rank tests as R has them', () => {
  it.each(COMPARISONS)('$name', ({ time, status, group, levels, rho, expected }) => {
    const groups = parseGroups(group, levels);
    const result = logRank(parseSurvival({ time, status }), groups, { rho: rho ?? 0 });
    expect(result.groups.map(({ label, n }) => [label, n])).toEqual(
      expected.groups.map((label, index) => [label, expected.n[index]]),
    );
    for (const [index, row] of result.groups.entries()) {
      expectClose(row.observed, expected.observed[index] as number, TOLERANCE);
      expectClose(row.expected, expected.expected[index] as number, TOLERANCE);
    }
    expect(result.test.status).toBe('computed');
    if (result.test.status !== 'computed') return;
    expect(result.test.df).toBe(expected.df);
    expectClose(result.test.chiSquare, expected.chisq, TOLERANCE);
    expectClose(result.test.p, expected.p, TOLERANCE);
  });
});

interface ExpectedEdge {
  readonly time: readonly number[];
  readonly n_risk: readonly number[];
  readonly n_event: readonly number[];
  readonly surv: readonly number[];
  readonly se_log: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  readonly median: number | null;
  readonly median_lower: number | null;
  readonly median_upper: number | null;
}
interface EdgeCase {
  readonly input: { readonly t: number | readonly number[]; readonly s: number | readonly number[] };
  readonly log: ExpectedEdge;
  readonly loglog: ExpectedEdge;
  readonly plain: ExpectedEdge;
}
const EDGES = SHARED_IS_HERE ? Object.entries(readExpected<Record<string, EdgeCase>>('edge_cases.json')) : [];
const EDGE_TYPES = [
  ['plain', 'plain'],
  ['log', 'log'],
  ['log-log', 'loglog'],
] as const;

describeShared('edge cases as R has them', () => {
  it.each(EDGES)('%s', (_, { input, ...results }) => {
    const data = parseSurvival({ time: [input.t].flat(), status: [input.s].flat() });
    const curve = kaplanMeier(data);
    for (const [type, key] of EDGE_TYPES) {
      const expected = results[key];
      const band = confidenceBand(curve, { type, level: 0.95 });
      const rows = survivalRows(curve, band);
      expect(rows.map((row) => row.time)).toEqual(expected.time);
      expect(rows.map((row) => row.atRisk)).toEqual(expected.n_risk);
      expect(Array.from(curve.eventCount)).toEqual(expected.n_event);
      for (const [index, row] of rows.entries()) {
        expectClose(row.survival, expected.surv[index] as number, TOLERANCE);
        const seLog = expected.se_log[index] as number | null;
        expectCloseOrNull(row.stdError, seLog === null ? null : seLog * (row.survival ?? 0), TOLERANCE);
        expectCloseOrNull(row.lower, expected.lower[index] as number | null, TOLERANCE);
        expectCloseOrNull(row.upper, expected.upper[index] as number | null, TOLERANCE);
        expect(row.reason !== undefined).toBe(row.lower === null);
      }
      const median = survivalQuantile(curve, 0.5, band);
      expectCloseOrNull(median.time, expected.median, TOLERANCE);
      expectCloseOrNull(median.lower, expected.median_lower, TOLERANCE);
      expectCloseOrNull(median.upper, expected.median_upper, TOLERANCE);
    }
  });
});
