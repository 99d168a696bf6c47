/** Rules of definitional resources that no invariant of R4 states; more of them stand in files of their own. */
import type { JsonObject } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

type Rule = (resource: JsonObject, context: ValidatorContext, run: Run) => void;

const RULES: Readonly<Record<string, Rule>> = {};

export function checkDefinition(
  type: string,
  resource: JsonObject,
  context: ValidatorContext,
  run: Run,
): void {
  if (Object.hasOwn(RULES, type)) RULES[type]?.(resource, context, run);
}
