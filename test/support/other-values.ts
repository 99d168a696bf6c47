import type { Parameter } from '../../src/clinical/parameters/parameter.ts';

/** Both ends of what is allowed, or every other choice; never the default. */
export function otherValues(parameter: Parameter): readonly (string | number | boolean)[] {
  if ('choices' in parameter) return parameter.choices.filter((choice) => choice !== parameter.value);
  if (!('minimum' in parameter)) return [!parameter.value];
  return [parameter.minimum, parameter.maximum].filter((value) => value !== parameter.value);
}
