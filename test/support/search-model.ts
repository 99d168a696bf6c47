/** What a search means, written from the text of FHIR R4's search page, for resources of a small world in memory. */

export const UCUM = 'http://unitsofmeasure.org';

export interface Coding {
  readonly system?: string;
  readonly code: string;
}

export interface Stretch {
  readonly start?: string;
  readonly end?: string;
}

export interface Amount {
  readonly value: number;
  readonly code: keyof typeof FACTORS;
  readonly comparator?: '<' | '>';
}

const FACTORS = { ug: 0.001, mg: 1, g: 1_000 } as const;

/** From an instant to before another, in milliseconds of the epoch. */
type Range = readonly [from: number, until: number];

const DAY_MS = 86_400_000;

/** Of a date of any precision; what names no zone is in UTC. */
function rangeOf(text: string): Range {
  const [date = '', time] = text.split('T');
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
  if (day === undefined) return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
  const midnight = Date.UTC(year, month - 1, day);
  if (time === undefined) return [midnight, midnight + DAY_MS];
  const [, clock = '', zone = 'Z'] = /^([\d:.]+)(.*)$/.exec(time) ?? [];
  const [hours = 0, minutes = 0, seconds] = clock.split(':').map(Number);
  const sign = zone.startsWith('-') ? -1 : 1;
  const [zoneHours = 0, zoneMinutes = 0] = zone.length < 2 ? [] : zone.slice(1).split(':').map(Number);
  const minute = midnight + (hours * 60 + minutes - sign * (zoneHours * 60 + zoneMinutes)) * 60_000;
  return seconds === undefined
    ? [minute, minute + 60_000]
    : [minute + seconds * 1_000, minute + (seconds + 1) * 1_000];
}

function rangeOfStored(stored: string | Stretch): Range | undefined {
  if (typeof stored === 'string') return rangeOf(stored);
  const { start, end } = stored;
  if (start === undefined && end === undefined) return undefined;
  return [
    start === undefined ? -Infinity : rangeOf(start)[0],
    end === undefined ? Infinity : rangeOf(end)[1],
  ];
}

export const PREFIXES = ['', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'] as const;
export type Prefix = (typeof PREFIXES)[number];

export function meetsDate(prefix: Prefix, asked: string, stored: string | Stretch | undefined): boolean {
  const range = stored === undefined ? undefined : rangeOfStored(stored);
  if (range === undefined) return false;
  const [from, until] = rangeOf(asked);
  const [low, high] = range;
  const isWithin = from <= low && high <= until;
  switch (prefix) {
    case '':
    case 'eq':
      return isWithin;
    case 'ne':
      return !isWithin;
    case 'gt':
      return high > until;
    case 'lt':
      return low < from;
    case 'ge':
      return high > until || isWithin;
    case 'le':
      return low < from || isWithin;
    case 'sa':
      return low >= until;
    case 'eb':
      return high <= from;
  }
}

/** Numbers are compared to nine digits, so that binary fractions decide nothing. */
function tidy(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : value;
}

/** `asked` as it is written, in `code` or, where that is undefined, in whatever unit. */
export function meetsQuantity(
  prefix: Prefix,
  asked: string,
  code: keyof typeof FACTORS | undefined,
  stored: Amount | undefined,
): boolean {
  if (stored === undefined) return false;
  const factor = code === undefined ? 1 : FACTORS[stored.code] / FACTORS[code];
  const value = tidy(stored.value * factor);
  const low = stored.comparator === '<' ? -Infinity : value;
  const high = stored.comparator === '>' ? Infinity : value;
  const number = Number(asked);
  const half = 0.5 * 10 ** -(asked.split('.')[1]?.length ?? 0);
  const isEqual = low >= tidy(number - half) && high < tidy(number + half);
  const isVery = low === number && high === number;
  switch (prefix) {
    case '':
    case 'eq':
      return isEqual;
    case 'ne':
      return !isEqual;
    case 'gt':
      return high > number;
    case 'lt':
      return low < number;
    case 'ge':
      return high > number || isVery;
    case 'le':
      return low < number || isVery;
    case 'sa':
      return low > number;
    case 'eb':
      return high < number;
  }
}

/** `code`, `system|code`, `|code` or `system|`. */
export function meetsToken(asked: string, { system, code }: Coding): boolean {
  const [first = '', second] = asked.split('|');
  if (second === undefined) return code === first;
  if (first === '') return system === undefined && code === second;
  return system === first && (second === '' || code === second);
}

/** Begins with it, in small letters without accents; the marks are those of this world's names. */
export function meetsText(asked: string, stored: string): boolean {
  return plain(stored).startsWith(plain(asked));
}

export function containsText(asked: string, stored: string): boolean {
  return plain(stored).includes(plain(asked));
}

const PLAIN: Readonly<Record<string, string>> = { é: 'e', ü: 'u', ö: 'o', å: 'a' };

function plain(text: string): string {
  return text.toLowerCase().replace(/[éüöå]/g, (letter) => PLAIN[letter] ?? letter);
}
