import { parseGroups } from '../../../src/statistics/data/groups.ts';
import { parseSurvival } from '../../../src/statistics/data/survival-data.ts';
import { parseCovariates } from '../../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../../src/statistics/regression/cox-regression.ts';
import { buildExposureIntervals } from '../../../src/statistics/rows/exposure-intervals.ts';
import { buildLandmarkRows } from '../../../src/statistics/rows/landmark.ts';
import { kaplanMeierByGroup } from '../../../src/statistics/survival/kaplan-meier.ts';
import { logRank } from '../../../src/statistics/survival/log-rank.ts';

const INPUT = {
  time: [10, 4, 8, 3, 5, 9, 0, 6],
  status: [1, 0, 1, 1, 0, 0, 1, 1],
  exposure: [2, null, 3, 3, 7, null, null, 0],
};

describe('landmark rows', () => {
  it('keeps who is followed beyond the landmark, with what had happened by then', () => {
    expect(buildLandmarkRows(INPUT, 3)).toEqual({
      landmark: 3,
      row: [0, 1, 2, 4, 5, 7],
      time: [7, 1, 5, 2, 6, 3],
      status: [1, 0, 1, 0, 0, 1],
      exposed: [1, 0, 1, 0, 0, 1],
      excluded: { eventBefore: 2, censoredBefore: 0 },
    });
  });

  it('counts those censored before the landmark apart from those with an event', () => {
    expect(buildLandmarkRows(INPUT, 5).excluded).toEqual({ eventBefore: 2, censoredBefore: 2 });
  });

  it('a landmark at the origin leaves out who ended at time 0', () => {
    expect(buildLandmarkRows(INPUT, 0).row).toEqual([0, 1, 2, 3, 4, 5, 7]);
  });
});

describe('exposure intervals', () => {
  const rows = buildExposureIntervals(INPUT);

  it('splits a patient where the exposure begins', () => {
    expect(rows.row).toEqual([0, 0, 1, 2, 2, 3, 4, 5, 6, 7]);
    expect(rows.time).toEqual([2, 10, 4, 3, 8, 3, 5, 9, 0, 6]);
    expect(rows.status).toEqual([0, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
    expect(rows.exposed).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(rows.entry[1]).toBe(2);
    expect(rows.entry[4]).toBe(3);
  });

  it('counts each patient in one state at a time', () => {
    const curves = kaplanMeierByGroup(parseSurvival(rows), parseGroups(rows.exposed));
    const [unexposed, exposed] = curves.map(({ curve }) => curve);
    expect(Array.from(unexposed?.time ?? [])).toEqual([0, 2, 3, 4, 5, 9]);
    expect(Array.from(unexposed?.atRisk ?? [])).toEqual([7, 6, 5, 3, 2, 1]);
    expect(Array.from(exposed?.time ?? [])).toEqual([6, 8, 10]);
    expect(Array.from(exposed?.atRisk ?? [])).toEqual([3, 2, 1]);
  });

  it("without ties the test of Mantel and Byar is the score test of Cox's regression", () => {
    const data = parseSurvival(rows);
    const test = logRank(data, parseGroups(rows.exposed)).test;
    const fit = coxRegression(data, parseCovariates([{ name: 'exposed', values: rows.exposed }]));
    if (test.status !== 'computed' || fit.status !== 'computed') throw new Error('not computed');
    expect(test.chiSquare).toBeCloseTo(fit.score.chiSquare, 10);
  });

  it('rejects rows that cannot be used', () => {
    const bad = { time: [1, -2], status: [1, 0.5], exposure: [Number.NaN, null] };
    expect(() => buildExposureIntervals(bad)).toThrow('Row 1: exposure is NaN');
    expect(() => buildLandmarkRows({ ...INPUT, status: [1] }, 1)).toThrow('different lengths');
  });
});
