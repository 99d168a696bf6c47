import { type ViewDefinition, viewError } from './parse-view-definition.ts';

export interface ViewConstant {
  readonly type: string;
  readonly value: unknown;
}

/** The view's constants by name. Throws CartographError `mapping-invalid` for one without exactly one value. */
export function collectConstants(view: ViewDefinition): Readonly<Record<string, ViewConstant>> {
  const constants = new Map<string, ViewConstant>();
  for (const [i, constant] of (view.constant ?? []).entries()) {
    const place = `ViewDefinition.constant[${i}]`;
    const values = Object.entries(constant).filter(([key]) => key.startsWith('value'));
    const [found, ...others] = values;
    if (found === undefined || others.length > 0) throw viewError(place, 'must have exactly one value[x]');
    if (constants.has(constant.name)) throw viewError(`${place}.name`, `repeats ${constant.name}`);
    constants.set(constant.name, { type: typeOfKey(found[0]), value: found[1] });
  }
  return Object.fromEntries(constants);
}

/** `valueDateTime` is a `dateTime`. */
function typeOfKey(key: string): string {
  const name = key.slice('value'.length);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
