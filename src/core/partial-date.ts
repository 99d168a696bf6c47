/**
 * Calendar dates with precision, and whole-day arithmetic on them. No time zones, no JavaScript Date:
 * a clinical date is the local calendar date that was written (clinical specification 0.2).
 */
import { twoDigits } from './two-digits.ts';

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; always a real calendar date, years 1000 to 9999. */
export type PartialDate = string;

export type DatePrecision = 'year' | 'month' | 'day';

/** Days in a month of the proleptic Gregorian calendar; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** True for `YYYY`, `YYYY-MM` and `YYYY-MM-DD` that exist in the calendar. */
export function isPartialDate(text: string): boolean {
  const { length } = text;
  if (length !== 4 && length !== 7 && length !== 10) return false;
  // Digit by digit, not by a regular expression, because every date of every resource comes by here.
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  if (!(year >= 1000)) return false;
  if (length === 4) return true;
  const month = twoDigits(text, 5);
  if (text[4] !== '-' || !(month >= 1 && month <= 12)) return false;
  if (length === 7) return true;
  const day = twoDigits(text, 8);
  return text[7] === '-' && day >= 1 && day <= daysInMonth(year, month);
}

export function precisionOf(date: PartialDate): DatePrecision {
  if (date.length === 4) return 'year';
  return date.length === 7 ? 'month' : 'day';
}

/** Whole days since 1970-01-01 of a full date. Throws RangeError on anything that is not a full date. */
export function dayNumber(date: PartialDate): number {
  if (date.length !== 10 || !isPartialDate(date)) {
    throw new RangeError(`Expected a full calendar date YYYY-MM-DD, found "${date.slice(0, 40)}"`);
  }
  return civilToDays(twoDigits(date, 0) * 100 + twoDigits(date, 2), twoDigits(date, 5), twoDigits(date, 8));
}

/** The full date that lies `days` whole days after 1970-01-01. */
export function dateOfDayNumber(days: number): PartialDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return formatDate(year, month, day);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. Both full dates. */
export function daysBetween(from: PartialDate, to: PartialDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The full date `days` whole days after a full date. */
export function addDays(date: PartialDate, days: number): PartialDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The same day of the month `months` later, clamped to the end of the month (clinical specification 3.4). */
export function addMonthsClamped(date: PartialDate, months: number): PartialDate {
  dayNumber(date);
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return formatDate(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)));
}

/** First day that a partial date may mean. */
export function earliestDay(date: PartialDate): PartialDate {
  if (date.length === 4) return `${date}-01-01`;
  return date.length === 7 ? `${date}-01` : date;
}

/** Last day that a partial date may mean. */
export function latestDay(date: PartialDate): PartialDate {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length !== 7) return date;
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  return formatDate(year, month, daysInMonth(year, month));
}

export interface ImputedDate {
  /** A full date. */
  readonly date: PartialDate;
  readonly imputed: boolean;
  /** Days by which the true date may differ: 0 for a full date. */
  readonly spanDays: number;
}

/**
 * The full date that stands for a partial one: day 15 of a month, 1 July of a year, then clamped between
 * what is known to have come before and after (clinical specification 0.2, project convention). The clamps
 * never move the date out of its own month or year.
 */
export function imputeDate(
  date: PartialDate,
  bounds: { readonly notBefore?: PartialDate; readonly notAfter?: PartialDate } = {},
): ImputedDate {
  if (date.length === 10) return { date, imputed: false, spanDays: 0 };
  const first = earliestDay(date);
  const last = latestDay(date);
  let day = date.length === 7 ? `${date}-15` : `${date}-07-01`;
  if (bounds.notBefore !== undefined && day < bounds.notBefore) day = bounds.notBefore;
  if (bounds.notAfter !== undefined && day > bounds.notAfter) day = bounds.notAfter;
  if (day < first) day = first;
  if (day > last) day = last;
  return { date: day, imputed: true, spanDays: daysBetween(first, last) };
}

function formatDate(year: number, month: number, day: number): PartialDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days since 1970-01-01 by the civil calendar: H. Hinnant, "chrono-compatible low-level date algorithms". */
function civilToDays(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
