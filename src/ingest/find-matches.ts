/** Looks up which stored resources meet conditions. */
import { rejection } from '../core/cartograph-error.ts';
import type { Condition, SearchCondition } from '../fhir/condition.ts';
import type { Queryable } from '../store/database.ts';
import { findByIdentifiers, identifierName } from '../store/identifier-index.ts';
import { findIds } from '../store/search-resources.ts';
import { isIndexCurrent } from './reindex.ts';

/** Ids of the stored resources that meet a condition, sorted. */
export type Matches = (condition: Condition) => readonly string[];

/**
 * Of criteria other than `identifier=system|value` at most `limit` ids each. Throws `service-busy` for them while the
 * index is made anew, for it could hide what is there.
 */
export async function findMatches(
  tx: Queryable,
  conditions: readonly Condition[],
  limit: number,
): Promise<Matches> {
  const identified = conditions.flatMap((one) => (one.kind === 'identifier' ? [one] : []));
  const byIdentifier = await findByIdentifiers(tx, identified);
  const byName = await searchAll(
    tx,
    conditions.flatMap((one) => (one.kind === 'search' ? [one] : [])),
    limit,
  );
  return (condition) =>
    (condition.kind === 'identifier'
      ? byIdentifier.get(identifierName(condition))
      : byName.get(condition.name)) ?? [];
}

/** Says whether the stored resource meets the condition. */
export async function isMatch(tx: Queryable, condition: SearchCondition, id: string): Promise<boolean> {
  const criteria = [...condition.criteria, { kind: 'ids', ids: [id] } as const];
  return (await findIds(tx, { type: condition.type, criteria }, 1)).length > 0;
}

async function searchAll(
  tx: Queryable,
  conditions: readonly SearchCondition[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  if (conditions.length > 0 && !(await isIndexCurrent(tx))) {
    throw rejection('service-busy', 'The search index is being made anew', {
      expected: 'identifier=system|value as the condition, or the same request later',
    });
  }
  for (const condition of conditions) {
    if (found.has(condition.name)) continue;
    found.set(condition.name, (await findIds(tx, condition, limit)).toSorted());
  }
  return found;
}
