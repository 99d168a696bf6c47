import { quote } from '../core/finding.ts';
import { convertUcum } from '../fhir/terminology/terminology-ucum.ts';
import { choiceOf, type ElementDefinition, isObject } from './definition.ts';
import type { ValueCheck } from './validator-context.ts';

const UCUM = 'http://unitsofmeasure.org';

/** `minValue`, `maxValue` and `maxLength` of an element. */
export function compileLimits(
  definition: ElementDefinition,
  type: string,
  profile: string,
): ValueCheck | undefined {
  const lowest = choiceOf(definition, 'minValue');
  const highest = choiceOf(definition, 'maxValue');
  const { maxLength } = definition;
  if (lowest === undefined && highest === undefined && maxLength === undefined) return undefined;
  return (value, _sidecar, run) => {
    const report = (expected: string): void => {
      const found = typeof value === 'number' ? { found: quote(value) } : {};
      run.error('value-out-of-limits', `lies outside the limits of the profile: ${expected}`, {
        expected,
        rule: profile,
        ...found,
      });
    };
    if (lowest !== undefined && (compare(value, lowest.value, type) ?? 0) < 0)
      report(`at least ${shown(lowest.value)}`);
    if (highest !== undefined && (compare(value, highest.value, type) ?? 0) > 0)
      report(`at most ${shown(highest.value)}`);
    if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
      report(`at most ${maxLength} characters`);
    }
  };
}

function shown(limit: unknown): string {
  return isObject(limit) ? `${limit['value']} ${limit['code'] ?? limit['unit'] ?? ''}`.trim() : String(limit);
}

/** Negative where the value is less than the limit; undefined where they cannot be compared. */
function compare(value: unknown, limit: unknown, type: string): number | undefined {
  if (typeof value === 'number' && typeof limit === 'number') return value - limit;
  if (typeof value === 'string' && typeof limit === 'string') return compareText(value, limit, type);
  if (isObject(value) && isObject(limit)) return compareQuantities(value, limit);
  return undefined;
}

/** Dates in full order where both are equally precise or differ before the shorter ends. */
function compareText(value: string, limit: string, type: string): number | undefined {
  if (type === 'instant' || (value.includes('T') && limit.includes('T')))
    return Date.parse(value) - Date.parse(limit);
  const length = Math.min(value.length, limit.length);
  const [left, right] = [value.slice(0, length), limit.slice(0, length)];
  if (left === right) return undefined;
  return left < right ? -1 : 1;
}

/** Negative where the value is less; undefined where neither the code is the same nor UCUM converts. */
export function compareQuantities(
  value: Readonly<Record<string, unknown>>,
  limit: Readonly<Record<string, unknown>>,
): number | undefined {
  const [number, bound] = [value['value'], limit['value']];
  if (typeof number !== 'number' || typeof bound !== 'number') return undefined;
  const [from, to] = [value['code'], limit['code']];
  if (from === to || to === undefined) return number - bound;
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  if (value['system'] !== UCUM || limit['system'] !== UCUM) return undefined;
  const converted = convertUcum(number, from, to);
  return converted === undefined ? undefined : converted - bound;
}
