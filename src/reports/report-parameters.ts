/** Clinical parameters where many patients are reported on: what an answer rests on, and what a call may set. */
import {
  changedParameters,
  mergeParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { rejection } from '../core/cartograph-error.ts';

/**
 * What holds for an answer that rests on the named parameters, where settings and a call both speak. Settings are for all
 * answers, so those of other names are left out. Throws `parameter-invalid` for one of the call that changes nothing
 * here: who gives it takes the answer for another, such as that of another endpoint.
 */
export function parametersOfReport(
  configured: ParameterOverrides,
  given: ParameterOverrides,
  names: readonly ParameterName[],
): ParameterOverrides {
  const idle = Object.keys(given).find((name) => !names.some((known) => known === name));
  if (idle === undefined) return changedParameters(mergeParameters(configured, given), names);
  const rests =
    names.length === 0
      ? 'no clinical parameter: an endpoint is fixed by its definition'
      : [...new Set(names)].join(', ');
  throw rejection('parameter-invalid', `Parameter ${idle}: nothing that is asked for rests on it`, {
    expression: idle,
    found: idle,
    expected: rests,
  });
}

/** As one text, such as `episodeGapHours=48;feverFromCelsius=38.3`. */
export function writtenParameters(parameters: ParameterOverrides): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(';');
}
