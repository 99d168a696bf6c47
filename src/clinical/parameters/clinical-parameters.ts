import { B_CELL_PARAMETERS } from './b-cell-parameters.ts';
import { KINETICS_PARAMETERS } from './kinetics-parameters.ts';
import type { Parameter, ParameterValue } from './parameter.ts';
import { RESPONSE_PARAMETERS } from './response-parameters.ts';
import { SUPPORTIVE_PARAMETERS } from './supportive-parameters.ts';
import { TOXICITY_PARAMETERS } from './toxicity-parameters.ts';

/** Every parameter of the derivations that a caller or a configuration may override, with its default. */
export const CLINICAL_PARAMETERS = {
  ...TOXICITY_PARAMETERS,
  ...B_CELL_PARAMETERS,
  ...RESPONSE_PARAMETERS,
  ...KINETICS_PARAMETERS,
  ...SUPPORTIVE_PARAMETERS,
} as const;

export type ParameterName = keyof typeof CLINICAL_PARAMETERS;

/** The parameters by name with their values. */
export type ClinicalParameters = {
  readonly [Name in ParameterName]: ParameterValue<(typeof CLINICAL_PARAMETERS)[Name]>;
};

export type ParameterOverrides = Partial<ClinicalParameters>;

/**
 * The named parameters: defaults, with what a call overrides. Overrides of other names are left alone, so that
 * one set serves several derivations. Throws RangeError on a value that the parameter does not allow.
 */
export function chooseParameters<Name extends ParameterName>(
  names: readonly Name[],
  overrides: ParameterOverrides = {},
): Pick<ClinicalParameters, Name> {
  const chosen: Partial<Record<Name, unknown>> = {};
  for (const name of names) {
    const parameter: Parameter = CLINICAL_PARAMETERS[name];
    const value: unknown = overrides[name];
    if (value !== undefined && !isAllowed(parameter, value)) {
      throw new RangeError(
        `Expected ${expectationOf(parameter)} for ${name}, found ${String(value).slice(0, 40)}`,
      );
    }
    chosen[name] = value === undefined ? parameter.value : value;
  }
  return chosen as Pick<ClinicalParameters, Name>;
}

/** What differs from the defaults; of the named parameters alone, where names are given. In the order of the table. */
export function changedParameters(
  overrides: ParameterOverrides,
  names: Iterable<ParameterName> = Object.keys(CLINICAL_PARAMETERS) as readonly ParameterName[],
): ParameterOverrides {
  const wanted: ReadonlySet<string> = new Set(names);
  const changed = Object.entries(CLINICAL_PARAMETERS).flatMap(([name, { value: standard }]) => {
    const value: unknown = overrides[name as ParameterName];
    return !wanted.has(name) || value === undefined || value === standard ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed) as ParameterOverrides;
}

/** What holds where a setting and a call both speak: the call goes before. Only what differs from the defaults is left. */
export function mergeParameters(
  configured: ParameterOverrides,
  given: ParameterOverrides,
): ParameterOverrides {
  return changedParameters({ ...configured, ...given });
}

/** What a parameter may be set to, in words. */
export function expectationOf(parameter: Parameter): string {
  if ('choices' in parameter) return parameter.choices.join(' or ');
  if (!('minimum' in parameter)) return 'true or false';
  const { minimum, maximum, unit } = parameter;
  return `${isWhole(parameter) ? 'a whole number, ' : ''}${minimum} to ${maximum}${unit === '1' ? '' : ` ${unit}`}`;
}

/** Days and samples are counted. */
export function isWhole({ unit }: Parameter): boolean {
  return unit === 'days' || unit === 'samples';
}

function isAllowed(parameter: Parameter, value: unknown): boolean {
  if ('choices' in parameter) return typeof value === 'string' && parameter.choices.includes(value);
  if (!('minimum' in parameter)) return typeof value === 'boolean';
  if (value === null) return parameter.value === null;
  if (typeof value !== 'number' || (isWhole(parameter) && !Number.isInteger(value))) return false;
  return value >= parameter.minimum && value <= parameter.maximum;
}
