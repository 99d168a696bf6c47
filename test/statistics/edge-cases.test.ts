/** Cases at the edge, each with the call of R that gave the number (survival 3.5, cmprsk 2.2). */
import { fisherExact } from '../../src/statistics/comparison/fisher-exact.ts';
import { cumulativeIncidence } from '../../src/statistics/competing/cumulative-incidence.ts';
import { fineGray } from '../../src/statistics/competing/fine-gray.ts';
import { incidenceAt } from '../../src/statistics/competing/incidence-at.ts';
import { parseCompetingRisks, parseSurvival } from '../../src/statistics/data/survival-data.ts';
import { type CovariateInput, parseCovariates } from '../../src/statistics/regression/covariates.ts';
import { coxRegression } from '../../src/statistics/regression/cox-regression.ts';
import { proportionalHazards } from '../../src/statistics/regression/proportional-hazards.ts';
import { buildExposureIntervals } from '../../src/statistics/rows/exposure-intervals.ts';
import { confidenceBand } from '../../src/statistics/survival/confidence-band.ts';
import { kaplanMeier } from '../../src/statistics/survival/kaplan-meier.ts';
import { survivalAt } from '../../src/statistics/survival/survival-at.ts';
import { expectClose } from './support/close.ts';
import { computed } from './support/computed.ts';

describe('Kaplan-Meier with log-log limits', () => {
  // summary(survfit(Surv(c(2,3,5,7), c(0,1,1,0)) ~ 1, conf.type = "log-log"), times = c(0, 1, 2, 2.5))
  const curve = kaplanMeier(parseSurvival({ time: [2, 3, 5, 7], status: [0, 1, 1, 0] }));
  const band = confidenceBand(curve, { type: 'log-log', level: 0.95 });

  it.each([0, 1])('are 1 at %d, before anybody was seen', (time) => {
    expect(survivalAt(curve, [time], band)[0]).toEqual({
      time,
      atRisk: 4,
      eventsUntil: 0,
      survival: 1,
      stdError: 0,
      lower: 1,
      upper: 1,
    });
  });

  it.each([2, 2.5])('do not exist at %d, after a censoring and before the first event', (time) => {
    const point = survivalAt(curve, [time], band)[0];
    expect(point).toMatchObject({
      survival: 1,
      stdError: 0,
      lower: null,
      upper: null,
      reason: 'survival-one',
    });
  });
});

describe('cumulative incidence where all had the event', () => {
  const curves = cumulativeIncidence(
    parseCompetingRisks({ time: [7, 16, 17, 19], status: [1, 1, 1, 1] }, 1),
    1,
  );
  const [cause] = curves.causes;

  it.each([
    ['plain', 1, 1, undefined],
    ['log', 1, 1, undefined],
    ['log-log', null, null, 'incidence-one'],
  ] as const)('has no spread left, %s', (type, lower, upper, reason) => {
    if (cause === undefined) throw new Error('There is one cause');
    const [point] = incidenceAt(curves, cause, [19], { type, level: 0.95 });
    expect(point).toEqual({
      time: 19,
      atRisk: 1,
      incidence: 1,
      stdError: 0,
      lower,
      upper,
      ...(reason === undefined ? {} : { reason }),
    });
  });
});

describe('cumulative incidence with delayed entry', () => {
  // survfit(Surv(entry, time, factor(status, 0:2)) ~ 1, id = 1:8, conf.type = "log")
  const data = parseCompetingRisks(
    {
      entry: [0, 2, 0, 3, 1, 0, 5, 4],
      time: [4, 5, 6, 6, 7, 9, 9, 10],
      status: [1, 2, 1, 0, 2, 1, 1, 0],
    },
    2,
  );
  const curves = cumulativeIncidence(data, 2);

  it.each([
    {
      cause: 1,
      incidence: [0.16666666666666666, 0.28240740740740744, 0.5717592592592593],
      stdError: [0.15214515486254615, 0.16511263954414629, 0.18288420664434901],
    },
    {
      cause: 2,
      incidence: [0, 0.1388888888888889, 0.28356481481481488],
      stdError: [0, 0.13012471594958516, 0.17185432303470613],
    },
  ])('of cause $cause', ({ cause, incidence, stdError }) => {
    const curve = curves.causes[cause - 1];
    if (curve === undefined) throw new Error('There are two causes');
    const points = incidenceAt(curves, curve, [4, 6, 9], { type: 'log', level: 0.95 });
    expect(points.map(({ atRisk }) => atRisk)).toEqual([6, 6, 3]);
    for (const [at, point] of points.entries()) {
      expectClose(point.incidence, incidence[at] ?? 0, 1e-9);
      expectClose(point.stdError, stdError[at] ?? 0, 1e-9);
    }
  });
});

