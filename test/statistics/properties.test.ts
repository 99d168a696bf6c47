import fc from 'fast-check';
import { kruskalWallis } from '../../src/statistics/comparison/kruskal-wallis.ts';
import { mannWhitney } from '../../src/statistics/comparison/mann-whitney.ts';
import { cumulativeIncidence } from '../../src/statistics/competing/cumulative-incidence.ts';
import { grayTest } from '../../src/statistics/competing/gray-test.ts';
import { ascendingOrder } from '../../src/statistics/data/ascending-order.ts';
import { parseGroups } from '../../src/statistics/data/groups.ts';
import { parseCompetingRisks, parseSurvival } from '../../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../src/statistics/regression/cox-regression.ts';
import { CONFIDENCE_TYPES, confidenceBand } from '../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier } from '../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../src/statistics/survival/log-rank.ts';
import { restrictedMean } from '../../src/statistics/survival/restricted-mean.ts';
import { survivalRows } from '../../src/statistics/survival/survival-at.ts';
import { survivalQuantile } from '../../src/statistics/survival/survival-quantile.ts';
import { expectClose } from './support/close.ts';
import { computed } from './support/computed.ts';

const patient = fc.record({
  time: fc.integer({ min: 0, max: 60 }),
  cause: fc.integer({ min: 0, max: 2 }),
  group: fc.integer({ min: 0, max: 2 }),
  x: fc.integer({ min: -5, max: 5 }),
});
const cohort = fc.array(patient, { minLength: 1, maxLength: 60 });
type Patient = { readonly time: number; readonly cause: number; readonly group: number; readonly x: number };
type Cohort = readonly Patient[];

const timesOf = (rows: Cohort) => rows.map((row) => row.time);
const eventsOf = (rows: Cohort) => rows.map((row) => Math.min(1, row.cause));
const survivalOf = (rows: Cohort, unit = 1) =>
  parseSurvival({ time: timesOf(rows).map((time) => time * unit), status: eventsOf(rows) });
const causesOf = (rows: Cohort) =>
  parseCompetingRisks({ time: timesOf(rows), status: rows.map((row) => row.cause) }, 2);
const groupsOf = (rows: Cohort, relabel = (group: number) => group) =>
  parseGroups(rows.map((row) => relabel(row.group)));

/** Asserts that no number of a result is NaN or infinite. */
function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) expectFinite(part);
}

describe('survival', () => {
  it('neither the order of the rows nor relabelled groups matter', () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const other = [...rows].reverse();
        expect(kaplanMeier(survivalOf(other)).survival).toEqual(kaplanMeier(survivalOf(rows)).survival);
        const straight = logRank(survivalOf(rows), groupsOf(rows)).test;
        const turned = logRank(
          survivalOf(other),
          groupsOf(other, (group) => 9 - group),
        ).test;
        expect(turned.status).toBe(straight.status);
        if (straight.status !== 'computed' || turned.status !== 'computed') return;
        expectClose(turned.chiSquare + 1, straight.chiSquare + 1, 1e-9);
      }),
    );
  });

  it('duplicating the cohort keeps the curve and halves its variance', () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const once = kaplanMeier(survivalOf(rows));
        const twice = kaplanMeier(survivalOf([...rows, ...rows]));
        expect(twice.time).toEqual(once.time);
        for (const [index, survival] of once.survival.entries()) {
          expectClose(twice.survival[index], survival, 1e-12);
          expectClose(twice.greenwood[index], (once.greenwood[index] as number) / 2, 1e-12);
        }
      }),
    );
  });

  it('the unit of time scales times and means and nothing else', () => {
    fc.assert(
      fc.property(cohort, fc.constantFrom(0.5, 7, 30.4375), (rows, unit) => {
        const plain = kaplanMeier(survivalOf(rows));
        const scaled = kaplanMeier(survivalOf(rows, unit));
        expect(scaled.survival).toEqual(plain.survival);
        const [median, scaledMedian] = [plain, scaled].map((curve) =>
          survivalQuantile(curve, 0.5, confidenceBand(curve)),
        );
        if (median?.time === null) expect(scaledMedian?.time).toBeNull();
        else expectClose(scaledMedian?.time, (median?.time ?? 0) * unit, 1e-12);
        const [mean, scaledMean] = [restrictedMean(plain, 40), restrictedMean(scaled, 40 * unit)].map(
          computed,
        );
        expectClose(scaledMean?.mean, (mean?.mean ?? 0) * unit, 1e-12);
      }),
    );
  });

  it('limits enclose the estimate, and no number is NaN or infinite', () => {
    fc.assert(
      fc.property(cohort, fc.constantFrom(...CONFIDENCE_TYPES), (rows, type) => {
        const curve = kaplanMeier(survivalOf(rows));
        const band = confidenceBand(curve, { type, level: 0.9 });
        for (const row of survivalRows(curve, band)) {
          expectFinite(row);
          if (row.survival === null || row.lower === null || row.upper === null) continue;
          expect(row.lower).toBeLessThanOrEqual(row.survival);
          expect(row.upper).toBeGreaterThanOrEqual(row.survival);
        }
        expectFinite(curve);
        expectFinite(logRank(survivalOf(rows), groupsOf(rows)));
      }),
    );
  });
});

