/** The conditions that most conditional requests and references use: `identifier=system|value`, and with no or any system. */
import { splitEscaped, unescaped } from './search/split-escaped.ts';

export interface IdentifierCondition {
  readonly kind: 'identifier';
  readonly type: string;
  /** Equal for conditions that are equal. */
  readonly name: string;
  /** Empty for identifiers without one, undefined for those of whatever system. */
  readonly system: string | undefined;
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
  const parts = splitEscaped(token, '|').map(unescaped);
  const value = parts.at(-1) ?? '';
  if (value === '' || parts.length > 2) return undefined;
  const system = parts.length === 2 ? parts[0] : undefined;
  const written = system === undefined ? value : `${system}|${value}`;
  return { kind: 'identifier', type, name: `${type}?identifier=${written}`, system, value };
}
