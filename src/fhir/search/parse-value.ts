/** Values of search parameters, as R4 has them written; each undefined where it is no value of the type. */

import { isResourceId } from '../check-structure.ts';
import { parseReference } from '../references.ts';
import type { DateTest, Prefix, QuantityTest, ReferenceTest } from './criterion.ts';
import { between, type DateRange, dateRange } from './date-range.ts';
import { splitEscaped, unescaped } from './split-escaped.ts';
import { codeToken, presenceToken, systemCodeToken, systemToken } from './token-text.ts';

/** How a quantity and a token are written, for messages. */
export const QUANTITY_FORM = 'a quantity, such as gt5.4|http://unitsofmeasure.org|mg';
export const TOKEN_FORM = 'code, system|code, |code or system|';

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/s;

/** The word of `code`, `system|code`, `|code` or `system|`; `implied` are systems of codes that stand without one. */
export function tokenWord(
  parameter: string,
  text: string,
  implied: readonly string[] = [],
): string | undefined {
  const parts = splitEscaped(text, '|').map(unescaped);
  const [first = '', second] = parts;
  if (parts.length > 2) return undefined;
  if (second === undefined) return first === '' ? undefined : codeToken(parameter, first);
  if (implied.includes(first)) return second === '' ? presenceToken(parameter) : codeToken(parameter, second);
  if (second !== '') return systemCodeToken(parameter, first, second);
  return first === '' ? undefined : systemToken(parameter, first);
}

/** How far from now a date is makes what is approximately it: a tenth of that (FHIR R4, search, 3.1.1.4.5). */
const APPROXIMATION = 0.1;

export function dateTest(text: string, now: Date): DateTest | undefined {
  const [, prefix, value = ''] = PREFIXED.exec(text) ?? [];
  // A plus sign that was not escaped arrives as a space.
  const range = dateRange(value.replace(' ', '+'));
  if (range === undefined) return undefined;
  const widened = prefix === 'ap' ? approximately(range, now.getTime()) : range;
  return { prefix: prefixOf(prefix), ...widened };
}

function approximately({ low, high }: DateRange, now: number): DateRange {
  const [from, to] = [Date.parse(low), Date.parse(high)];
  return between(from - APPROXIMATION * Math.abs(now - from), to + APPROXIMATION * Math.abs(now - to));
}

export function quantityTest(text: string): QuantityTest | undefined {
  const [, prefix, rest = ''] = PREFIXED.exec(text) ?? [];
  const parts = splitEscaped(rest, '|').map(unescaped);
  const [number = '', system = '', code = ''] = parts;
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(number)) return undefined;
  // A unit that is half given must not be taken for none.
  if (parts.length !== 1 && (parts.length !== 3 || (code === '' && system !== ''))) return undefined;
  const value = Number(number);
  const half = halfStep(number);
  const unit = code === '' ? undefined : { system, code, unit: '' };
  const range = { low: withoutNoise(value - half), high: withoutNoise(value + half) };
  return { prefix: prefixOf(prefix), value, range, unit };
}

/** `Type/id`, an id, or the URL of a resource. */
export function referenceTest(text: string): ReferenceTest | undefined {
  const value = unescaped(text);
  if (isResourceId(value)) return { type: undefined, id: value };
  const form = parseReference(value);
  return form.form === 'literal' ? { type: form.type, id: form.id } : undefined;
}

/** Half of what the last digit stands for: 5.40 is anything from 5.395 to below 5.405 (FHIR R4, search, 3.1.1.4.6). */
function halfStep(number: string): number {
  const [, digits = '', exponent = '0'] = /^[+-]?([\d.]+)(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const decimals = digits.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

/** 5.4 - 0.05 is 5.35, not the 5.3500000000000005 of binary fractions. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(15));
}

function prefixOf(text: string | undefined): Prefix {
  return (text as Prefix | undefined) ?? 'eq';
}
