import { earliestDay, isPartialDate, latestDay } from '../../core/partial-date.ts';
import { placesOf } from './decimal.ts';

/**
 * Least and greatest value that a value of limited precision may stand for (SQL on FHIR, lowBoundary and
 * highBoundary). A time without a zone may be anywhere from UTC+14 to UTC-12.
 */

const DATE_TIME = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T(.*?)(Z|[+-]\d{2}:\d{2})?)?$/;

const EARLIEST = { clock: '00:00:00.000', zone: '+14:00' };
const LATEST = { clock: '23:59:59.999', zone: '-12:00' };

export function lowBoundary(type: string, value: unknown): string | number | undefined {
  if (typeof value === 'number')
    return type === 'decimal' ? decimalBoundary(value, -1) : wholeBoundary(value, -1);
  if (typeof value !== 'string') return undefined;
  if (type === 'time') return completeClock(value, EARLIEST.clock);
  if (type === 'date') return isPartialDate(value) ? earliestDay(value) : undefined;
  return isDateTime(type) ? dateTimeBoundary(value, earliestDay, EARLIEST) : undefined;
}

export function highBoundary(type: string, value: unknown): string | number | undefined {
  if (typeof value === 'number')
    return type === 'decimal' ? decimalBoundary(value, 1) : wholeBoundary(value, 1);
  if (typeof value !== 'string') return undefined;
  if (type === 'time') return completeClock(value, LATEST.clock);
  if (type === 'date') return isPartialDate(value) ? latestDay(value) : undefined;
  return isDateTime(type) ? dateTimeBoundary(value, latestDay, LATEST) : undefined;
}

function isDateTime(type: string): boolean {
  return type === 'dateTime' || type === 'instant';
}

/** JSON.parse drops trailing zeros, so a whole number may have been written `1.0`: one decimal place is assumed. */
function decimalBoundary(value: number, direction: -1 | 1): number {
  return halfStep(value, Math.max(1, placesOf(value)), direction);
}

function wholeBoundary(value: number, direction: -1 | 1): number {
  return halfStep(value, 0, direction);
}

function halfStep(value: number, places: number, direction: -1 | 1): number {
  return Number((value + direction * 0.5 * 10 ** -places).toFixed(Math.min(100, places + 1)));
}

function dateTimeBoundary(
  text: string,
  fullDay: (date: string) => string,
  limit: { readonly clock: string; readonly zone: string },
): string | undefined {
  const match = DATE_TIME.exec(text);
  const date = match?.[1];
  if (date === undefined || !isPartialDate(date)) return undefined;
  return `${fullDay(date)}T${completeClock(match?.[2] ?? '', limit.clock)}${match?.[3] ?? limit.zone}`;
}

/** What is written of a time of day, the rest from the limit. Seconds and their fraction are one field. */
function completeClock(written: string, limit: string): string {
  return written.length >= limit.length ? written : `${written}${limit.slice(written.length)}`;
}
