import { elementsOf } from '../element-types.ts';
import type { Criterion } from './criterion.ts';
import { type Place, searchParametersOf } from './search-parameters.ts';

/**
 * Criteria on one date as one, so that it is looked for between its limits: only where a resource has a single value,
 * for else different ones may meet them.
 */
export function combineDates(type: string, criteria: readonly Criterion[]): readonly Criterion[] {
  const combined: Criterion[] = [];
  for (const criterion of criteria) {
    const index = combined.findIndex(
      (one) => one.kind === 'dates' && criterion.kind === 'dates' && one.parameter === criterion.parameter,
    );
    const first = combined[index];
    if (first?.kind === 'dates' && criterion.kind === 'dates' && isSingleValued(type, first.parameter)) {
      combined[index] = { ...first, alternatives: [...first.alternatives, ...criterion.alternatives] };
    } else combined.push(criterion);
  }
  return combined;
}

/** Whether no resource of the type has more than one value: the elements do not repeat, several are types of one. */
function isSingleValued(type: string, code: string): boolean {
  const places = searchParametersOf(type).get(code)?.places ?? [];
  const stems = new Set(places.map((place) => stemOf(type, place)));
  return stems.size === 1 && !stems.has(undefined);
}

/** The path without the type that a choice element is named by; undefined where something repeats. */
function stemOf(type: string, { path }: Place): string | undefined {
  let owner = type;
  for (const name of path) {
    const element = elementsOf(owner)?.get(name);
    if (element === undefined || element.repeats) return undefined;
    owner = element.type;
  }
  const whole = path.join('.');
  const isChoice = whole.toLowerCase().endsWith(owner.toLowerCase());
  return isChoice ? whole.slice(0, whole.length - owner.length) : whole;
}
