/** The stretch of time that an element of R4 stands for, as searches by date compare it. */
import { type DateRange, dateRange } from './date-range.ts';

type Json = Readonly<Record<string, unknown>>;

/** Of a date, dateTime, instant, Period or Timing; undefined where it names no time. */
export function timeRange(value: unknown): DateRange | undefined {
  if (typeof value === 'string') return dateRange(value);
  if (!isObject(value)) return undefined;
  return 'event' in value || 'repeat' in value ? timingRange(value) : periodRange(value);
}

function periodRange({ start, end }: Json): DateRange | undefined {
  const low = typeof start === 'string' ? dateRange(start)?.low : undefined;
  const high = typeof end === 'string' ? dateRange(end)?.high : undefined;
  if (low === undefined && high === undefined) return undefined;
  return { low: low ?? '-infinity', high: high ?? 'infinity' };
}

/** "Only the outer limits matter" of a schedule (FHIR R4, search, 3.1.1.4.7). */
function timingRange({ event, repeat }: Json): DateRange | undefined {
  const bounds = isObject(repeat) ? timeRange(repeat['boundsPeriod']) : undefined;
  const events = (Array.isArray(event) ? event : []).map(timeRange);
  const ranges = [...events, bounds].filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  // As text they sort as instants do, with -infinity before and infinity behind all.
  const [low = ''] = ranges.map((range) => range.low).sort();
  const high =
    ranges
      .map((range) => range.high)
      .sort()
      .at(-1) ?? '';
  return { low, high };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
