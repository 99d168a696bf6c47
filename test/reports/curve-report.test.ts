import { buildCurveReport } from '../../src/reports/curve-report.ts';
import { courseOn, diedOn, hctOn, infusedOn, recordOf, statusOn } from '../support/record-builder.ts';
import { AS_OF, cohortOf, day, dead, INFUSION, patient, request } from './support.ts';

const four = [dead('a', 100), patient('b', 150), dead('c', 200), patient('d', 400)];

describe('the report of survival', () => {
  it('says from what it was made', () => {
    const outside = { ...recordOf({}), id: 'z' };
    const undated = patient('y', 90, { death: diedOn() });
    expect(buildCurveReport('survival', cohortOf('OS', ...four, outside, undated), request())).toMatchObject({
      report: 'survival',
      asOf: AS_OF,
      endpoint: { id: 'OS', version: '1.0.0', indexCourse: 1 },
      versions: { model: '1.0.0', mappings: 'm' },
      records: { n: 6, digest: 'd' },
      confidence: { type: 'log-log', level: 0.95 },
      attrition: [
        { step: 'RECORDS', n: 6, excluded: [] },
        { step: 'INDEX_COURSE', n: 5, excluded: [{ reason: 'no CD19 CAR-T infusion', n: 1 }] },
        { step: 'POPULATION', n: 5, excluded: [] },
        { step: 'DETERMINATE', n: 4, excluded: [{ n: 1 }] },
      ],
      reproducibility: 'exact',
    });
  });

  it('estimates the curve, the median and the numbers at risk', () => {
    const [all] = buildCurveReport(
      'survival',
      cohortOf('OS', ...four),
      request(undefined, [100, 200]),
    ).strata;
    expect(all).toMatchObject({ stratum: 'all', n: 4, events: 2, competing: 0, censored: 2 });
    expect(
      all?.curve?.map(({ time, atRisk, events, censored, estimate }) => [
        time,
        atRisk,
        events,
        censored,
        estimate,
      ]),
    ).toEqual([
      [100, 4, 1, 0, 0.75],
      [150, 3, 0, 1, 0.75],
      [200, 2, 1, 0, 0.375],
      [400, 1, 0, 1, 0.375],
    ]);
    expect(all?.median?.time).toBe(200);
    expect(all?.at.map(({ estimate, events }) => [estimate, events])).toEqual([
      [0.75, 1],
      [0.375, 2],
    ]);
    expect(all?.numbersAtRisk).toEqual([
      { time: 0, atRisk: 4 },
      { time: 100, atRisk: 4 },
      { time: 183, atRisk: 2 },
      { time: 200, atRisk: 2 },
      { time: 365, atRisk: 1 },
    ]);
    expect(all?.followUp).toMatchObject({
      reverse: { time: 400 },
      observed: { median: 175, min: 100, max: 400 },
    });
  });

  it('does not depend on the order of the records', () => {
    const report = buildCurveReport('survival', cohortOf('OS', ...four), request());
    expect(buildCurveReport('survival', cohortOf('OS', ...four.toReversed()), request())).toEqual(report);
  });

  it('has nothing to estimate without patients, and says so', () => {
    const { strata } = buildCurveReport('survival', cohortOf('OS'), request('product', [100]));
    expect(strata).toMatchObject([{ n: 0, at: [{ estimate: null, reason: 'no-observations' }] }]);
  });

  it('is approximate where a date is known to the month only', () => {
    const imprecise = patient('e', 400, { death: diedOn('2020-07') });
    expect(buildCurveReport('survival', cohortOf('OS', imprecise), request()).reproducibility).toBe('approx');
  });

  it('is refused for an endpoint with competing events', () => {
    expect(() => buildCurveReport('survival', cohortOf('CIR', ...four), request())).toThrow(
      expect.objectContaining({ code: 'competing-risks-ignored' }),
    );
  });
});

