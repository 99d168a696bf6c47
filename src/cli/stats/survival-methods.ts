/** Methods that follow rows over time. */
import { describeIncidence } from '../../reports/describe-incidence.ts';
import { describeFollowUp, describeSurvival } from '../../reports/describe-survival.ts';
import { fineGray } from '../../statistics/competing/fine-gray.ts';
import { grayTest } from '../../statistics/competing/gray-test.ts';
import { type Groups, parseGroups } from '../../statistics/data/groups.ts';
import {
  parseCompetingRisks,
  parseSurvival,
  partitionByGroup,
  type SurvivalData,
} from '../../statistics/data/survival-data.ts';
import { parseCovariates } from '../../statistics/regression/covariates.ts';
import { coxRegression } from '../../statistics/regression/cox-regression.ts';
import { firthCoxRegression } from '../../statistics/regression/firth-cox-regression.ts';
import { proportionalHazards } from '../../statistics/regression/proportional-hazards.ts';
import { buildExposureIntervals } from '../../statistics/rows/exposure-intervals.ts';
import { buildLandmarkRows } from '../../statistics/rows/landmark.ts';
import { kaplanMeier } from '../../statistics/survival/kaplan-meier.ts';
import { logRank } from '../../statistics/survival/log-rank.ts';
import { restrictedMean } from '../../statistics/survival/restricted-mean.ts';
import type { Columns } from './read-columns.ts';
import type { StatsMethod } from './stats-method.ts';
import type { StatsOptions } from './stats-options.ts';

const FOLLOWED = ['time', 'event'] as const;

export const SURVIVAL_METHODS: Readonly<Record<string, StatsMethod>> = {
  km: {
    title: 'Kaplan-Meier estimate',
    needs: FOLLOWED,
    takes: ['entry', 'group'],
    run: (columns, options) => ({
      confidence: confidenceOf(options),
      groups: parts(columns, survivalOf(columns)).map(({ group, data }) => ({
        group,
        ...describeSurvival(data, requestOf(options)),
      })),
    }),
  },
  'reverse-km': {
    title: 'median follow-up, reverse Kaplan-Meier and observed',
    needs: FOLLOWED,
    takes: ['entry', 'group'],
    run: (columns, options) => ({
      confidence: confidenceOf(options),
      groups: parts(columns, survivalOf(columns)).map(({ group, data }) => ({
        group,
        n: data.time.length,
        ...describeFollowUp(data, requestOf(options)),
      })),
    }),
  },
  rmst: {
    title: 'restricted mean, up to --limit',
    needs: FOLLOWED,
    takes: ['entry', 'group'],
    settings: ['limit'],
    run: (columns, { limit = 0 }) => ({
      groups: parts(columns, survivalOf(columns)).map(({ group, data }) => ({
        group,
        n: data.time.length,
        ...restrictedMean(kaplanMeier(data), limit),
      })),
    }),
  },
  logrank: {
    title: 'log-rank test; --rho 1 is that of Peto and Peto',
    needs: [...FOLLOWED, 'group'],
    takes: ['entry', 'strata'],
    run: (columns, { rho }) =>
      logRank(survivalOf(columns), groupsOf(columns, 'group'), { rho, ...strataOf(columns) }),
  },
  cif: {
    title: 'cumulative incidence (Aalen-Johansen)',
    needs: FOLLOWED,
    takes: ['entry', 'group'],
    competing: true,
    run: (columns, options) => {
      const causes = causeNames(columns, options);
      const data = parseCompetingRisks(timesOf(columns), causes.length);
      const request = { ...requestOf(options), causes, variance: options.variance };
      return {
        confidence: confidenceOf(options),
        variance: options.variance,
        groups: parts(columns, data).map(({ group, data: part }) => ({
          group,
          ...describeIncidence(part, request),
        })),
      };
    },
  },
  gray: {
    title: "Gray's test, a test for each cause",
    needs: [...FOLLOWED, 'group'],
    takes: [],
    competing: true,
    run: (columns, options) => {
      const causes = causeNames(columns, options);
      const data = parseCompetingRisks(timesOf(columns), causes.length);
      const groups = groupsOf(columns, 'group');
      return {
        groups: groups.labels,
        tests: causes.map((name, index) => ({ name, ...grayTest(data, groups, index + 1) })),
      };
    },
  },
  cox: hazardsRegression('proportional hazards regression', coxRegression),
  firth: hazardsRegression("Cox's regression with Firth's penalty", firthCoxRegression),
  zph: {
    title: 'test of proportional hazards (Schoenfeld)',
    needs: FOLLOWED,
    takes: ['entry', 'strata'],
    regression: true,
    iterated: true,
    run: (columns, { ties, level, scale }, covariates) => {
      const data = survivalOf(columns);
      const strata = strataOf(columns);
      const fit = coxRegression(data, covariates, { ties, level, ...strata });
      return fit.status === 'computed'
        ? proportionalHazards(data, covariates, fit, { scale, ...strata })
        : fit;
    },
  },
  finegray: {
    title: 'subdistribution hazards regression of --cause',
    needs: FOLLOWED,
    takes: [],
    competing: true,
    regression: true,
    iterated: true,
    run: (columns, options, covariates) => {
      const data = parseCompetingRisks(timesOf(columns), causeNames(columns, options).length);
      return fineGray(data, covariates, options.cause, { level: options.level });
    },
  },
  landmark: {
    title: 'Kaplan-Meier by what had begun until --landmark',
    needs: [...FOLLOWED, 'exposure'],
    takes: [],
    settings: ['landmark'],
    run: (columns, options) => {
      const input = { ...timesOf(columns), exposure: exposureOf(columns) };
      const rows = buildLandmarkRows(input, options.landmark ?? 0);
      const groups = parseGroups(rows.exposed, [0, 1]);
      const data = parseSurvival({ time: rows.time, status: rows.status });
      return { landmark: rows.landmark, excluded: rows.excluded, ...byExposure(data, groups, options) };
    },
  },
  'simon-makuch': {
    title: 'Simon-Makuch curves with the test of Mantel and Byar',
    needs: [...FOLLOWED, 'exposure'],
    takes: [],
    run: (columns, options) => {
      const rows = buildExposureIntervals({ ...timesOf(columns), exposure: exposureOf(columns) });
      const groups = parseGroups(rows.exposed, [0, 1]);
      const covariates = parseCovariates([{ name: 'exposed', values: rows.exposed }]);
      const data = parseSurvival(rows);
      return {
        ...byExposure(data, groups, options),
        cox: coxRegression(data, covariates, { ties: options.ties, level: options.level }),
      };
    },
  },
};

