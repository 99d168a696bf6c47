import type { MarrowBlasts, Mrd, Source } from '../cohort/cohort-record.generated.ts';
import { precisionOf } from '../core/partial-date.ts';
import type { CourseFrame } from './course-frame.ts';
import type { Measured } from './threshold.ts';

/** A share of leukaemic cells in marrow with the fact that it comes from. */
export interface MarrowBurden extends Measured {
  /** From the infusion; negative, or 0 for what was drawn before it on its day. */
  readonly day: number;
  readonly sources: readonly Source[];
}

export interface BurdenBeforeCells {
  /** Percent of nucleated cells. */
  readonly blasts?: MarrowBurden;
  /** Fractions of nucleated cells. */
  readonly mrdBeforeLymphodepletion?: MarrowBurden;
  readonly mrdAfterLymphodepletion?: MarrowBurden;
}

/**
 * The latest marrow blasts and MRD up to the first day of lymphodepletion, at most so many days old, and the latest
 * MRD after its start up to the infusion (clinical specification 1.2, elements 33 and 34). Without recorded
 * lymphodepletion the infusion takes its place. Of one day the highest counts.
 */
export function deriveBurdenBeforeCells(frame: CourseFrame, lookbackDays: number): BurdenBeforeCells {
  const { record, course } = frame;
  const starts = course.lymphodepletion
    .map(({ date }) => date)
    .filter((date) => precisionOf(date) === 'day')
    .map(frame.dayOf);
  const start = starts.length === 0 ? undefined : Math.min(...starts);
  const from = Math.max((start ?? 0) - lookbackDays, dayAfterEarlierInfusion(frame));
  const blasts = record.observations.marrowBlasts.flatMap((fact) =>
    placed(frame, fact, fact.percent, fact.comparator),
  );
  const mrd = record.observations.mrd
    .filter(({ specimen }) => specimen === 'MARROW' || specimen === 'UNKNOWN')
    .flatMap((fact) => {
      const level = levelOf(fact);
      return level === undefined ? [] : placed(frame, fact, level.value, level.comparator);
    });
  const high = latest(blasts, from, start ?? 0);
  const before = latest(mrd, from, start ?? 0);
  const after = start === undefined ? undefined : latest(mrd, start + 1, 0);
  return {
    ...(high === undefined ? {} : { blasts: high }),
    ...(before === undefined ? {} : { mrdBeforeLymphodepletion: before }),
    ...(after === undefined ? {} : { mrdAfterLymphodepletion: after }),
  };
}

/** A negative says that there is less than the assay detects; without its sensitivity it says nothing of a level. */
function levelOf({ value, comparator, call, sensitivity }: Mrd): Measured | undefined {
  if (value !== undefined) return comparator === undefined ? { value } : { value, comparator };
  if (call === 'NEGATIVE' && sensitivity !== undefined) return { value: sensitivity, comparator: '<' };
  return undefined;
}

function placed(
  frame: CourseFrame,
  { date, sources }: MarrowBlasts | Mrd,
  value: number,
  comparator: Measured['comparator'],
): readonly MarrowBurden[] {
  if (precisionOf(date) !== 'day') return [];
  const day = frame.dayOf(date);
  return [{ value, ...(comparator === undefined ? {} : { comparator }), day, sources }];
}

function latest(list: readonly MarrowBurden[], from: number, to: number): MarrowBurden | undefined {
  return list
    .filter(({ day }) => day >= from && day <= to)
    .reduce<MarrowBurden | undefined>((best, each) => {
      if (best === undefined || each.day > best.day) return each;
      return each.day === best.day && each.value > best.value ? each : best;
    }, undefined);
}

function dayAfterEarlierInfusion(frame: CourseFrame): number {
  const earlier = [...frame.dates.infusions]
    .filter(([number]) => number < frame.course.number)
    .map(([, { date }]) => frame.dayOf(date) + 1);
  return Math.max(Number.NEGATIVE_INFINITY, ...earlier);
}