describe('proportional hazards', () => {
  const driftOf = (time: readonly number[], status: readonly number[], covariate: CovariateInput) => {
    const data = parseSurvival({ time, status });
    const covariates = parseCovariates([covariate]);
    const fit = computed(coxRegression(data, covariates));
    return proportionalHazards(data, covariates, fit, { scale: 'identity' });
  };

  it.each([1e-6, 1, 1e6])('are tested alike with times in units of %d', (unit) => {
    // cox.zph(coxph(Surv(time, event) ~ y), transform = "identity")
    const time = [3, 8, 1, 6, 8, 5, 4, 7, 9, 2].map((one) => one * unit);
    const values = [0, 1, 0, 0, 1, 1, 0, 1, 1, 0];
    const { global } = driftOf(time, [1, 1, 0, 1, 0, 1, 1, 0, 1, 1], { name: 'y', values });
    expectClose(computed(global).chiSquare, 0.1763350325114974, 1e-6);
    expectClose(computed(global).p, 0.67454196029006463, 1e-6);
  });

  it('of a factor leave out a level that cannot be estimated', () => {
    const time = [6.7, 0.9, 2, 8.1, 4, 3.6, 2.1, 8.7];
    const values = ['b', 'a', 'c', 'c', 'c', 'b', 'c', 'b'];
    const { terms } = driftOf(time, [1, 0, 1, 0, 1, 1, 0, 1], { name: 'f', values });
    const test = computed(terms[0]?.test ?? { status: 'not-computed', reason: 'no-observations' });
    expect(test.df).toBe(1);
    expectClose(test.chiSquare, 0.95633462967677496, 1e-6);
  });
});

describe('Fine and Gray', () => {
  it.each([
    {
      // crr(time, status, 0:7)
      what: 'a censoring and a competing event at time 0',
      time: [0, 2, 5, 1, 2, 4, 1, 0],
      status: [2, 1, 0, 2, 1, 0, 0, 0],
      values: [0, 1, 2, 3, 4, 5, 6, 7],
      cause: 1,
      coefficient: -0.020330111631542559,
      stdError: 0.31015850465081507,
    },
    {
      // crr(time, status, values, failcode = 2)
      what: 'a covariate in the millions',
      time: [0.9, 0.6, 0.6, 0.05, 0.3],
      status: [0, 2, 1, 0, 1],
      values: [3113215, 2957784, 2911146, 2997588, 2887153],
      cause: 2,
      coefficient: -1.3006425888877113e-6,
      stdError: 5.6970358089009467e-6,
    },
  ])('with $what', ({ time, status, values, cause, coefficient, stdError }) => {
    const data = parseCompetingRisks({ time, status }, 2);
    const fit = computed(fineGray(data, parseCovariates([{ name: 'x', values }]), cause));
    const [found] = fit.coefficients;
    if (found?.status !== 'computed') throw new Error('The coefficient was not computed');
    expectClose(found.coefficient, coefficient, 1e-6);
    expectClose(found.stdError, stdError, 1e-6);
  });
});

describe('Fisher for larger tables', () => {
  it.each([
    {
      cells: [
        [8, 5, 2, 5],
        [5, 9, 1, 5],
        [4, 6, 9, 1],
        [6, 0, 4, 10],
      ],
      p: 0.00062124901344359198,
    },
    {
      cells: [
        [12, 15, 10],
        [20, 8, 14],
        [9, 16, 21],
        [11, 4, 6],
      ],
      p: 0.03443446291296659,
    },
  ])('$cells', ({ cells, p }) => {
    expectClose(computed(fisherExact(cells)).p, p, 1e-9);
  });
});

describe('rows of a time-varying exposure', () => {
  it('have none after an exposure that differs from the end by rounding alone', () => {
    const rows = buildExposureIntervals({ time: [0.1 * 3, 2], status: [1, 0], exposure: [0.3, 1] });
    expect(rows).toEqual({
      row: [0, 1, 1],
      entry: [-1, -1, 1],
      time: [0.3, 1, 2],
      status: [1, 0, 0],
      exposed: [0, 0, 1],
    });
  });
});

describe('a factor of one level', () => {
  it('is refused by name, not left out', () => {
    expect(() => parseCovariates([{ name: 'site', values: ['a', 'a'] }])).toThrow(
      expect.objectContaining({
        code: 'statistics-input-invalid',
        message: 'Covariate site has one level only',
      }),
    );
  });
});
