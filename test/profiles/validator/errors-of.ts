import type { Validator } from '../../../src/profiles/validator.ts';

/** Code and place of each error of a resource. */
export function errorsOf(validator: Validator, resource: unknown): readonly string[] {
  return validator
    .validateResource(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, expression }) => `${code} ${expression}`);
}
