import type { PartialDate } from '../core/partial-date.ts';

/** One for each time zone: to make one takes longer than to map the resource whose date is asked for. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The calendar date of an instant in a time zone (IANA name); in that of this machine where none is given. */
export function localDate(instant: Date, timeZone?: string): PartialDate {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(timeZone, format);
  return format;
}
