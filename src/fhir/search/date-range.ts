/** The stretch of time that a FHIR date, dateTime or instant stands for, by its precision. */

export interface DateRange {
  /** ISO instants, both within the stretch; `-infinity` and `infinity` for an open end. */
  readonly low: string;
  readonly high: string;
}

const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Undefined for text of another form. What names no time zone is taken as UTC, for stored values and searched ones
 * alike, so that a day equals itself. Shorter than a day, minutes too may be the last part, as searches write them.
 */
export function dateRange(text: string): DateRange | undefined {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (hour === undefined) return wholeDays(Number(year), month, day);
  const start = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${zone ?? 'Z'}`);
  if (Number.isNaN(start)) return undefined;
  if (second === undefined) return between(start, start + 59_999);
  const low = start + Number(second) * 1_000 + Math.floor(Number(fraction ?? '0') * 1_000);
  const places = fraction === undefined ? 0 : fraction.length - 1;
  return between(low, low + (places >= 3 ? 0 : 10 ** (3 - places) - 1));
}

function wholeDays(year: number, month: string | undefined, day: string | undefined): DateRange | undefined {
  const from = Date.UTC(year, Number(month ?? '1') - 1, Number(day ?? '1'));
  const until =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, Number(month), 1)
        : Date.UTC(year, Number(month) - 1, Number(day) + 1);
  // Date.UTC takes years below 100 for those of the last century, and days that do not exist for later ones.
  const isReal = new Date(from)
    .toISOString()
    .startsWith([year.toString().padStart(4, '0'), month, day].filter(Boolean).join('-'));
  return isReal ? between(from, until - 1) : undefined;
}

function between(low: number, high: number): DateRange {
  return { low: new Date(low).toISOString(), high: new Date(high).toISOString() };
}
