import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';

export type KineticsParameters = Pick<
  ClinicalParameters,
  'aucToDay' | 'embeddedBlq' | 'aucType' | 'stopAfterBlq' | 'aucMinimumSamples'
>;

export type AucMethod = ClinicalParameters['aucMethod'];

/** One level, days from the infusion; undefined is below the limit of quantification. */
export interface KineticsSample {
  /** May be fractional where times are known. */
  readonly day: number;
  /** Copies per microgram of genomic DNA. */
  readonly value: number | undefined;
  /** The assay's limit of quantification. */
  readonly lloq: number;
}

/** Samples read up to the stop of monitoring. */
export interface KineticsProfile {
  readonly samples: readonly KineticsSample[];
  readonly cmax?: number;
  readonly tmax?: number;
  readonly tlast?: number;
  /** No result below the limit follows the last quantifiable one. */
  readonly tlastCensored: boolean;
  /** The next sample after Tlast: the level was lost in (Tlast, this]. */
  readonly lossBy?: number;
  readonly monitoringStopDay?: number;
  readonly flags: readonly string[];
}

/**
 * Cmax, Tmax, Tlast and the stop of monitoring (clinical specification 7.1): monitoring stops with the second result
 * in a row below the limit after a quantifiable one; what reappears later is flagged and used for neither Tlast nor the
 * area, but the highest level ever observed is Cmax. Samples must be sorted by day, one a day.
 */
export function readProfile(
  all: readonly KineticsSample[],
  { stopAfterBlq }: KineticsParameters,
): KineticsProfile {
  const stop = stopIndex(all, stopAfterBlq);
  const samples = stop === undefined ? all : all.slice(0, stop + 1);
  const reappeared = stop !== undefined && all.slice(stop + 1).some(({ value }) => value !== undefined);
  const stopDay = stop === undefined ? undefined : all[stop]?.day;
  const peak = all.reduce<KineticsSample | undefined>(
    (best, sample) => (sample.value !== undefined && sample.value > (best?.value ?? -1) ? sample : best),
    undefined,
  );
  const lastIndex = samples.findLastIndex(({ value }) => value !== undefined);
  const last = samples[lastIndex];
  if (peak?.value === undefined || last === undefined) {
    const flags = samples.some(isAfterInfusion) ? ['NO_QUANTIFIABLE_VALUE'] : [];
    return { samples, tlastCensored: false, flags };
  }
  const lossBy = samples[lastIndex + 1]?.day;
  return {
    samples,
    cmax: peak.value,
    tmax: peak.day,
    tlast: last.day,
    tlastCensored: lossBy === undefined,
    ...(lossBy === undefined ? {} : { lossBy }),
    ...(stopDay === undefined ? {} : { monitoringStopDay: stopDay }),
    flags: reappeared ? ['REAPPEARED'] : [],
  };
}

/** A sample from before the cells were given says nothing of their expansion. */
function isAfterInfusion({ day }: KineticsSample): boolean {
  return day > 0;
}

function stopIndex(samples: readonly KineticsSample[], stopAfterBlq: number): number | undefined {
  let seen = false;
  let inRow = 0;
  for (const [index, { value }] of samples.entries()) {
    if (value !== undefined) {
      seen = true;
      inRow = 0;
    } else {
      inRow += 1;
      if (seen && inRow === stopAfterBlq) return index;
    }
  }
  return undefined;
}

/** One trapezoid: from day, to day, area in copies per microgram times days. */
export type AucSegment = readonly [from: number, to: number, area: number];

export interface Auc {
  readonly method: AucMethod;
  /** Copies per microgram times days; absent where there are too few samples. */
  readonly auc?: number;
  readonly segments: readonly AucSegment[];
  readonly flags: readonly string[];
}

interface Point {
  readonly day: number;
  readonly level: number;
}

