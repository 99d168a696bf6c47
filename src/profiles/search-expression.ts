import { quote } from '../core/finding.ts';
import { isResourceType } from '../fhir/element-types.ts';
import { compileFhirPath } from '../fhir/fhirpath/compile-fhirpath.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import { parseFhirPath } from '../fhir/fhirpath/parse-fhirpath.ts';
import type { JsonObject } from './definition.ts';
import type { Run } from './run.ts';

/** The expression of a search parameter is FHIRPath and names elements that its base resources have. */
export function checkSearchExpression({ expression, base }: JsonObject, run: Run): void {
  if (typeof expression !== 'string') return;
  const fault = faultOf(expression, Array.isArray(base) ? base : []);
  if (fault === undefined) return;
  run.push('expression', -1, 'string');
  run.error('definition-invalid', fault, { found: quote(expression) });
  run.pop();
}

function faultOf(expression: string, bases: readonly unknown[]): string | undefined {
  try {
    parseFhirPath(expression);
  } catch (error) {
    if (error instanceof FhirPathError) return 'is no FHIRPath';
    throw error;
  }
  const types = bases.filter((each) => typeof each === 'string' && isResourceType(each));
  if (types.length === 0) return undefined;
  const isNamed = types.some((type) => unknownIn(expression, String(type)).length === 0);
  return isNamed ? undefined : 'names an element that its base does not have';
}

/** Elements of the expression that R4 does not have, seen from that resource; parts for other resources do not count. */
function unknownIn(expression: string, type: string): readonly string[] {
  const parts = expression.split('|').map((part) => part.trim());
  const root = (part: string): string => /^\(?\s*([A-Z][A-Za-z]*)\b/.exec(part)?.[1] ?? type;
  const own = parts.filter((part) => root(part) === type || !isResourceType(root(part)));
  if (own.length === 0) return [expression];
  try {
    return own.flatMap((part) => compileFhirPath(part, { focus: [type] }).unknownElements);
  } catch (error) {
    // A part of an expression cut inside brackets: nothing can be said.
    if (error instanceof FhirPathError) return [];
    throw error;
  }
}
