/** The stretch of time that a FHIR date, dateTime or instant stands for, by its precision. */

export interface DateRange {
  /** ISO instants, both within the stretch; `-infinity` and `infinity` for an open end. */
  readonly low: string;
  readonly high: string;
}

const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const LEAP_SECOND = 60;

/**
 * Undefined for text of another form. What names no time zone is taken as UTC, for stored values and searched ones
 * alike, so that a day equals itself. Shorter than a day, minutes too may be the last part, as searches write them.
 */
export function dateRange(text: string): DateRange | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = wholeDays(Number(year), month, day);
  // A day that does not exist is none whatever its time.
  if (hour === undefined || days === undefined) return days;
  const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${zone ?? 'Z'}`);
  if (Number.isNaN(start) || Number(second ?? '0') > LEAP_SECOND) return undefined;
  if (second === undefined) return between(start, start + 59_999);
  const low = start + Number(second) * 1_000 + Math.floor(Number(fraction ?? '0') * 1_000);
  const places = fraction === undefined ? 0 : fraction.length - 1;
  return between(low, low + (places >= 3 ? 0 : 10 ** (3 - places) - 1));
}

function wholeDays(year: number, month: string | undefined, day: string | undefined): DateRange | undefined {
  const from = midnight(year, Number(month ?? '1') - 1, Number(day ?? '1'));
  const until =
    month === undefined
      ? midnight(year + 1, 0, 1)
      : day === undefined
        ? midnight(year, Number(month), 1)
        : midnight(year, Number(month) - 1, Number(day) + 1);
  // Days that do not exist are taken for later ones.
  const isReal = new Date(from)
    .toISOString()
    .startsWith([year.toString().padStart(4, '0'), month, day].filter(Boolean).join('-'));
  return year > 0 && isReal ? between(from, until - 1) : undefined;
}

/** `Date.UTC` would take years below 100 for those of the last century. */
function midnight(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day);
}

/** From one instant to another, in milliseconds of the epoch. */
export function between(low: number, high: number): DateRange {
  return { low: instant(low), high: instant(high) };
}

/** A time zone may carry it beyond the years that FHIR has, which PostgreSQL would not read. */
function instant(time: number): string {
  return new Date(Math.min(Math.max(time, FIRST), LAST)).toISOString();
}
