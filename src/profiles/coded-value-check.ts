import { quote } from '../core/finding.ts';
import type { JsonObject } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

const UCUM = 'http://unitsofmeasure.org';
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const VALUE_SET = 'http://hl7.org/fhir/ValueSet/';

/**
 * A Coding or a Quantity: its system is a code system by absolute URL and has the code. False where something is wrong;
 * true also where the system is not known here.
 */
export function checkSystemAndCode(
  { system, code }: JsonObject,
  run: Run,
  context: ValidatorContext,
): boolean {
  if (typeof system !== 'string') return true;
  if (!system.startsWith('http') && !ABSOLUTE.test(system)) return atSystem(run, 'is no absolute URL');
  if (system.startsWith(VALUE_SET) || isOnlyValueSet(system, context)) {
    return atSystem(run, 'is a value set, not a code system');
  }
  if (typeof code !== 'string') return true;
  if (context.store.terminology.codeExists(system, code) !== 'not-member') return true;
  if (system === UCUM) {
    run.push('code', -1, 'code');
    run.error('unit-invalid', 'is no unit of UCUM', { found: quote(code), expected: 'a UCUM code' });
    run.pop();
  } else {
    const details = { found: quote(code), expected: `a code of ${system}` };
    run.error('code-unknown', `the code is not one of ${system}`, details);
  }
  return false;
}

function atSystem(run: Run, message: string): false {
  run.push('system', -1, 'uri');
  run.error('code-unknown', message);
  run.pop();
  return false;
}

function isOnlyValueSet(system: string, { store }: ValidatorContext): boolean {
  return store.terminology.codeSystem(system) === undefined && store.terminology.hasValueSet(system);
}
