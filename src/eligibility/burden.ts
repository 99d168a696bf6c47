import { dateFact } from '../clinical/fact-date.ts';
import { assessMrd } from '../clinical/mrd.ts';
import { isBelowThreshold, type Measured } from '../clinical/threshold.ts';
import type { Comparator, Mrd } from '../cohort/cohort-record.generated.ts';
import { dayNumber, type PartialDate, precisionOf } from '../core/partial-date.ts';
import type { Tristate } from '../core/tristate.ts';
import { BURDEN_THRESHOLDS, type BurdenThresholdId } from './burden-thresholds.ts';
import { buildData } from './datum.ts';
import type { Datum } from './hct-assessment.ts';
import type { HctContext } from './hct-context.ts';

/** A share of leukaemic cells in marrow around lymphodepletion. */
export interface Burden extends Measured {
  /** Percent of marrow cells for blasts; a fraction for MRD. */
  readonly value: number;
  readonly comparator?: Comparator;
  readonly data: readonly Datum[];
}

export interface BurdenBeforeInfusion {
  readonly preLdBlasts?: Burden;
  readonly preLdMrd?: Burden;
  readonly postLdMrd?: Burden;
}

/** A negative says that there is less than the assay detects; 1e-4 where it does not say how much that is. */
const USUAL_SENSITIVITY = 1e-4;

/**
 * The latest marrow blasts and MRD before lymphodepletion, at most `lookbackDays` old, and the latest MRD after
 * its start and before the infusion. What was drawn on the first day of lymphodepletion, or on the day of the
 * infusion, was drawn before it. Where no lymphodepletion is recorded, the infusion takes its place and nothing
 * is "after lymphodepletion". Of several results of one day the highest counts.
 */
export function deriveBurden(context: HctContext, lookbackDays: number): BurdenBeforeInfusion {
  const { infusionDate, course, dates, record } = context;
  const starts = course.lymphodepletion.map(({ date }) => date).filter((date) => precisionOf(date) === 'day');
  const [start] = starts.sort();
  const reference = start ?? infusionDate;
  if (reference === undefined) return {};
  const placed = (fact: { readonly date: PartialDate; readonly course?: number }) =>
    precisionOf(fact.date) === 'year' ? undefined : dayNumber(dateFact(fact.date, fact.course, dates).date);
  const referenceDay = dayNumber(reference);
  const from = Math.max(referenceDay - lookbackDays, dayAfterEarlierInfusion(context));
  const mrd = record.observations.mrd.flatMap((result): readonly Placed[] => {
    const burden = mrdBurden(result);
    return burden === undefined ? [] : [{ day: placed(result), burden }];
  });
  const blasts = record.observations.marrowBlasts.map((result): Placed => {
    const { percent, comparator, date, sources } = result;
    const value = `${comparator ?? ''}${percent} % marrow blasts`;
    return {
      day: placed(result),
      burden: { ...measured(percent, comparator), data: buildData(sources, { date, value }) },
    };
  });
  const preLdBlasts = latest(blasts, from, referenceDay);
  const preLdMrd = latest(mrd, from, referenceDay);
  const infusionDay = infusionDate === undefined ? referenceDay : dayNumber(infusionDate);
  const postLdMrd = start === undefined ? undefined : latest(mrd, referenceDay + 1, infusionDay);
  return {
    ...(preLdBlasts === undefined ? {} : { preLdBlasts }),
    ...(preLdMrd === undefined ? {} : { preLdMrd }),
    ...(postLdMrd === undefined ? {} : { postLdMrd }),
  };
}

/** Whether a percentage of marrow cells is high; undecided where a comparator leaves both answers open. */
export function isHighBurden(percent: Measured, threshold: BurdenThresholdId): Tristate {
  const { notHighWhen, limit } = BURDEN_THRESHOLDS[threshold];
  const below = isBelowThreshold(percent, notHighWhen, limit);
  if (below === 'UNKNOWN') return 'UNKNOWN';
  return below === 'MET' ? 'NOT_MET' : 'MET';
}

interface Placed {
  readonly day: number | undefined;
  readonly burden: Burden;
}

function latest(results: readonly Placed[], from: number, to: number): Burden | undefined {
  const within = results.filter(({ day }) => day !== undefined && day >= from && day <= to);
  const lastDay = Math.max(...within.map(({ day = from }) => day));
  const [highest] = within
    .filter(({ day }) => day === lastDay)
    .map(({ burden }) => burden)
    .sort((a, b) => b.value - a.value);
  return highest;
}

/** A positive without a number says nothing about the burden; blood says nothing about the marrow. */
function mrdBurden(mrd: Mrd): Burden | undefined {
  if (mrd.specimen !== 'MARROW' && mrd.specimen !== 'UNKNOWN') return undefined;
  const { value, comparator, date, sources } = mrd;
  if (value !== undefined) {
    const text = `MRD ${comparator ?? ''}${value} by ${mrd.method}`;
    return { ...measured(value, comparator), data: buildData(sources, { date, value: text }) };
  }
  const category = assessMrd(mrd);
  if (category !== 'NEG' && category !== 'NEG_INSUFFICIENT') return undefined;
  const sensitivity = mrd.sensitivity ?? USUAL_SENSITIVITY;
  const data = buildData(sources, { date, value: `MRD negative by ${mrd.method}` });
  return { ...measured(sensitivity, '<'), data };
}

function measured(value: number, comparator: Comparator | undefined): Measured {
  return comparator === undefined ? { value } : { value, comparator };
}

function dayAfterEarlierInfusion({ course, dates }: HctContext): number {
  const earlier = [...dates.infusions]
    .filter(([number]) => number < course.number)
    .map(([, { date }]) => dayNumber(date) + 1);
  return Math.max(Number.NEGATIVE_INFINITY, ...earlier);
}