describe('a stratified report', () => {
  it('compares groups, shows the unknown and does not compare them', () => {
    const of = (id: string, days: number, product: string) =>
      dead(id, days, { courses: [courseOn(1, INFUSION, product)] });
    const cohort = cohortOf(
      'OS',
      of('a', 100, 'tisagenlecleucel'),
      of('b', 120, 'tisagenlecleucel'),
      of('c', 300, 'brexucabtagene-autoleucel'),
      of('d', 400, 'brexucabtagene-autoleucel'),
      of('e', 10, 'UNKNOWN'),
    );
    const report = buildCurveReport('survival', cohort, request('product'));
    expect(report.by).toBe('product');
    expect(report.strata.map(({ stratum, n }) => [stratum, n])).toEqual([
      ['brexucabtagene-autoleucel', 2],
      ['tisagenlecleucel', 2],
      ['UNKNOWN', 1],
    ]);
    expect(report.test).toMatchObject({ name: 'log-rank', status: 'computed', df: 1 });
  });

  it('has no test where there is one group', () => {
    const { test } = buildCurveReport('survival', cohortOf('OS', ...four), request('patient.sex.value'));
    expect(test).toMatchObject({ status: 'not-computed' });
  });

  it('divides by course, and says that patients are in both', () => {
    const twice = dead('a', 500, {
      courses: infusedOn(INFUSION, day(200)),
      statuses: [statusOn(day(28), 'CR'), statusOn(day(150), 'RELAPSE'), statusOn(day(230), 'CR')],
    });
    const report = buildCurveReport('survival', cohortOf('OS', twice, ...four.slice(1)), request('course'));
    expect(report.strata.map(({ stratum, n, events }) => [stratum, n, events])).toEqual([
      ['course 1', 4, 2],
      ['course 2', 1, 1],
    ]);
    expect(report.strata[1]?.curve?.[0]?.time).toBe(300);
    expect(report.cautions[0]).toContain('several groups');
  });
});

describe('HCT after CAR-T', () => {
  const cohort = cohortOf(
    'OS',
    dead('a', 50),
    dead('b', 300, { hcts: [hctOn(day(80))] }),
    patient('c', 500, { hcts: [hctOn(day(120))] }),
    dead('d', 200),
    patient('e', 90, { hcts: [hctOn(day(80))] }),
  );

  it('from a landmark: who has had it by then, among those still followed', () => {
    const report = buildCurveReport('survival', cohort, request('hct-after:landmark:100'));
    expect(report.landmark).toEqual({ day: 100, eventBefore: 1, censoredBefore: 1 });
    expect(report.strata.map(({ stratum, n, events }) => [stratum, n, events])).toEqual([
      ['no HCT by day 100', 2, 1],
      ['HCT by day 100', 1, 1],
    ]);
    expect(report.strata[1]?.curve?.[0]?.time).toBe(200);
  });

  it('as it changes with time: a patient counts without it until the day of it', () => {
    const report = buildCurveReport('survival', cohort, request('hct-after:time-varying'));
    expect(report.strata.map(({ stratum, n, events }) => [stratum, n, events])).toEqual([
      ['no HCT', 5, 2],
      ['HCT', 3, 1],
    ]);
    expect(report.test?.name).toBe('mantel-byar');
    expect(report.cox).toMatchObject({ status: 'computed', n: 8, events: 3 });
  });

  it('warns where transplantation itself ends the clock', () => {
    const records = [dead('a', 50), patient('b', 500, { hcts: [hctOn(day(80))] })];
    const { cautions } = buildCurveReport(
      'survival',
      cohortOf('EFS_BE_B', ...records),
      request('hct-after:landmark:100'),
    );
    expect(cautions.some((caution) => caution.includes('EFS_BE_B'))).toBe(true);
  });
});

describe('the report of cumulative incidence', () => {
  const relapsed = (id: string, on: number) =>
    patient(id, 600, { statuses: [statusOn(day(28), 'CR'), statusOn(day(on), 'RELAPSE')] });
  const cohort = cohortOf('CIR', relapsed('a', 100), dead('b', 150), relapsed('c', 200), patient('d', 400));

  it('estimates the event with competing events, and each kind apart', () => {
    const report = buildCurveReport('cumulative-incidence', cohort, request(undefined, [365]));
    const [all] = report.strata;
    expect(all).toMatchObject({ n: 4, events: 2, competing: 1, censored: 1, median: null });
    expect(all?.at[0]?.estimate).toBe(0.5);
    expect(
      all?.byType?.map(({ status, type, events, at }) => [status, type, events, at[0]?.estimate]),
    ).toEqual([
      ['EVENT', 'RELAPSE', 2, 0.5],
      ['COMPETING', 'DEATH', 1, 0.25],
    ]);
  });

  it("compares strata by Gray's test", () => {
    const report = buildCurveReport('cumulative-incidence', cohort, request('patient.sex.value'));
    expect(report.test).toMatchObject({ name: 'gray', status: 'not-computed' });
  });

  it('takes no stratum that changes with time', () => {
    expect(() => buildCurveReport('cumulative-incidence', cohort, request('hct-after:time-varying'))).toThrow(
      expect.objectContaining({ code: 'parameter-invalid' }),
    );
  });
});
