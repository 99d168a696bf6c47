/**
 * The calendar date that a FHIR date, dateTime or instant says: the date written, before any shift to UTC. An
 * instant written in UTC by a site that names its time zone is first brought to that zone (inputs.md).
 */
import { isPartialDate, type PartialDate } from '../core/partial-date.ts';

export interface WrittenDate {
  readonly date: PartialDate;
  /** Written as an instant in UTC, and no time zone of the site is known. */
  readonly utcWithoutZone: boolean;
}

const DATE_TIME = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Undefined for what is no FHIR date. */
export function readDate(text: unknown, timeZone: string | undefined): WrittenDate | undefined {
  if (typeof text !== 'string') return undefined;
  const match = DATE_TIME.exec(text);
  const date = match?.[1];
  if (date === undefined || !isPartialDate(date)) return undefined;
  const inUtc = match?.[2] === 'Z';
  if (!inUtc) return { date, utcWithoutZone: false };
  if (timeZone === undefined) return { date, utcWithoutZone: true };
  return { date: localDate(text, timeZone) ?? date, utcWithoutZone: false };
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function localDate(instant: string, timeZone: string): PartialDate | undefined {
  let format = FORMATS.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    FORMATS.set(timeZone, format);
  }
  const time = Date.parse(instant);
  return Number.isNaN(time) ? undefined : format.format(time);
}
