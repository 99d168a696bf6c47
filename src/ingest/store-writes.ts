/** Stores the writes and removals of one transaction: all of them, or none because it throws. */
import type { Resource } from '@medplum/fhirtypes';
import type { Condition } from '../fhir/condition.ts';
import { contentDigest } from '../fhir/content-digest.ts';
import type { PlannedDelete, PlannedWrite } from '../fhir/plan-entry.ts';
import { referencesOf } from '../fhir/references.ts';
import { indexResource } from '../fhir/search/index-resource.ts';
import { meetsByRows } from '../fhir/search/meets-by-rows.ts';
import { Collision, type Queryable } from '../store/database.ts';
import { lockKeys } from '../store/lock-keys.ts';
import { keyOf, lockVersions, type ResourceKey, readVersions } from '../store/resource-store.ts';
import type { Draft, Removal } from './draft.ts';
import { findAccompanied, findMatches, findUnmet, type Matches, type SupposedMatch } from './find-matches.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { referenceConditions, resolveReferences } from './resolve-references.ts';
import {
  conditionOf,
  refuseAmbiguous,
  resolveTargets,
  type TargetedWrite,
  unmetByItself,
} from './resolve-targets.ts';
import { saveDrafts, type WriteResult } from './save-drafts.ts';
import { settleVersions } from './settle-versions.ts';
import { conditionLocks, followedLocks } from './write-locks.ts';

export interface StoredWrites {
  /** In the order of the writes. */
  readonly writes: readonly WriteResult[];
  /** In the order of the removals; undefined where there was nothing to remove. */
  readonly removals: readonly (WriteResult | undefined)[];
}

/**
 * Throws a rejection with every finding that one pass gives. Where the writes are apart, nobody sent them together: it
 * throws as well where one of them meets a condition that another is created under.
 */
export async function storeWrites(
  tx: Queryable,
  writes: readonly PlannedWrite[],
  deletes: readonly PlannedDelete[],
  context: IngestContext,
  deps: IngestDeps,
  areApart = false,
): Promise<StoredWrites> {
  const searchContext = deps.searchContext();
  const sought = [
    ...writes.flatMap((write) => conditionOf(write) ?? []),
    ...deletes.flatMap(({ target }) => ('where' in target ? [target.where] : [])),
  ];
  const conditions = [...sought, ...referenceConditions(writes, searchContext)];
  // What the same transaction takes away or overwrites may be among them, and two more than that are several.
  const limit = writes.length + deletes.length + 2;
  await lockKeys(tx, 'identifiers', conditionLocks(writes, deletes));
  const matches = await findMatches(tx, conditions, limit);
  const removals = deletes.map((one) => removalOf(one, matches, context));
  const removed = removals.flatMap((one) => one ?? []);
  const targets = resolveTargets(writes, removed, matches, deps.newId);
  const { resources, versioned } = resolveReferences(targets, removed, matches, searchContext);
  const resolved = targets.flatMap((target, index) => {
    const resource = resources[index];
    return target.mode === 'matched' || resource === undefined
      ? []
      : [draftOf(target, resource, context, deps)];
  });
  await deps.refuseInvalid(
    resolved.map(({ resource, target }) => ({ resource, path: target.write.resourcePath })),
  );
  await lockKeys(tx, 'resources', followedLocks([...resolved, ...removed]));
  await lockMatches(
    tx,
    [...resolved.filter(({ target }) => target.mode === 'put'), ...removed],
    sought,
    matches,
  );
  const drafts = await settleVersions(tx, resolved, removed, versioned);
  const stored = await saveDrafts(tx, drafts, removed, deps.now());
  await refuseUnmetByItself(tx, drafts, areApart);
  return {
    writes: await resultsOf(tx, targets, stored),
    removals: removals.map((one) => (one === undefined ? undefined : stored.get(keyOf(one)))),
  };
}

/** A write by id may have changed what was found: it must still be what the condition finds once it is locked. */
async function lockMatches(
  tx: Queryable,
  written: readonly ResourceKey[],
  sought: readonly Condition[],
  matches: Matches,
): Promise<void> {
  const keys = new Set(written.map(keyOf));
  const relied = sought.flatMap((condition) => {
    if (condition.kind !== 'search') return [];
    const { type } = condition;
    return matches(condition).flatMap((id) => (keys.has(keyOf({ type, id })) ? [{ condition, id }] : []));
  });
  if (relied.length === 0) return;
  await lockVersions(tx, written);
  const changed = await findUnmet(tx, relied);
  if (changed.length > 0) throw new Collision('Another transaction changed what was found');
}

/** Throws where the criteria would create it again at every redelivery; apart, also where they find what was written with it. */
async function refuseUnmetByItself(
  tx: Queryable,
  drafts: readonly Draft[],
  areApart: boolean,
): Promise<void> {
  const created = drafts.flatMap(({ target: { toMeet, id, write }, resource }) =>
    toMeet === undefined ? [] : [{ condition: toMeet, id, write, resource }],
  );
  // Only what its own content leaves open is asked of the database.
  const [unmet] = await findUnmet(
    tx,
    created.filter((one) => !isKnownToMeet(one)),
  );
  if (unmet !== undefined) throw unmetByItself(unmet.write);
  const [accompanied] = areApart ? await findAccompanied(tx, created) : [];
  if (accompanied !== undefined) refuseAmbiguous(accompanied.write.path, 2);
}

function isKnownToMeet({
  condition,
  id,
  resource,
}: SupposedMatch & { readonly resource: Resource }): boolean {
  const searched = { id, rows: indexResource(resource), hasFinalReferences: true };
  return condition.criteria.every((one) => meetsByRows(one, searched) === 'MET');
}

async function resultsOf(
  tx: Queryable,
  targets: readonly TargetedWrite[],
  stored: ReadonlyMap<string, WriteResult>,
): Promise<readonly WriteResult[]> {
  const matched = targets.filter(({ mode }) => mode === 'matched');
  const present = await readVersions(tx, matched);
  return targets.map((target) => {
    const result = stored.get(keyOf(target));
    if (result !== undefined && target.mode !== 'matched') return result;
    const version = result ?? present.get(keyOf(target));
    if (version === undefined) throw new Collision('What a condition found is gone');
    const { type, id } = target;
    return { type, id, version: version.version, lastUpdated: version.lastUpdated, outcome: 'matched' };
  });
}

function draftOf(target: TargetedWrite, resource: Resource, context: IngestContext, deps: IngestDeps): Draft {
  const { type, id } = target;
  const identified = { ...resource, id } as Resource;
  return {
    target,
    type,
    id,
    resource: identified,
    references: referencesOf(identified),
    site: deps.siteOf(identified, context.site),
    digest: contentDigest(identified),
  };
}

/** Undefined where no resource meets the condition. Throws `reference-ambiguous` where several do. */
function removalOf(one: PlannedDelete, matches: Matches, { site }: IngestContext): Removal | undefined {
  const { type, target, path, ifVersion } = one;
  const found = 'id' in target ? [target.id] : matches(target.where);
  refuseAmbiguous(path, found.length);
  const [id] = found;
  if (id === undefined) return undefined;
  return { type, id, path, site, references: [], ...(ifVersion === undefined ? {} : { ifVersion }) };
}
