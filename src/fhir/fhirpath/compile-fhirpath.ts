import { compileExpression } from './compile-expression.ts';
import { type Compiled, constantOf, type Types } from './compiled.ts';
import type { Expression } from './expression.ts';
import { NotCompilable } from './fhirpath-error.ts';
import { compileWithLibrary, type Variable } from './library-expression.ts';
import type { Origin } from './origin.ts';
import { parseFhirPath } from './parse-fhirpath.ts';
import type { Evaluate } from './value.ts';

export interface FhirPathOptions {
  /** Types of what the expression is applied to, such as `['Observation']` or `['Observation.component']`. */
  readonly focus: Types;
  /** Types of `%resource`; those of the focus unless given. */
  readonly resource?: Types;
  /** Values of `%name`, each a primitive with its FHIR type. */
  readonly variables?: Readonly<Record<string, Variable>>;
}

export interface CompiledFhirPath {
  readonly source: string;
  readonly expression: Expression;
  /**
   * Applies the expression to an item. Returns undefined for an empty collection, the item for one, an array for
   * several. Throws FhirPathError `evaluation`.
   */
  readonly evaluate: Evaluate;
  /** Types that the result may have; undefined when unknown. */
  readonly types: Types;
  /** True when it runs as our closures, false when the library runs it. */
  readonly compiled: boolean;
  /** Where the items come from; absent when the library runs it, or when they come from nowhere. */
  readonly origin?: Origin;
  /** Why it could not be compiled. */
  readonly reason?: string;
  /** Elements named in it that R4 does not have, as `Type.name`: most often a misspelling. */
  readonly unknownElements: readonly string[];
}

/**
 * Compiles an expression of FHIRPath for R4 to a function over FHIR JSON.
 * @throws FhirPathError `syntax` when it cannot be read or names an undefined variable.
 */
export function compileFhirPath(source: string, options: FhirPathOptions): CompiledFhirPath {
  const expression = parseFhirPath(source);
  const variables = new Map<string, Compiled>(
    Object.entries(options.variables ?? {}).map(([name, { type, value }]) => [
      name,
      constantOf(value, [type]),
    ]),
  );
  const unknownElements = new Set<string>();
  const { focus } = options;
  const scope = { focus, context: focus, root: options.resource ?? focus, variables, unknownElements };
  try {
    const { evaluate, types, origin } = compileExpression(expression, scope);
    return {
      source,
      expression,
      evaluate: source.includes('%context') ? withContext(evaluate) : evaluate,
      types,
      compiled: true,
      unknownElements: [...unknownElements],
      ...(origin === undefined ? {} : { origin }),
    };
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    const evaluate = compileWithLibrary(source, focus, options.variables ?? {});
    const reason = error.message;
    return {
      source,
      expression,
      evaluate,
      types: undefined,
      compiled: false,
      reason,
      unknownElements: [...unknownElements],
    };
  }
}

function withContext(evaluate: Evaluate): Evaluate {
  return (focus, frame) => {
    frame.context = focus;
    return evaluate(focus, frame);
  };
}