describe('competing risks', () => {
  it('incidences and survival sum to 1, and one cause alone is one less Kaplan-Meier', () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const curves = cumulativeIncidence(causesOf(rows), 2);
        const [first, second] = curves.causes;
        for (const [index, survival] of curves.survival.entries()) {
          expectClose(survival + (first?.incidence[index] ?? 0) + (second?.incidence[index] ?? 0), 1, 1e-12);
        }
        const [alone] = cumulativeIncidence(survivalOf(rows), 1).causes;
        for (const [index, survival] of kaplanMeier(survivalOf(rows)).survival.entries()) {
          expectClose(1 - (alone?.incidence[index] ?? 0) + 1, survival + 1, 1e-12);
        }
        expectFinite(curves);
      }),
    );
  });

  it("Gray's test does not depend on the names of the groups", () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const straight = grayTest(causesOf(rows), groupsOf(rows), 1);
        const turned = grayTest(
          causesOf(rows),
          groupsOf(rows, (group) => 9 - group),
          1,
        );
        expectFinite(straight);
        if (straight.status !== 'computed' || turned.status !== 'computed') return;
        expectClose(turned.chiSquare + 1, straight.chiSquare + 1, 1e-6);
      }),
    );
  });
});

describe('Cox regression', () => {
  it('duplicating the cohort keeps the coefficients (Breslow), the unit of a covariate scales them', () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const options = { ties: 'breslow' } as const;
        const covariates = (all: Cohort, factor: number) =>
          parseCovariates([{ name: 'x', values: all.map((row) => row.x * factor) }]);
        const once = coxRegression(survivalOf(rows), covariates(rows, 1), options);
        const doubled = [...rows, ...rows];
        const twice = coxRegression(survivalOf(doubled), covariates(doubled, 10), options);
        expectFinite(once);
        expect(twice.status).toBe(once.status);
        if (once.status !== 'computed' || twice.status !== 'computed') return;
        const [a] = once.coefficients;
        const [b] = twice.coefficients;
        if (a?.status !== 'computed' || b?.status !== 'computed') return;
        expectClose(1 + b.coefficient * 10, 1 + a.coefficient, 1e-5);
        expectClose(b.stdError * 10 * Math.SQRT2, a.stdError, 1e-4);
      }),
    );
  });
});

describe('rank tests', () => {
  const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });

  it('swapping the samples mirrors the statistic and keeps p', () => {
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const one = mannWhitney(x, y);
        const other = mannWhitney(y, x);
        expectFinite(one);
        expect(other.status).toBe(one.status);
        if (one.status !== 'computed' || other.status !== 'computed') return;
        expect(one.u + other.u).toBe(x.length * y.length);
        expectClose(other.p, one.p, 1e-12);
      }),
    );
  });

  it('a rising transformation changes nothing', () => {
    fc.assert(
      fc.property(cohort, (rows) => {
        const values = rows.map((row) => row.x);
        const one = kruskalWallis(values, groupsOf(rows));
        const other = kruskalWallis(values.map(Math.exp), groupsOf(rows));
        expectFinite(one);
        expect(other).toEqual(one);
      }),
    );
  });
});

describe('sorting', () => {
  it('ascends and keeps the order of equal values, for few rows and for many', () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1, 100),
        (some, times) => {
          const values = Float64Array.from(
            { length: some.length * times },
            (_, i) => some[i % some.length] as number,
          );
          const order = ascendingOrder(values);
          for (let i = 1; i < order.length; i += 1) {
            const [before, after] = [order[i - 1] as number, order[i] as number];
            const [low, high] = [values[before] as number, values[after] as number];
            expect(low < high || (low === high && before < after)).toBe(true);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
