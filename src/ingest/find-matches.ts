/** Looks up which stored resources meet conditions. */
import { rejection } from '../core/cartograph-error.ts';
import type { Condition, SearchCondition } from '../fhir/condition.ts';
import type { Queryable } from '../store/database.ts';
import { findByIdentifiers, identifierName } from '../store/identifier-index.ts';
import { findIdsOfEach } from '../store/search/search-resources.ts';
import { isIndexCurrent } from './rebuild/reindex.ts';

/** Ids of the stored resources that meet a condition, sorted. */
export type Matches = (condition: Condition) => readonly string[];

/**
 * Of criteria other than one identifier at most `limit` ids each. Throws `service-busy` for them while the
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

export interface SupposedMatch {
  readonly condition: SearchCondition;
  readonly id: string;
}

/** Those that the condition does not find. */
export async function findUnmet<Supposed extends SupposedMatch>(
  tx: Queryable,
  supposed: readonly Supposed[],
): Promise<readonly Supposed[]> {
  const searches = supposed.map(({ condition: { type, criteria }, id }) => ({
    type,
    criteria: [...criteria, { kind: 'ids', ids: [id] } as const],
  }));
  const found = await findIdsOfEach(tx, searches, 1);
  return supposed.filter((_one, index) => found[index]?.length !== 1);
}

/** Those of which the condition finds another one. */
export async function findAccompanied<Supposed extends SupposedMatch>(
  tx: Queryable,
  supposed: readonly Supposed[],
): Promise<readonly Supposed[]> {
  const found = await findIdsOfEach(
    tx,
    supposed.map(({ condition }) => condition),
    2,
  );
  return supposed.filter(({ id }, index) => found[index]?.some((one) => one !== id));
}

async function searchAll(
  tx: Queryable,
  conditions: readonly SearchCondition[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (conditions.length > 0 && !(await isIndexCurrent(tx))) {
    throw rejection('service-busy', 'The search index is being made anew', {
      expected: 'one identifier as the condition, or the same request later',
    });
  }
  const searches = [...new Map(conditions.map((one) => [one.name, one])).values()];
  const found = await findIdsOfEach(tx, searches, limit);
  return new Map(searches.map(({ name }, index) => [name, found[index]?.toSorted() ?? []]));
}
