/**
 * The calendar date that a FHIR date, dateTime or instant says: the date written, before any shift to UTC. An
 * instant written in UTC by a site that names its time zone is first brought to that zone (inputs.md).
 */
import { dayNumber, isPartialDate, type PartialDate } from '../core/partial-date.ts';
import { twoDigits } from '../core/two-digits.ts';

export interface WrittenDate {
  readonly date: PartialDate;
  /** Time of day with its offset, as written or as brought to the site's zone; absent for a date alone. */
  readonly time?: string;
  /** Whole minutes since 1970-01-01T00:00Z; absent where no offset is written. */
  readonly epochMinute?: number;
  /** Written as an instant in UTC, and no time zone of the site is known. */
  readonly utcWithoutZone: boolean;
}

const DATE_TIME =
  /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** The date of a resource is asked for by its facts and as its day of contact, one after the other. */
let latest: {
  readonly text: string;
  readonly timeZone: string | undefined;
  readonly date: WrittenDate | undefined;
} = {
  text: '',
  timeZone: undefined,
  date: undefined,
};

/** Undefined for what is no FHIR date. */
export function readDate(text: unknown, timeZone: string | undefined): WrittenDate | undefined {
  if (typeof text !== 'string') return undefined;
  if (latest.text !== text || latest.timeZone !== timeZone) {
    latest = { text, timeZone, date: parseDate(text, timeZone) };
  }
  return latest.date;
}

function parseDate(text: string, timeZone: string | undefined): WrittenDate | undefined {
  if (text.length <= 10) return isPartialDate(text) ? { date: text, utcWithoutZone: false } : undefined;
  const match = DATE_TIME.exec(text);
  const date = match?.[1];
  if (date === undefined || !isPartialDate(date)) return undefined;
  const clock = match?.[2];
  if (clock === undefined || date.length !== 10) return { date, utcWithoutZone: false };
  const zone = match?.[3];
  if (zone === undefined) return { date, time: clock, utcWithoutZone: false };
  const epochMinute = minuteOf(date, clock, zone);
  if (zone !== 'Z') return { date, time: clock + zone, epochMinute, utcWithoutZone: false };
  if (timeZone === undefined) return { date, time: `${clock}Z`, epochMinute, utcWithoutZone: true };
  return { ...localTime(epochMinute, clock, timeZone), epochMinute, utcWithoutZone: false };
}

function minuteOf(date: PartialDate, clock: string, zone: string): number {
  const offset = zone === 'Z' ? 0 : minutes(zone, 1) * (zone.startsWith('-') ? -1 : 1);
  return dayNumber(date) * 1440 + minutes(clock, 0) - offset;
}

/** Of `hh:mm` at a place of the text. */
function minutes(text: string, at: number): number {
  return twoDigits(text, at) * 60 + twoDigits(text, at + 3);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** The same instant on the clocks of the zone, with the seconds as written. */
function localTime(
  epochMinute: number,
  clock: string,
  timeZone: string,
): { readonly date: PartialDate; readonly time: string } {
  let format = FORMATS.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    FORMATS.set(timeZone, format);
  }
  const parts = new Map(
    format.formatToParts(epochMinute * 60_000).map(({ type, value }) => [type, value] as const),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const offset = part('timeZoneName').replace('GMT', '');
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}${clock.slice(5)}${offset === '' ? '+00:00' : offset}`,
  };
}
