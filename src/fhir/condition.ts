/**
 * Criteria of conditional requests and references: whatever a search of the type may ask for. A parameter that would
 * be left out of a search is refused, for less would be asked than was written (FHIR R4, http, 3.1.0.7.1).
 */
import { CartographError, rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { type IdentifierCondition, identifierCondition, parametersOf } from './identifier-condition.ts';
import type { Criterion } from './search/criterion.ts';
import type { SearchContext } from './search/parse-criterion.ts';
import { parseSearch } from './search/parse-search.ts';
import { splitEscaped, unescaped } from './search/split-escaped.ts';

export interface SearchCondition {
  readonly kind: 'search';
  readonly type: string;
  /** Equal for conditions that are written alike, in whatever order. */
  readonly name: string;
  readonly criteria: readonly Criterion[];
  /** Values of business identifiers of which every match carries one; undefined where none is asked for. */
  readonly identifiers: readonly string[] | undefined;
}

export type Condition = IdentifierCondition | SearchCondition;

type Parameter = readonly [name: string, value: string];

/** Reads the query of `Type?query`. Throws `condition-unsupported`, which names the parameter at fault. */
export function parseCondition(
  type: string,
  query: string,
  expression: string,
  context: SearchContext,
): Condition {
  const parameters = parametersOf(query);
  const simple = identifierCondition(type, parameters);
  if (simple !== undefined) return simple;
  if (parameters.length === 0) throw unsupported(expression, 'no criteria');
  const criteria = parameters.flatMap((one) => criteriaOf(type, one, expression, context));
  const written = [
    ...new Set(parameters.map(([name, value]) => String(new URLSearchParams([[name, value]])))),
  ];
  const name = `${type}?${written.sort().join('&')}`;
  return { kind: 'search', type, name, criteria, identifiers: identifierValues(parameters) };
}

function criteriaOf(
  type: string,
  parameter: Parameter,
  expression: string,
  context: SearchContext,
): readonly Criterion[] {
  try {
    const { criteria } = parseSearch(type, [parameter], { ...context, isStrict: true });
    if (criteria.length > 0) return criteria;
  } catch (error) {
    if (!(error instanceof CartographError)) throw error;
    throw unsupported(expression, error.message);
  }
  throw unsupported(expression, `parameter ${quote(parameter[0])}, which selects nothing`);
}

/** Of the first `identifier` that asks for values. */
function identifierValues(parameters: readonly Parameter[]): readonly string[] | undefined {
  return parameters
    .filter(([name]) => name === 'identifier')
    .map(([, tokens]) => splitEscaped(tokens, ',').map(valueOfToken))
    .find((values) => !values.includes(''));
}

/** Of `value` and `system|value`; none of `system|`. */
function valueOfToken(token: string): string {
  const [first = '', second] = splitEscaped(token, '|').map(unescaped);
  return second ?? first;
}

function unsupported(expression: string, found: string): Error {
  return rejection('condition-unsupported', `${expression}: found ${found}`, {
    expression,
    expected: 'criteria of a search of that type, each with a value',
  });
}
