import { dayNumber, isPartialDate } from '../../core/partial-date.ts';

/**
 * Comparison of FHIR dates, dateTimes, instants and times as they are written, by FHIRPath 2.0.0, 6.1 and 6.2: fields
 * are compared from the left; where all shared fields are equal and one value is written further than the other, the
 * answer is unknown. No clock and no time zone of the machine takes part.
 */

const TEMPORAL =
  /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)?(?:T?(\d{2})(?::(\d{2})(?::(\d{2}(?:\.\d+)?))?)?(Z|[+-]\d{2}:\d{2})?)?$/;

interface Temporal {
  /** Years, months, days, hours, minutes, seconds, as far as written. */
  readonly fields: readonly number[];
  /** Minutes east of UTC; undefined when not written. */
  readonly offset: number | undefined;
  /** Minutes since 1970-01-01T00:00Z; undefined without an offset or without minutes. */
  readonly instant: number | undefined;
}

/** -1, 0 or 1; undefined when precision, a missing offset or an impossible date leaves it open. */
export function compareTemporal(left: string, right: string): -1 | 0 | 1 | undefined {
  if (left === right) return 0;
  if (left.length === 10 && right.length === 10 && left[4] === '-' && right[4] === '-')
    return left < right ? -1 : 1;
  const a = parseTemporal(left);
  const b = parseTemporal(right);
  if (a === undefined || b === undefined) return undefined;
  if (a.instant !== undefined && b.instant !== undefined) {
    return compareFields([a.instant, ...a.fields.slice(5)], [b.instant, ...b.fields.slice(5)]);
  }
  const timed = a.fields.length > 3 && b.fields.length > 3;
  if (timed && (a.offset === undefined) !== (b.offset === undefined)) return undefined;
  return compareFields(a.fields, b.fields);
}

/** Times of day, `HH`, `HH:MM`, `HH:MM:SS`, `HH:MM:SS.fff`. */
export function compareTimes(left: string, right: string): -1 | 0 | 1 | undefined {
  if (left === right) return 0;
  return compareFields(left.split(':').map(Number), right.split(':').map(Number));
}

function compareFields(left: readonly number[], right: readonly number[]): -1 | 0 | 1 | undefined {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const a = left[i] ?? Number.NaN;
    const b = right[i] ?? Number.NaN;
    if (a < b) return -1;
    if (a > b) return 1;
    if (a !== b) return undefined;
  }
  return left.length === right.length ? 0 : undefined;
}

function parseTemporal(text: string): Temporal | undefined {
  const match = TEMPORAL.exec(text);
  const date = match?.[1];
  if (match === null || date === undefined || !isPartialDate(date)) return undefined;
  const clock = [match[2], match[3], match[4]].filter((field) => field !== undefined).map(Number);
  if (clock.length > 0 && date.length !== 10) return undefined;
  const offset = match[5] === undefined ? undefined : offsetMinutes(match[5]);
  const [hour, minute] = clock;
  const dated = offset !== undefined && hour !== undefined && minute !== undefined;
  return {
    fields: [...date.split('-').map(Number), ...clock],
    offset,
    instant: dated ? dayNumber(date) * 1440 + hour * 60 + minute - offset : undefined,
  };
}

function offsetMinutes(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text.startsWith('-') ? -minutes : minutes;
}
