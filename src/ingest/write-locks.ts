/** What a transaction locks before it looks, so that no concurrent one makes its answer wrong. */

import type { Condition } from '../fhir/condition.ts';
import type { PlannedDelete, PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf, type OutgoingReference, parseReference, referencesOf } from '../fhir/references.ts';
import type { LockKey } from '../store/lock-keys.ts';
import { FOLLOWED_TYPES } from '../store/person/stale-patients.ts';
import { conditionOf } from './resolve-targets.ts';

/** Types whose arrival changes the records of those that refer to them. */
function isAwaited(type: string): boolean {
  return type === 'Patient' || FOLLOWED_TYPES.includes(type);
}

/** Name of an identifier of that value, of whatever system, so that `identifier=value` and `system|value` meet. */
export function identifierKey(type: string, value: string): string {
  return `identifier ${type} ${value}`;
}

/** Values of identifiers of which every match carries one; undefined where a condition does not say. */
export function soughtIdentifiers(condition: Condition): readonly string[] | undefined {
  return condition.kind === 'identifier' ? [condition.value] : condition.identifiers;
}

/**
 * Conditions of writes, so that two conditional creates make one resource if they could find each other's; and
 * identifiers of what others refer to by identifier, exclusive for who stores it and shared for who refers, so that
 * one of the two sees the other. A condition that names no identifier excludes all that lock anything of its type.
 */
export function conditionLocks(
  writes: readonly PlannedWrite[],
  deletes: readonly PlannedDelete[],
): readonly LockKey[] {
  const conditions = deletes.flatMap(({ target }) => ('where' in target ? [target.where] : []));
  return merged([...conditions.flatMap(locksOfCondition), ...writes.flatMap(locksOfWrite)]);
}

function locksOfCondition(condition: Condition): readonly LockKey[] {
  const { type } = condition;
  const values = soughtIdentifiers(condition);
  if (values === undefined) return [typeLock(type, true)];
  return [
    typeLock(type, false),
    ...values.map((value) => ({ key: identifierKey(type, value), exclusive: true })),
  ];
}

function typeLock(type: string, exclusive: boolean): LockKey {
  return { key: `type ${type}`, exclusive };
}

function locksOfWrite(write: PlannedWrite): readonly LockKey[] {
  const condition = conditionOf(write);
  const { type } = write.interaction;
  const own = isAwaited(type) ? identifiersOf(write.resource) : [];
  return [
    ...(condition === undefined ? [] : locksOfCondition(condition)),
    ...(isAwaited(type) ? [typeLock(type, false)] : []),
    ...own.map(({ value }) => ({ key: identifierKey(type, value), exclusive: true })),
    ...referencesOf(write.resource).flatMap(logicalTarget),
  ];
}

function logicalTarget({ identifier, type, isSubject }: OutgoingReference): readonly LockKey[] {
  const target = type ?? (isSubject ? 'Patient' : undefined);
  if (identifier === undefined || target === undefined || !isAwaited(target)) return [];
  return [{ key: identifierKey(target, identifier.value), exclusive: false }];
}

function merged(keys: readonly LockKey[]): readonly LockKey[] {
  const strongest = new Map<string, boolean>();
  for (const { key, exclusive } of keys) strongest.set(key, exclusive || strongest.get(key) === true);
  return [...strongest].map(([key, exclusive]) => ({ key, exclusive }));
}

/** Medications and the like, exclusive for who stores them and shared for who refers to them. */
export function followedLocks(
  written: readonly {
    readonly type: string;
    readonly id: string;
    readonly references: readonly OutgoingReference[];
  }[],
): readonly LockKey[] {
  return merged(
    written.flatMap(({ type, id, references }) => [
      ...(FOLLOWED_TYPES.includes(type) ? [{ key: `resource ${type}/${id}`, exclusive: true }] : []),
      ...references.flatMap(({ reference }) => {
        const form = reference === undefined ? undefined : parseReference(reference);
        if (form?.form !== 'literal' || !FOLLOWED_TYPES.includes(form.type)) return [];
        return [{ key: `resource ${form.type}/${form.id}`, exclusive: false }];
      }),
    ]),
  );
}
