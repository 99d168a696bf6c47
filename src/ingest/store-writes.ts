/** Stores the writes and removals of one transaction: all of them, or none because it throws. */
import type { Resource } from '@medplum/fhirtypes';
import { contentDigest } from '../fhir/content-digest.ts';
import type { PlannedDelete, PlannedWrite } from '../fhir/plan-entry.ts';
import { referencesOf } from '../fhir/references.ts';
import type { Queryable } from '../store/database.ts';
import { findByIdentifiers, identifierName } from '../store/identifier-index.ts';
import { lockKeys } from '../store/lock-keys.ts';
import { keyOf, readVersions } from '../store/resource-store.ts';
import type { Draft, Removal } from './draft.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { referenceConditions, resolveReferences } from './resolve-references.ts';
import {
  conditionOf,
  type Matches,
  refuseAmbiguous,
  resolveTargets,
  type TargetedWrite,
} from './resolve-targets.ts';
import { saveDrafts, type WriteResult } from './save-drafts.ts';
import { followedLocks, identifierLocks } from './write-locks.ts';

export interface StoredWrites {
  /** In the order of the writes. */
  readonly writes: readonly WriteResult[];
  /** In the order of the removals; undefined where there was nothing to remove. */
  readonly removals: readonly (WriteResult | undefined)[];
}

/** Throws a rejection with every finding that one pass gives. */
export async function storeWrites(
  tx: Queryable,
  writes: readonly PlannedWrite[],
  deletes: readonly PlannedDelete[],
  context: IngestContext,
  deps: IngestDeps,
): Promise<StoredWrites> {
  const conditions = [
    ...writes.flatMap((write) => conditionOf(write) ?? []),
    ...deletes.flatMap(({ target }) => ('where' in target ? [target.where] : [])),
    ...referenceConditions(writes),
  ];
  await lockKeys(tx, 'identifiers', identifierLocks(writes, deletes));
  const found = await findByIdentifiers(tx, conditions);
  const matches: Matches = (condition) => found.get(identifierName(condition)) ?? [];
  const removals = deletes.map((one) => removalOf(one, matches, context));
  const removed = removals.flatMap((one) => one ?? []);
  const targets = resolveTargets(writes, removed, matches, deps.newId);
  const resources = resolveReferences(targets, removed, matches);
  const drafts = targets.flatMap((target, index) => {
    const resource = resources[index];
    return target.mode === 'matched' || resource === undefined
      ? []
      : [draftOf(target, resource, context, deps)];
  });
  await deps.refuseInvalid(
    drafts.map(({ resource, target }) => ({ resource, path: target.write.resourcePath })),
  );
  await lockKeys(tx, 'resources', followedLocks([...drafts, ...removed]));
  const stored = await saveDrafts(tx, drafts, removed, deps.now());
  return {
    writes: await resultsOf(tx, targets, stored),
    removals: removals.map((one) => (one === undefined ? undefined : stored.get(keyOf(one)))),
  };
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
    if (version === undefined) throw new Error('A matched resource is gone within its transaction');
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
