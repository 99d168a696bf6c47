/** The condition that most conditional requests and references use: `identifier=system|value`. */
import { splitEscaped, unescaped } from './search/split-escaped.ts';

export interface IdentifierCondition {
  readonly kind: 'identifier';
  readonly type: string;
  /** Equal for conditions that are equal. */
  readonly name: string;
  readonly system: string;
  readonly value: string;
}

/** The parameters of `Type?query`, escapes of the URL undone. */
export function parametersOf(query: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(query.replace(/^[^?=&]*\?/, ''))];
}

/** Escapes of FHIR search undone; undefined for any other criteria. */
export function identifierCondition(
  type: string,
  parameters: readonly (readonly [string, string])[],
): IdentifierCondition | undefined {
  const [[name, token = ''] = []] = parameters;
  if (parameters.length !== 1 || name !== 'identifier' || splitEscaped(token, ',').length !== 1) {
    return undefined;
  }
  const [system = '', value = '', ...more] = splitEscaped(token, '|').map(unescaped);
  if (system === '' || value === '' || more.length > 0) return undefined;
  return { kind: 'identifier', type, name: `${type}?identifier=${system}|${value}`, system, value };
}
