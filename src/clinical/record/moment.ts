import type { PartialDate } from '../../cohort/cohort-record.generated.ts';

/** A fact with a clinical date, and its time of day where that is known. */
export interface TimedFact {
  readonly date: PartialDate;
  readonly time?: string;
  readonly epochMinute?: number;
}

/**
 * A point in time seen from an infusion. `day` is the calendar day; `at` counts minutes from the beginning of
 * day 0, differences are true durations. Where only the day is known `at` is its last minute and `timed` false.
 */
export interface Moment {
  readonly day: number;
  readonly at: number;
  readonly timed: boolean;
}

export type Placed<Fact> = Moment & { readonly fact: Fact };

/** How the facts of a record are placed on the axis of one course. */
export interface Timing {
  /** Undefined for a date that is known to the month or year only: nothing of a day can be graded by it. */
  readonly momentOf: (fact: TimedFact) => Moment | undefined;
}

/** Facts with a full date, in order of time; content decides nothing, so rules must not lean on ties. */
export function placeAll<Fact extends TimedFact>(
  frame: Timing,
  facts: readonly Fact[] | undefined,
): readonly Placed<Fact>[] {
  const placed: Placed<Fact>[] = [];
  for (const fact of facts ?? []) {
    const moment = frame.momentOf(fact);
    if (moment === undefined) continue;
    const { day, at, timed } = moment;
    placed.push({ day, at, timed, fact });
  }
  return placed.sort((a, b) => a.at - b.at || Number(b.timed) - Number(a.timed));
}

/** By the clock where both are timed; whole days of 24 hours where one is known by its day alone. */
export function hoursBetween(from: Moment, to: Moment): number {
  return from.timed && to.timed ? (to.at - from.at) / 60 : (to.day - from.day) * 24;
}
