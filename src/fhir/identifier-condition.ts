/** The one condition that conditional requests and references may use: `identifier=system|value`. */
import { rejection } from '../core/cartograph-error.ts';

export interface IdentifierCondition {
  readonly type: string;
  readonly system: string;
  readonly value: string;
}

/**
 * Reads the query of `Type?query`, escapes of FHIR search undone. Throws `condition-unsupported` for any other
 * criteria: a token without system or value, several tokens, a modifier.
 */
export function parseIdentifierCondition(
  type: string,
  query: string,
  expression: string,
): IdentifierCondition {
  const parameters = [...new URLSearchParams(query.replace(/^[^?=&]*\?/, ''))];
  const [name, token] = parameters[0] ?? [];
  const parts = token === undefined ? [] : splitToken(token);
  const [system, value] = parts;
  if (parameters.length !== 1 || name !== 'identifier' || parts.length !== 2 || !system || !value) {
    throw rejection('condition-unsupported', `${expression}: only identifier=system|value is supported`, {
      expression,
      found:
        parameters.length === 1 && name !== undefined ? `criteria by ${name.slice(0, 40)}` : 'other criteria',
      expected: 'identifier=system|value, once',
    });
  }
  return { type, system, value };
}

/** Parts between unescaped bars; no parts where an unescaped comma says "or". */
function splitToken(token: string): readonly string[] {
  const parts = [''];
  for (const [piece] of token.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (piece === ',') return [];
    if (piece === '|') parts.push('');
    else parts[parts.length - 1] += piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
  }
  return parts;
}
