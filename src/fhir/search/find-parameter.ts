/** The parameter that a search names, and what is said where there is none, or where its value cannot be read. */
import { type CartographError, rejection } from '../../core/cartograph-error.ts';
import { quote } from '../../core/finding.ts';
import { compositesOf, type SearchParameter, searchParametersOf } from './search-parameters.ts';

/** Whether a search of the type offers a parameter of that name. */
export function isOffered(type: string, code: string): boolean {
  return (
    code === '_id' ||
    code === '_lastUpdated' ||
    searchParametersOf(type).has(code) ||
    compositesOf(type).some((one) => one.code === code)
  );
}

/** Throws `parameter-invalid` where the type has none of that name. */
export function parameterOf(type: string, code: string): SearchParameter {
  const parameter = searchParametersOf(type).get(code);
  if (parameter === undefined) throw unknownParameter(code);
  return parameter;
}

/** The same, of a reference. */
export function referenceParameter(type: string, code: string, name: string): SearchParameter {
  const parameter = searchParametersOf(type).get(code);
  if (parameter?.type !== 'reference') throw unknownParameter(name);
  return parameter;
}

export function unknownParameter(name: string): CartographError {
  return invalid(name, 'a parameter or modifier that is not offered', 'one of the CapabilityStatement');
}

/** The value may be a patient's and is not told. */
export function invalid(name: string, found: string, expected: string): CartographError {
  return rejection('parameter-invalid', `Parameter ${quote(name)}: found ${found}, expected ${expected}`, {
    found,
    expected,
  });
}