function hazardsRegression(
  title: string,
  regress: (...args: Parameters<typeof coxRegression>) => object,
): StatsMethod {
  return {
    title,
    needs: FOLLOWED,
    takes: ['entry', 'strata'],
    regression: true,
    iterated: true,
    run: (columns, { ties, level }, covariates) =>
      regress(survivalOf(columns), covariates, { ties, level, ...strataOf(columns) }),
  };
}

function byExposure(data: SurvivalData, groups: Groups, options: StatsOptions): object {
  const labels = ['not exposed', 'exposed'];
  return {
    confidence: confidenceOf(options),
    groups: partitionByGroup(data, groups).map((part, code) => ({
      group: labels[code],
      ...describeSurvival(part, requestOf(options)),
    })),
    test: logRank(data, groups).test,
  };
}

function timesOf(columns: Columns): {
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly entry?: readonly number[];
} {
  const entry = columns.has('entry') ? { entry: columns.numbers('entry') } : {};
  return { time: columns.numbers('time'), status: columns.numbers('event'), ...entry };
}

/** With named causes any of them is the event. */
function survivalOf(columns: Columns): SurvivalData {
  const { status, ...rest } = timesOf(columns);
  return parseSurvival({ ...rest, status: status.map((code) => Math.min(code, 1)) });
}

/** An empty cell, never exposed, is read as NaN. */
function exposureOf(columns: Columns): readonly (number | null)[] {
  return columns.numbers('exposure').map((began) => (Number.isNaN(began) ? null : began));
}

function groupsOf(columns: Columns, role: string): Groups {
  return parseGroups(columns.values(role));
}

function strataOf(columns: Columns): { readonly strata?: Groups } {
  return columns.has('strata') ? { strata: groupsOf(columns, 'strata') } : {};
}

function parts(
  columns: Columns,
  data: SurvivalData,
): readonly { readonly group: string; readonly data: SurvivalData }[] {
  if (!columns.has('group')) return [{ group: 'all', data }];
  const groups = groupsOf(columns, 'group');
  return partitionByGroup(data, groups).map((part, code) => ({
    group: groups.labels[code] ?? '',
    data: part,
  }));
}

/** As named, else as many numbers as the column has. */
function causeNames(columns: Columns, { causes, cause }: StatsOptions): readonly string[] {
  if (causes !== undefined) return causes;
  const most = columns.numbers('event').reduce((top, code) => Math.max(top, code), Math.max(1, cause));
  return Array.from({ length: most }, (_, index) => String(index + 1));
}

function confidenceOf({ conf, level }: StatsOptions): {
  readonly type: StatsOptions['conf'];
  readonly level: number;
} {
  return { type: conf, level };
}

function requestOf(options: StatsOptions): Parameters<typeof describeSurvival>[1] {
  return { confidence: confidenceOf(options), at: options.at ?? [], curve: options.curve };
}
