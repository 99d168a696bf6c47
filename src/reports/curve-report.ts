/**
 * Survival or cumulative incidence of one endpoint over a cohort, by stratum if asked for. Times are days after the
 * origin of the definition, after the landmark where there is one.
 */
import type { ParameterName } from '../clinical/parameters/clinical-parameters.ts';
import { type CartographError, rejection } from '../core/cartograph-error.ts';
import { hasCompetingEvents } from '../endpoints/describe-definition.ts';
import { grayTest } from '../statistics/competing/gray-test.ts';
import { type Groups, parseGroups } from '../statistics/data/groups.ts';
import {
  parseCompetingRisks,
  partitionByGroup,
  type SurvivalData,
} from '../statistics/data/survival-data.ts';
import type { Computed } from '../statistics/reason.ts';
import type { TestStatistic } from '../statistics/regression/coefficient.ts';
import { logRank } from '../statistics/survival/log-rank.ts';
import { buildCurveRows, type CurveRows } from './curve-rows.ts';
import { describeIncidence } from './describe-incidence.ts';
import { describeSurvival, type FollowUpDescription } from './describe-survival.ts';
import type { CurvePoint, CurveRequest, EstimateAt, TimeEstimate } from './estimates.ts';
import { describeExposure, type ExposureEffect } from './exposure-effect.ts';
import { buildReportHeader, type ReportBasis, type ReportHeader } from './report-header.ts';
import type { AttritionStep, Cohort } from './select-cohort.ts';
import { type Stratum, UNKNOWN_STRATUM } from './stratum.ts';

export const CURVE_REPORTS = ['survival', 'cumulative-incidence'] as const;
export type CurveReportKind = (typeof CURVE_REPORTS)[number];

export interface CurveReportRequest extends CurveRequest {
  readonly by?: Stratum;
  readonly basis: ReportBasis;
}

export interface CurveReport extends ReportHeader {
  readonly report: CurveReportKind;
  readonly by?: string;
  readonly confidence: CurveRequest['confidence'];
  /** Day after the origin from which time counts; those whose clock had stopped by then are out. */
  readonly landmark?: { readonly day: number; readonly eventBefore: number; readonly censoredBefore: number };
  readonly attrition: readonly AttritionStep[];
  readonly strata: readonly StratumEstimate[];
  /** Log-rank, or Gray's for the event; of the known strata; absent without strata. */
  readonly test?: { readonly name: 'log-rank' | 'gray' | 'mantel-byar' } & Computed<TestStatistic>;
  /** Of a time-varying stratum. */
  readonly cox?: ExposureEffect;
  /** `approx` where a date behind a time is known to the month or year only. */
  readonly reproducibility: 'exact' | 'approx';
  readonly cautions: readonly string[];
}

export interface StratumEstimate {
  readonly stratum: string;
  readonly n: number;
  readonly events: number;
  readonly competing: number;
  readonly censored: number;
  /** Of survival; null for an incidence. */
  readonly median: TimeEstimate | null;
  readonly followUp: FollowUpDescription;
  readonly numbersAtRisk: readonly { readonly time: number; readonly atRisk: number }[];
  readonly at: readonly EstimateAt[];
  readonly curve?: readonly CurvePoint[];
  /** Incidence of each kind of event and competing event apart; they add up. */
  readonly byType?: readonly {
    readonly status: string;
    readonly type: string;
    readonly events: number;
    readonly at: readonly EstimateAt[];
    readonly curve?: readonly CurvePoint[];
  }[];
}

/** Throws `competing-risks-ignored` for survival of an endpoint that has competing events. */
export function buildCurveReport(
  kind: CurveReportKind,
  cohort: Cohort,
  request: CurveReportRequest,
): CurveReport {
  if (kind === 'survival' && hasCompetingEvents(cohort.definition))
    throw competingRisks(cohort.definition.id);
  if (kind === 'cumulative-incidence' && request.by?.kind === 'time-varying')
    throw landmarkOnly(request.by.name);
  const rows = buildCurveRows(cohort, request.by, request.basis.parameters);
  const data = parseCompetingRisks(rows, 2);
  const groups = parseGroups(rows.labels, rows.levels);
  const parts = partitionByGroup(data, groups);
  const isImputed = cohort.members.some(({ result }) => result.flags.includes('DATE_IMPUTED'));
  return {
    ...buildReportHeader(kind, cohort, request.basis, stratumParameters(request.by)),
    report: kind,
    ...(request.by === undefined ? {} : { by: request.by.name }),
    confidence: request.confidence,
    ...(rows.landmark === undefined ? {} : { landmark: rows.landmark }),
    attrition: cohort.attrition,
    strata: parts.map((part, code) =>
      estimate(kind, groups.labels[code] ?? '', part, rows, request, cohort.definition.monthDays),
    ),
    ...(request.by === undefined ? {} : compare(kind, rows, request)),
    reproducibility: isImputed ? 'approx' : 'exact',
    cautions: [...rows.cautions, ...clockCautions(cohort, request.by)],
  };
}

/** An endpoint rests on no clinical parameter; what divides the cohort may. */
export function stratumParameters(by: Stratum | undefined): readonly ParameterName[] {
  return by === undefined || by.kind === 'course' ? [] : by.parameters;
}

