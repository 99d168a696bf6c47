import { isResourceType } from '../../fhir/element-types.ts';

/** What stands for the request itself. */
const OTHERS = new Set(['Resource', 'Host', 'Origin', 'Prefer']);
const STEPS =
  /^[A-Za-z]+(?:\.[a-z][A-Za-z]*(?:\[\d+\])?|\[\d+\]|\.(?:where|ofType|resolve)\([^']*(?:'…'[^']*)*\))*$/;

/**
 * The FHIRPath of a finding, as it may stand in the log: it begins with a resource type or another word of ours, and quotes
 * nothing, for a name of a parameter, say, is the caller's text. Undefined for anything else.
 */
export function loggableExpression(expression: string): string | undefined {
  const [first = ''] = expression.split(/[.[]/);
  const bare = expression.replace(/'[^']*'/g, "'…'");
  return (isResourceType(first) || OTHERS.has(first)) && STEPS.test(bare) ? bare : undefined;
}
