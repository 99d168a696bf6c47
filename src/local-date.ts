import type { PartialDate } from './core/partial-date.ts';

/** The calendar date of an instant in a time zone (IANA name); in that of this machine where none is given. */
export function localDate(instant: Date, timeZone?: string): PartialDate {
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