function estimate(
  kind: CurveReportKind,
  stratum: string,
  data: SurvivalData,
  rows: CurveRows,
  request: CurveReportRequest,
  monthDays: number,
): StratumEstimate {
  const counts = [0, 0, 0];
  for (const status of data.status) counts[status] = (counts[status] ?? 0) + 1;
  const [censored = 0, events = 0, competing = 0] = counts;
  const common = { stratum, n: data.time.length, events, competing, censored };
  const numbersAtRisk = numbersAt(data, gridOf(data, request.at, monthDays));
  if (kind === 'survival') {
    const { median, followUp, at, curve } = describeSurvival(data, request);
    const steps = curve === undefined ? {} : { curve };
    return { ...common, median, followUp, numbersAtRisk, at, ...steps };
  }
  const whole = describeIncidence(data, {
    ...request,
    variance: 'jackknife',
    causes: ['EVENT', 'COMPETING'],
  });
  const [event] = whole.causes;
  return {
    ...common,
    median: null,
    followUp: whole.followUp,
    numbersAtRisk,
    at: event?.at ?? [],
    ...(event?.curve === undefined ? {} : { curve: event.curve }),
    byType: describeTypes(data, rows, request),
  };
}

/** The same rows with each kind of outcome as a cause of its own. */
function describeTypes(
  data: SurvivalData,
  { outcomes }: CurveRows,
  request: CurveReportRequest,
): NonNullable<StratumEstimate['byType']> {
  const keys = [...new Set(Array.from(data.order, (row) => outcomes[row] ?? ''))];
  const causes = keys.filter((key) => !key.startsWith('CENSORED')).sort(compareOutcomes);
  const coded = {
    ...data,
    status: Int32Array.from(data.order, (row) => causes.indexOf(outcomes[row] ?? '') + 1),
  };
  const described = describeIncidence(coded, { ...request, variance: 'jackknife', causes });
  return described.causes.map(({ cause, events, at, curve }) => {
    const [status = '', type = ''] = cause.split(' ');
    return { status, type, events, at, ...(curve === undefined ? {} : { curve }) };
  });
}

/** Events before competing events, then by name. */
function compareOutcomes(a: string, b: string): number {
  const rank = (key: string) => Number(key.startsWith('COMPETING'));
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

/** Strata that are not known are not compared. */
function compare(
  kind: CurveReportKind,
  rows: CurveRows,
  { confidence }: CurveReportRequest,
): Pick<CurveReport, 'test' | 'cox'> {
  const known = rows.labels.flatMap((label, row) => (label === UNKNOWN_STRATUM ? [] : [row]));
  const pick = <T>(list: readonly T[]): T[] => known.flatMap((row) => list.slice(row, row + 1));
  const data = parseCompetingRisks(
    {
      time: pick(rows.time),
      status: pick(rows.status),
      ...(rows.entry === undefined ? {} : { entry: pick(rows.entry) }),
    },
    2,
  );
  const groups: Groups = parseGroups(
    pick(rows.labels),
    rows.levels.filter((level) => level !== UNKNOWN_STRATUM),
  );
  if (kind === 'cumulative-incidence') return { test: { name: 'gray', ...grayTest(data, groups, 1) } };
  const { test } = logRank(data, groups);
  if (rows.entry === undefined) return { test: { name: 'log-rank', ...test } };
  return { test: { name: 'mantel-byar', ...test }, cox: describeExposure(data, groups, confidence.level) };
}

/** Times asked for, and every six months as far as anyone was followed. */
function gridOf({ time }: SurvivalData, at: readonly number[], monthDays: number): readonly number[] {
  const longest = time[time.length - 1] ?? 0;
  const step = 6 * monthDays;
  const steps = Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) =>
    Math.round(index * step),
  );
  return [...new Set([...steps, ...at])].sort((a, b) => a - b);
}

/** Observed up to each time or longer, and not from a later time only. */
function numbersAt(
  { time, entry }: SurvivalData,
  times: readonly number[],
): StratumEstimate['numbersAtRisk'] {
  return times.map((at) => {
    let atRisk = 0;
    for (let i = 0; i < time.length; i += 1) {
      if ((time[i] ?? 0) >= at && (entry === null || (entry[i] ?? 0) < at)) atRisk += 1;
    }
    return { time: at, atRisk };
  });
}

function competingRisks(endpoint: string): CartographError {
  const message = `${endpoint} has competing events: who had one can no longer have the event, and is not like a censored patient`;
  return rejection('competing-risks-ignored', message, { found: endpoint, expected: 'cumulative-incidence' });
}

function landmarkOnly(name: string): CartographError {
  const message = 'Competing risks cannot be followed through a group that changes with time';
  return rejection('parameter-invalid', message, { found: name, expected: 'the landmark form' });
}

/** Where the transplantation itself ends the clock, hardly anybody is observed after it. */
function clockCautions({ definition }: Cohort, by: Stratum | undefined): readonly string[] {
  if (by?.name.startsWith('hct-after:') !== true || definition.hctInRemission === 'IGNORE') return [];
  return [
    `HCT in remission ends the clock of ${definition.id}: its group holds only those transplanted otherwise`,
  ];
}
