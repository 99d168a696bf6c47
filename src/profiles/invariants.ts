import { compileFhirPath } from '../fhir/fhirpath/compile-fhirpath.ts';
import { FhirPathError } from '../fhir/fhirpath/fhirpath-error.ts';
import type { Constraint } from './definition.ts';
import { correctedExpression } from './errata.ts';
import { nativeInvariant } from './native-invariants.ts';
import type { Run } from './run.ts';

const BEST_PRACTICE = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice';

type Holds = (value: unknown, run: Run) => boolean | undefined;

export type InvariantCheck = (value: unknown, run: Run) => void;

/**
 * One check for all these invariants on values of a type, in a resource of a type; undefined where there is nothing to check. Those that stand
 * on nearly every element are written here as closures of their own; the others go through FHIRPath.
 */
export function compileInvariants(
  constraints: readonly Constraint[],
  type: string,
  resourceType: string = type.split('.')[0] ?? type,
  rule?: string,
): InvariantCheck | undefined {
  const checks = constraints.flatMap((constraint) => compileOne(constraint, type, resourceType, rule) ?? []);
  if (checks.length === 0) return undefined;
  if (checks.length === 1) return checks[0];
  return (value, run) => {
    for (const check of checks) check(value, run);
  };
}

function compileOne(
  constraint: Constraint,
  type: string,
  resourceType: string,
  rule: string | undefined,
): InvariantCheck | undefined {
  const { key, expression, human = '' } = constraint;
  if (expression === undefined || key === 'ele-1') return undefined;
  const severity = severityOf(constraint);
  let holds: Holds | undefined;
  return (value, run) => {
    holds ??= compileExpression(expression, type, resourceType);
    const verdict = holds(value, run);
    if (verdict === true) return;
    if (verdict === false) {
      const details = { expected: human, rule: rule === undefined ? key : `${rule}#${key}` };
      run.report('invariant-failed', severity, `${key}: ${human}`, details);
    } else {
      run.report('invariant-undecidable', 'information', `${key} cannot be decided: ${human}`, { rule: key });
    }
  };
}

function severityOf({ severity, extension }: Constraint): 'error' | 'warning' {
  const isAdvice = extension?.some(({ url, valueBoolean }) => url === BEST_PRACTICE && valueBoolean === true);
  return severity === 'error' && isAdvice !== true ? 'error' : 'warning';
}

function compileExpression(expression: string, type: string, resourceType: string): Holds {
  const native = nativeInvariant(expression);
  if (native !== undefined) return native;
  try {
    const { evaluate } = compileFhirPath(correctedExpression(expression), {
      focus: [type],
      resource: [resourceType],
    });
    return (value, run) => evaluated(() => evaluate(value, withContext(run, value)));
  } catch (error) {
    if (error instanceof FhirPathError) return () => undefined;
    throw error;
  }
}

function withContext(run: Run, value: unknown): Run['frame'] {
  run.frame.context = value;
  return run.frame;
}

/** An empty result breaks the invariant, as a false one does. */
function evaluated(run: () => unknown): boolean | undefined {
  try {
    const found = run();
    if (found === undefined) return false;
    if (typeof found === 'boolean') return found;
    return !Array.isArray(found) || found.every((each) => each !== false);
  } catch (error) {
    if (error instanceof FhirPathError) return undefined;
    throw error;
  }
}
