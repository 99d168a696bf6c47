import type {
  CohortRecord,
  Course,
  MarrowBlasts,
  Mrd,
  PartialDate,
  Source,
} from '../../cohort/cohort-record.generated.ts';
import { dayNumber, precisionOf } from '../../core/partial-date.ts';
import { dateFact } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';
import type { Measured } from '../record/threshold.ts';

/** A share of leukaemic cells in marrow with the fact that it comes from. */
export interface MarrowBurden<Fact = MarrowBlasts | Mrd> extends Measured {
  /** From the infusion, negative, or 0 for what was drawn before it on its day. */
  readonly day: number;
  readonly fact: Fact;
  readonly sources: readonly Source[];
}

export interface BurdenBeforeCells {
  /** Percent of nucleated cells. */
  readonly blasts?: MarrowBurden<MarrowBlasts>;
  /** Fractions of nucleated cells. */
  readonly mrdBeforeLymphodepletion?: MarrowBurden<Mrd>;
  readonly mrdAfterLymphodepletion?: MarrowBurden<Mrd>;
}

export interface BurdenBasis {
  readonly record: CohortRecord;
  readonly course: Course;
  readonly dates: RecordDates;
  /** Absent where the record knows it to the year only. */
  readonly infusionDate?: PartialDate;
}

/** A negative says that there is less than the assay detects; 1e-4 where it does not say how much that is. */
const USUAL_SENSITIVITY = 1e-4;

/**
 * The latest marrow blasts and MRD up to the first day of lymphodepletion, at most `lookbackDays` old, and the latest
 * MRD after its start up to the infusion (clinical specification 1.2, elements 33 and 34). What was drawn on the first
 * day of lymphodepletion, or on the day of the infusion, was drawn before it. Without recorded lymphodepletion the
 * infusion takes its place, and nothing is after it. Of one day the highest counts. A date known to the year says nothing.
 */
export function deriveBurdenBeforeCells(basis: BurdenBasis, lookbackDays: number): BurdenBeforeCells {
  const { record } = basis;
  const window = windowBeforeCells(basis, lookbackDays);
  if (window === undefined) return {};
  const { from, to, hasLymphodepletion } = window;
  const place = placing(basis, window.origin);
  const blasts = record.observations.marrowBlasts.flatMap((fact) =>
    place(fact, measured(fact.percent, fact.comparator)),
  );
  const mrd = record.observations.mrd.flatMap((fact) => place(fact, levelOf(fact)));
  const high = latest(blasts, from, to);
  const before = latest(mrd, from, to);
  const after = hasLymphodepletion ? latest(mrd, to + 1, 0) : undefined;
  return {
    ...(high === undefined ? {} : { blasts: high }),
    ...(before === undefined ? {} : { mrdBeforeLymphodepletion: before }),
    ...(after === undefined ? {} : { mrdAfterLymphodepletion: after }),
  };
}

/** Days on which the disease before the cells shows, both included, from the infusion. */
interface WindowBeforeCells {
  readonly from: number;
  readonly to: number;
  /** Number of the day from which they are counted. */
  readonly origin: number;
  readonly hasLymphodepletion: boolean;
}

/** Up to the first day of lymphodepletion and behind an earlier infusion; undefined where neither day is known. */
export function windowBeforeCells(basis: BurdenBasis, lookbackDays: number): WindowBeforeCells | undefined {
  const { course, infusionDate } = basis;
  const [start] = course.lymphodepletion
    .map(({ date }) => date)
    .filter((date) => precisionOf(date) === 'day')
    .sort();
  const reference = start ?? infusionDate;
  if (reference === undefined) return undefined;
  const origin = dayNumber(infusionDate ?? reference);
  const startDay = dayNumber(reference);
  const from = Math.max(startDay - lookbackDays, dayAfterEarlierInfusion(basis));
  return {
    from: from - origin,
    to: startDay - origin,
    origin,
    hasLymphodepletion: start !== undefined,
  };
}

/** A positive without a number says nothing about the burden; blood says nothing about the marrow. */
function levelOf({ value, comparator, call, sensitivity, specimen }: Mrd): Measured | undefined {
  if (specimen !== 'MARROW' && specimen !== 'UNKNOWN') return undefined;
  if (value !== undefined) return measured(value, comparator);
  return call === 'NEGATIVE' ? measured(sensitivity ?? USUAL_SENSITIVITY, '<') : undefined;
}

function measured(value: number, comparator: Measured['comparator']): Measured {
  return comparator === undefined ? { value } : { value, comparator };
}

function placing({ dates }: BurdenBasis, lastDay: number) {
  return <Fact extends MarrowBlasts | Mrd>(
    fact: Fact,
    level: Measured | undefined,
  ): readonly MarrowBurden<Fact>[] => {
    if (level === undefined || precisionOf(fact.date) === 'year') return [];
    const day = dayNumber(dateFact(fact.date, fact.course, dates).date) - lastDay;
    return [{ ...level, day, fact, sources: fact.sources }];
  };
}

function latest<Fact>(
  list: readonly MarrowBurden<Fact>[],
  from: number,
  to: number,
): MarrowBurden<Fact> | undefined {
  return list
    .filter(({ day }) => day >= from && day <= to)
    .reduce<MarrowBurden<Fact> | undefined>((best, each) => {
      if (best === undefined || each.day > best.day) return each;
      return each.day === best.day && each.value > best.value ? each : best;
    }, undefined);
}

function dayAfterEarlierInfusion({ course, dates }: BurdenBasis): number {
  const earlier = [...dates.infusions]
    .filter(([number]) => number < course.number)
    .map(([, { date }]) => dayNumber(date) + 1);
  return Math.max(Number.NEGATIVE_INFINITY, ...earlier);
}