/**
 * Area under the curve from the infusion to exactly `aucToDay` (clinical specification 7.1). Below the limit before
 * the first quantifiable level is 0; between levels by `embeddedBlq`; after the last the curve falls to 0 at the
 * first such sample, or ends there (`aucType` LAST). Without a sample on the last day it is interpolated by the same
 * rule; a curve that ends before it while still quantifiable is partial. Too few samples give INSUFFICIENT;
 * where none was ever quantifiable the area is 0, however few they are.
 */
export function integrate(
  { samples, cmax, tlastCensored }: KineticsProfile,
  method: AucMethod,
  parameters: KineticsParameters,
): Auc {
  const { aucToDay } = parameters;
  const inTime = samples.filter(({ day }) => day >= 0 && day <= aucToDay);
  const insufficient: Auc = { method, segments: [], flags: ['INSUFFICIENT'] };
  if (cmax === undefined && samples.some(isAfterInfusion)) return { method, auc: 0, segments: [], flags: [] };
  if (inTime.length < parameters.aucMinimumSamples) return insufficient;
  const peakInTime = Math.max(...inTime.map(({ value = 0 }) => value));
  const peakDay = inTime.find(({ value = 0 }) => value === peakInTime)?.day ?? aucToDay;
  if (!inTime.some(({ day }) => day > peakDay)) return insufficient;
  const points = curve(samples, parameters);
  const segments: AucSegment[] = [];
  const flags: string[] = [];
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined || from.day >= aucToDay) continue;
    const end = to.day <= aucToDay ? to : { day: aucToDay, level: levelAt(from, to, aucToDay, method) };
    if (end !== to) flags.push('INTERPOLATED_AT_28');
    segments.push([from.day, end.day, areaBetween(from, end, method)]);
  }
  const last = points.at(-1);
  if (tlastCensored && last !== undefined && last.day < aucToDay) {
    flags.push('LAST_SAMPLE_BEFORE_28_NO_EXTRAPOLATION');
  }
  return { method, auc: segments.reduce((sum, [, , area]) => sum + area, 0), segments, flags };
}

/** Levels that the area is taken under. Without a sample on day 0 the curve begins there at 0. */
function curve(samples: readonly KineticsSample[], parameters: KineticsParameters): readonly Point[] {
  const first = samples.findIndex(({ value }) => value !== undefined);
  const last = samples.findLastIndex(({ value }) => value !== undefined);
  const points: Point[] = [];
  for (const [index, sample] of samples.entries()) {
    const level = sample.value ?? levelBelowLimit(sample, index, first, last, parameters);
    if (level !== undefined && sample.day >= 0) points.push({ day: sample.day, level });
  }
  return points[0] !== undefined && points[0].day > 0 ? [{ day: 0, level: 0 }, ...points] : points;
}

/** What a result below the limit stands for; undefined where it is left out. */
function levelBelowLimit(
  { lloq }: KineticsSample,
  index: number,
  first: number,
  last: number,
  { embeddedBlq, aucType }: KineticsParameters,
): number | undefined {
  if (index < first) return 0;
  if (index > last) return index === last + 1 && aucType === 'ALL' ? 0 : undefined;
  if (embeddedBlq === 'drop') return undefined;
  return embeddedBlq === 'zero' ? 0 : lloq / 2;
}

function isLogarithmic(from: Point, to: Point, method: AucMethod): boolean {
  return method === 'linup_logdown' && to.level > 0 && to.level < from.level;
}

function areaBetween(from: Point, to: Point, method: AucMethod): number {
  const days = to.day - from.day;
  if (!isLogarithmic(from, to, method)) return ((from.level + to.level) / 2) * days;
  return ((from.level - to.level) * days) / Math.log(from.level / to.level);
}

function levelAt(from: Point, to: Point, day: number, method: AucMethod): number {
  const share = (day - from.day) / (to.day - from.day);
  if (!isLogarithmic(from, to, method)) return from.level + (to.level - from.level) * share;
  return from.level * (to.level / from.level) ** share;
}
