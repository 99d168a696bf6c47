/** Kinds of settings: each knows its name, its default, what it may be, and how its text is read. */
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';

export interface Setting<T> {
  /** Name of the environment variable. */
  readonly name: string;
  /** Section of the page that it stands in. */
  readonly section: string;
  /** What it does, for the page. */
  readonly meaning: string;
  /** What holds where it is not set, for the page. */
  readonly standard: string;
  /** What it may be, for the page and for the message about what it may not be. */
  readonly expected: string;
  /** Undefined for text that it may not be. May throw a rejection of its own. */
  readonly parse: (text: string) => T | undefined;
  /** What holds where it is not set. */
  readonly fallback: T;
  /** Its text holds a password, and is not repeated in messages. */
  readonly isSecret?: boolean;
}

type Described = Pick<Setting<unknown>, 'name' | 'section' | 'meaning'>;

/** The value of the setting in this environment; an empty variable is none. Throws `configuration-invalid`. */
export function readSetting<T>(
  { name, expected, parse, fallback, isSecret }: Setting<T>,
  env: Readonly<Record<string, string | undefined>>,
): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = parse(text);
  if (value !== undefined) return value;
  const found = isSecret === true ? 'another form' : quote(text);
  throw rejection('configuration-invalid', `${name}: found ${found}, expected ${expected}`, {
    expression: name,
    found,
    expected,
  });
}

/** A whole number within limits, both of them allowed. */
export function wholeNumber(
  described: Described,
  { from, to, standard }: { readonly from: number; readonly to: number; readonly standard: number },
): Setting<number> {
  return {
    ...described,
    standard: String(standard),
    expected: `a whole number from ${from} to ${to}`,
    parse: (text) => {
      const value = Number(text);
      return /^\d{1,15}$/.test(text) && value >= from && value <= to ? value : undefined;
    },
    fallback: standard,
  };
}

/** Any text; undefined, or the default, where there is none. */
export function anyText(described: Described, expected: string, standard: string): Setting<string>;
export function anyText(described: Described, expected: string): Setting<string | undefined>;
export function anyText(
  described: Described,
  expected: string,
  standard?: string,
): Setting<string | undefined> {
  return { ...described, standard: standard ?? 'none', expected, parse: (text) => text, fallback: standard };
}

/** One of several words. */
export function oneOf<T extends string>(
  described: Described,
  words: readonly T[],
  standard: NoInfer<T>,
): Setting<T> {
  return {
    ...described,
    standard,
    expected: words.join(', '),
    parse: (text) => words.find((word) => word === text),
    fallback: standard,
  };
}

export function yesOrNo(described: Described, standard: boolean): Setting<boolean> {
  return {
    ...described,
    standard: String(standard),
    expected: 'true or false',
    parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    fallback: standard,
  };
}

export function httpUrl(described: Described): Setting<string | undefined> {
  return {
    ...described,
    standard: 'none',
    expected: 'a URL such as http://127.0.0.1:4318',
    parse: (text) => (/^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined),
    fallback: undefined,
  };
}

/** Things parted by commas, each of which `parseItem` accepts or answers undefined for. */
export function listOf<T>(
  described: Described,
  expected: string,
  parseItem: (text: string) => T | undefined,
): Setting<readonly T[]> {
  return {
    ...described,
    standard: 'none',
    expected,
    parse: (text) => {
      const items = text.split(',').map((item) => parseItem(item.trim()));
      return items.every((item) => item !== undefined) ? items : undefined;
    },
    fallback: [],
  };
}

const MEGABYTE = 1024 * 1024;
/** V8 has no text of 512 MB. */
const LARGEST = 500 * MEGABYTE;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: MEGABYTE, g: 1024 * MEGABYTE };

/** Bytes; k, m and g are powers of 1024. */
export function sizeInBytes(described: Described, standardMegabytes: number): Setting<number> {
  return {
    ...described,
    standard: `${standardMegabytes} MB`,
    expected: 'bytes, such as 33554432 or 32 MB, at most 500 MB',
    parse: (text) => {
      const [, digits = '', unit = ''] = /^([1-9]\d{0,11})\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
      const factor = UNITS[unit.toLowerCase()];
      const bytes = Number(digits) * (factor ?? Number.NaN);
      return digits !== '' && bytes <= LARGEST ? bytes : undefined;
    },
    fallback: standardMegabytes * MEGABYTE,
  };
}
