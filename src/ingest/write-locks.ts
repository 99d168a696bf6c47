/** What a transaction locks before it looks, so that no concurrent one makes its answer wrong. */

import type { PlannedDelete, PlannedWrite } from '../fhir/plan-entry.ts';
import { identifiersOf, type OutgoingReference, parseReference, referencesOf } from '../fhir/references.ts';
import { identifierName } from '../store/identifier-index.ts';
import type { LockKey } from '../store/lock-keys.ts';
import { FOLLOWED_TYPES } from '../store/stale-patients.ts';
import { conditionOf } from './resolve-targets.ts';

/** Types whose arrival changes the records of those that refer to them. */
function isAwaited(type: string): boolean {
  return type === 'Patient' || FOLLOWED_TYPES.includes(type);
}

/**
 * Conditions of writes, so that two equal conditional creates make one resource; and identifiers of what others
 * refer to by identifier, exclusive for who stores it and shared for who refers, so that one of the two sees the other.
 */
export function identifierLocks(
  writes: readonly PlannedWrite[],
  deletes: readonly PlannedDelete[],
): readonly LockKey[] {
  const conditions = deletes.flatMap(({ target }) => ('where' in target ? [target.where] : []));
  return [
    ...conditions.map((key) => ({ key: `identifier ${identifierName(key)}`, exclusive: true })),
    ...writes.flatMap(locksOfWrite),
  ];
}

function locksOfWrite(write: PlannedWrite): readonly LockKey[] {
  const condition = conditionOf(write);
  const { type } = write.interaction;
  const own = isAwaited(type) ? identifiersOf(write.resource).map((one) => ({ type, ...one })) : [];
  const exclusive = [...(condition === undefined ? [] : [condition]), ...own];
  const shared = referencesOf(write.resource).flatMap(logicalTarget);
  return [
    ...exclusive.map((key) => ({ key: `identifier ${identifierName(key)}`, exclusive: true })),
    ...shared.map((key) => ({ key: `identifier ${identifierName(key)}`, exclusive: false })),
  ];
}

function logicalTarget({ identifier, type, isSubject }: OutgoingReference) {
  const target = type ?? (isSubject ? 'Patient' : undefined);
  if (identifier === undefined || target === undefined || !isAwaited(target)) return [];
  return [{ type: target, ...identifier }];
}

/** Medications and the like, exclusive for who stores them and shared for who refers to them. */
export function followedLocks(
  written: readonly {
    readonly type: string;
    readonly id: string;
    readonly references: readonly OutgoingReference[];
  }[],
): readonly LockKey[] {
  const keys = new Map<string, boolean>();
  for (const { type, id, references } of written) {
    if (FOLLOWED_TYPES.includes(type)) keys.set(`resource ${type}/${id}`, true);
    for (const { reference } of references) {
      const form = reference === undefined ? undefined : parseReference(reference);
      if (form?.form !== 'literal' || !FOLLOWED_TYPES.includes(form.type)) continue;
      const key = `resource ${form.type}/${form.id}`;
      keys.set(key, keys.get(key) ?? false);
    }
  }
  return [...keys].map(([key, exclusive]) => ({ key, exclusive }));
}
