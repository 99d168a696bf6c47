import type { HeldCodeSystem } from './terminology-code-system.ts';

export interface ValueSetFilter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

/** Does the concept pass the filter? Undefined for a filter that cannot be decided here. */
export function passesFilter(
  system: HeldCodeSystem,
  code: string,
  { property, op, value }: ValueSetFilter,
): boolean | undefined {
  switch (op) {
    case 'is-a':
      return code === value || system.ancestorsOf(code).has(value);
    case 'descendent-of':
      return system.ancestorsOf(code).has(value);
    case 'is-not-a':
      return code !== value && !system.ancestorsOf(code).has(value);
    case 'generalizes':
      return code === value || system.ancestorsOf(value).has(code);
    case '=':
      return valuesOf(system, code, property).includes(value);
    case 'in':
      return listOf(value).some((each) => valuesOf(system, code, property).includes(each));
    case 'not-in':
      return !listOf(value).some((each) => valuesOf(system, code, property).includes(each));
    case 'exists':
      return valuesOf(system, code, property).length > 0 === (value === 'true');
    case 'regex':
      return matches(value, valuesOf(system, code, property));
    default:
      return undefined;
  }
}

function listOf(value: string): readonly string[] {
  return value.split(',').map((each) => each.trim());
}

function valuesOf(system: HeldCodeSystem, code: string, property: string): readonly string[] {
  const concept = system.find(code);
  if (concept === undefined) return [];
  if (property === 'code' || property === 'concept') return [concept.code];
  if (property === 'display') return concept.display === undefined ? [] : [concept.display];
  if (property === 'parent') return [...system.ancestorsOf(code)].slice(0, 1);
  return (concept.property ?? [])
    .filter((each) => each.code === property)
    .map((each) => {
      const key = Object.keys(each).find((name) => name.startsWith('value')) ?? '';
      const held = each[key];
      return String(typeof held === 'object' && held !== null && 'code' in held ? held.code : held);
    });
}

function matches(pattern: string, values: readonly string[]): boolean | undefined {
  try {
    const whole = new RegExp(`^(?:${pattern})$`, 'u');
    return values.some((value) => whole.test(value));
  } catch {
    return undefined;
  }
}
