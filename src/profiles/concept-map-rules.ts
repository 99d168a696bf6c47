/** Codes of a ConceptMap are codes of its systems and of the value sets that it maps (R4, conceptmap.html). */
import { quote } from '../core/finding.ts';
import { isObject, type JsonObject, withoutVersion } from './definition.ts';
import type { Run } from './run.ts';
import type { ValidatorContext } from './validator-context.ts';

/** One side of a map: the system of a group and the value set of the whole, as far as they are named. */
interface Side {
  readonly system: string | undefined;
  readonly valueSet: string | undefined;
}

export function checkConceptMap(map: JsonObject, context: ValidatorContext, run: Run): void {
  each(map, 'group', 'ConceptMap.group', run, (group) => {
    const source = sideOf(group, map, 'source');
    const target = sideOf(group, map, 'target');
    each(group, 'element', 'ConceptMap.group.element', run, (element) => {
      checkCode(element, source, context, run);
      each(element, 'target', 'ConceptMap.group.element.target', run, (one) =>
        checkCode(one, target, context, run),
      );
    });
  });
}

function each(
  owner: JsonObject,
  name: string,
  type: string,
  run: Run,
  visit: (item: JsonObject) => void,
): void {
  const list = owner[name];
  for (const [i, item] of (Array.isArray(list) ? list : []).entries()) {
    if (!isObject(item)) continue;
    run.push(name, i, type, item);
    visit(item);
    run.pop();
  }
}

function sideOf(group: JsonObject, map: JsonObject, side: 'source' | 'target'): Side {
  const system = group[side];
  const valueSet = map[`${side}Canonical`] ?? map[`${side}Uri`];
  return {
    system: typeof system === 'string' ? withoutVersion(system) : undefined,
    valueSet: typeof valueSet === 'string' ? valueSet : undefined,
  };
}

function checkCode(
  { code }: JsonObject,
  { system, valueSet }: Side,
  { store: { terminology } }: ValidatorContext,
  run: Run,
): void {
  if (typeof code !== 'string' || system === undefined) return;
  const isNone = terminology.codeExists(system, code) === 'not-member';
  const isOutside =
    !isNone && valueSet !== undefined && terminology.membershipTest(valueSet)(system, code) === 'not-member';
  if (!isNone && !isOutside) return;
  run.push('code', -1, 'code');
  const [error, place] = isNone
    ? (['code-unknown', system] as const)
    : (['code-not-in-value-set', valueSet] as const);
  run.error(error, `the code is not one of ${place}`, { found: quote(code), expected: place ?? '' });
  run.pop();
}
