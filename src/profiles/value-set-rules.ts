/** What a ValueSet includes comes from code systems by absolute URL (R4, valueset.html). */
import { isObject, type JsonObject } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

export function checkValueSet({ compose }: JsonObject, { store }: ValidatorContext, run: Run): void {
  if (!isObject(compose)) return;
  run.push('compose', -1, 'ValueSet.compose');
  for (const part of ['include', 'exclude']) {
    const sets = compose[part];
    for (const [i, set] of (Array.isArray(sets) ? sets : []).entries()) {
      if (!isObject(set) || typeof set['system'] !== 'string') continue;
      const { system } = set;
      run.push(part, i, 'ValueSet.compose.include', set);
      if (!ABSOLUTE.test(system)) run.error('definition-invalid', 'its system is no absolute URL');
      else if (store.terminology.codeSystem(system) === undefined && store.terminology.hasValueSet(system)) {
        run.error('definition-invalid', 'its system is a value set, not a code system');
      }
      run.pop();
    }
  }
  run.pop();
}
