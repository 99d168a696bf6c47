import { elementsOf } from '../element-types.ts';
import { type Place, searchParametersOf } from './search-parameters.ts';

/** Whether no resource of the type has more than one value: the elements do not repeat, several are types of one. */
export function isSingleValued(type: string, code: string): boolean {
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
