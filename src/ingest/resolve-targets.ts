/** Which resource each write of a transaction is about: conditions evaluated, ids given, no target named twice. */
import { rejection } from '../core/cartograph-error.ts';
import type { Condition, SearchCondition } from '../fhir/condition.ts';
import type { IdentifierCondition } from '../fhir/identifier-condition.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf } from '../fhir/references.ts';
import { keyOf, type ResourceKey } from '../store/resource-store.ts';
import type { Matches } from './find-matches.ts';

export interface TargetedWrite {
  readonly write: PlannedWrite;
  readonly type: string;
  readonly id: string;
  /** new: the id was just given; put: it may be stored already; matched: a condition found it, nothing is written. */
  readonly mode: 'new' | 'put' | 'matched';
  /** Nothing met it, and so what is stored has to. */
  readonly toMeet?: SearchCondition;
}

/** Throws `reference-ambiguous`, `id-mismatch` or `duplicate-target`. */
export function resolveTargets(
  writes: readonly PlannedWrite[],
  removed: readonly (ResourceKey & { readonly path: string })[],
  matches: Matches,
  newId: () => string,
): readonly TargetedWrite[] {
  const byCondition = new Map<string, string>();
  const written = new Set<string>();
  for (const removal of removed) {
    if (written.has(keyOf(removal))) throw duplicateTarget(removal);
    written.add(keyOf(removal));
  }
  // What the same transaction deletes is gone before its other entries are looked at.
  const remaining: Matches = (condition) =>
    matches(condition).filter((id) => !removed.some((one) => one.id === id && one.type === condition.type));
  return writes.map((write) => {
    const target = targetOf(write, remaining, byCondition, newId);
    if (target.mode === 'matched') return target;
    const key = keyOf(target);
    if (written.has(key)) throw duplicateTarget(write);
    written.add(key);
    return target;
  });
}

/** The condition under which a write is done or finds its target. */
export function conditionOf({ interaction }: PlannedWrite): Condition | undefined {
  if (interaction.kind === 'create') return interaction.unless;
  return interaction.kind === 'update-where' ? interaction.where : undefined;
}

function targetOf(
  write: PlannedWrite,
  matches: Matches,
  byCondition: Map<string, string>,
  newId: () => string,
): TargetedWrite {
  const { interaction } = write;
  const { type } = interaction;
  if (interaction.kind === 'update') return { write, type, id: interaction.id, mode: 'put' };
  const condition = conditionOf(write);
  if (condition === undefined) return { write, type, id: newId(), mode: 'new' };
  const { name } = condition;
  const found = matches(condition);
  refuseAmbiguous(write.path, found.length);
  const [stored] = found;
  if (stored === undefined && condition.kind === 'identifier') requireIdentifier(write, condition);
  const demand = stored === undefined && condition.kind === 'search' ? { toMeet: condition } : {};
  if (interaction.kind === 'create') {
    const id = stored ?? byCondition.get(name);
    if (id !== undefined) return { write, type, id, mode: 'matched' };
    const given = newId();
    byCondition.set(name, given);
    return { write, type, id: given, mode: 'new', ...demand };
  }
  if (byCondition.has(name)) throw duplicateTarget(write);
  const own = write.resource.id;
  if (stored !== undefined && own !== undefined && own !== stored) throw otherId(write);
  const id = stored ?? own ?? newId();
  byCondition.set(name, id);
  return { write, type, id, mode: stored === undefined && own === undefined ? 'new' : 'put', ...demand };
}

/** A resource stored under a condition that it does not meet itself would be stored again at every redelivery. */
function requireIdentifier(write: PlannedWrite, { system, value }: IdentifierCondition): void {
  const carries = identifiersOf(write.resource).some(
    (one) => one.value === value && (system === undefined || one.system === system),
  );
  if (carries) return;
  const expression = `${write.resourcePath}.identifier`;
  throw rejection('element-invalid', `${expression} lacks the identifier of the condition`, {
    expression,
    found: 'no such identifier',
    expected: 'what the condition names',
  });
}

/** The same of other criteria, which only a search of what is stored can tell. */
export function unmetByItself({ resourcePath: expression }: PlannedWrite): Error {
  return rejection('element-invalid', `${expression} does not meet the condition under which it is created`, {
    expression,
    found: 'a resource that the criteria do not find',
    expected: 'one that they find, so that it is created once',
  });
}

function duplicateTarget({ path: expression }: { readonly path: string }): Error {
  return rejection('duplicate-target', `${expression}: another entry names the same resource`, {
    expression,
    found: 'a resource named twice',
    expected: 'one entry for each resource',
  });
}

/** Throws `reference-ambiguous` where a condition matches more than one resource. */
export function refuseAmbiguous(expression: string, count: number): void {
  if (count < 2) return;
  throw rejection('reference-ambiguous', `${expression}: several resources meet the condition`, {
    expression,
    found: 'several matches',
    expected: 'one match at most',
  });
}

function otherId(write: PlannedWrite): Error {
  const expression = `${write.resourcePath}.id`;
  return rejection(
    'id-mismatch',
    `${expression} differs from that of the resource which the condition finds`,
    {
      expression,
      found: 'another id',
      expected: 'the id of the match, or none',
    },
  );
}
