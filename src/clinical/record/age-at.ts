import type { CohortRecord, PartialDate } from '../../cohort/cohort-record.generated.ts';
import { earliestDay, latestDay } from '../../core/partial-date.ts';

/** Completed months of life on a day; both limits are equal where the birth date is known to the day. */
export interface AgeRange {
  readonly minimumMonths: number;
  readonly maximumMonths: number;
}

/** Undefined where no birth date is recorded, or the day lies before it. `on` is a full date. */
export function ageAt(record: CohortRecord, on: PartialDate): AgeRange | undefined {
  const born = record.patient.birthDate?.value;
  if (born === undefined) return undefined;
  const maximumMonths = completedMonths(earliestDay(born), on);
  const minimumMonths = Math.max(0, completedMonths(latestDay(born), on));
  return maximumMonths < 0 ? undefined : { minimumMonths, maximumMonths };
}

/** Whether somebody was younger than so many completed years; undefined where the birth date leaves it open. */
export function isYoungerThan(age: AgeRange | undefined, years: number): boolean | undefined {
  if (age === undefined) return undefined;
  if (age.maximumMonths < years * 12) return true;
  return age.minimumMonths >= years * 12 ? false : undefined;
}

function completedMonths(from: PartialDate, to: PartialDate): number {
  const months = monthIndex(to) - monthIndex(from);
  return to.slice(8) < from.slice(8) ? months - 1 : months;
}

function monthIndex(date: PartialDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}
