/** Stores the writes of one transaction: all of them, or none because it throws. */
import type { Resource } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import { contentDigest } from '../fhir/content-digest.ts';
import type { PlannedWrite } from '../fhir/plan-entry.ts';
import { referencesOf } from '../fhir/references.ts';
import type { Queryable } from '../store/database.ts';
import { findByIdentifiers, identifierName } from '../store/identifier-index.ts';
import { lockKeys } from '../store/lock-keys.ts';
import {
  insertResources,
  keyOf,
  lockVersions,
  type NewVersion,
  readVersions,
  replaceResources,
  type StoredVersion,
} from '../store/resource-store.ts';
import type { IngestContext, IngestDeps } from './ingest-deps.ts';
import { referenceConditions, resolveReferences } from './resolve-references.ts';
import { conditionOf, type Matches, resolveTargets, type TargetedWrite } from './resolve-targets.ts';
import { type LinkedResource, updateLinks } from './update-links.ts';
import { followedLocks, identifierLocks } from './write-locks.ts';

export interface WriteResult {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly lastUpdated: Date;
  /** matched: a conditional create found it; unchanged: it was stored with the same content. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'matched';
}

/** What is to be stored, but for the version. */
interface Draft extends LinkedResource {
  readonly target: TargetedWrite;
  readonly site: string;
  readonly digest: string;
}

/** Results in the order of the writes. Throws a rejection with every finding that one pass gives. */
export async function storeWrites(
  tx: Queryable,
  writes: readonly PlannedWrite[],
  context: IngestContext,
  deps: IngestDeps,
): Promise<readonly WriteResult[]> {
  const conditions = [...writes.flatMap((write) => conditionOf(write) ?? []), ...referenceConditions(writes)];
  await lockKeys(tx, 'identifiers', identifierLocks(writes));
  const found = await findByIdentifiers(tx, conditions);
  const matches: Matches = (condition) => found.get(identifierName(condition)) ?? [];
  const targets = resolveTargets(writes, matches, deps.newId);
  const resources = resolveReferences(targets, matches);
  const drafts = targets.flatMap((target, index) => {
    const resource = resources[index];
    return target.mode === 'matched' || resource === undefined
      ? []
      : [draftOf(target, resource, context, deps)];
  });
  await lockKeys(tx, 'resources', followedLocks(drafts));
  const stored = await saveDrafts(tx, drafts, deps.now());
  const present = await readVersions(
    tx,
    targets.filter(({ mode }) => mode === 'matched'),
  );
  return targets.map((target) => {
    const result = stored.get(keyOf(target));
    if (result !== undefined && target.mode !== 'matched') return result;
    const version = result ?? present.get(keyOf(target));
    if (version === undefined) throw new Error('A matched resource is gone within its transaction');
    return {
      ...target,
      version: version.version,
      lastUpdated: version.lastUpdated,
      outcome: 'matched' as const,
    };
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

async function saveDrafts(
  tx: Queryable,
  drafts: readonly Draft[],
  now: Date,
): Promise<ReadonlyMap<string, WriteResult>> {
  const results = new Map<string, WriteResult>();
  const created: Draft[] = [];
  const replaced: Draft[] = [];
  let open = drafts;
  // What another transaction stores between the look and the insert is looked at again.
  while (open.length > 0) {
    const present = await lockVersions(
      tx,
      open.filter(({ target }) => target.mode === 'put'),
    );
    refuseOtherSites(open, present);
    const fresh = open.filter((draft) => !present.has(keyOf(draft)));
    const taken = await insertResources(
      tx,
      fresh.map((draft) => versionOf(draft, 1, now)),
    );
    const inserted = fresh.filter((draft) => !taken.has(keyOf(draft)));
    const changed = open.filter(
      (draft) => (present.get(keyOf(draft))?.digest ?? draft.digest) !== draft.digest,
    );
    const next = (draft: Draft): number => (present.get(keyOf(draft))?.version ?? 0) + 1;
    await replaceResources(
      tx,
      changed.map((draft) => versionOf(draft, next(draft), now)),
    );
    for (const [key, version] of present) results.set(key, { ...version, outcome: 'unchanged' });
    for (const draft of inserted) results.set(keyOf(draft), resultOf(draft, 1, now, 'created'));
    for (const draft of changed) results.set(keyOf(draft), resultOf(draft, next(draft), now, 'updated'));
    created.push(...inserted);
    replaced.push(...changed);
    open = fresh.filter((draft) => taken.has(keyOf(draft)));
  }
  await updateLinks(tx, created, replaced);
  return results;
}

function versionOf(draft: Draft, version: number, now: Date): NewVersion {
  const { type, id, site, digest, resource } = draft;
  const { resourceType, id: _id, meta, ...rest } = resource;
  const stamped = { ...meta, versionId: String(version), lastUpdated: now.toISOString() };
  const content = JSON.stringify({ resourceType, id, meta: stamped, ...rest });
  return { type, id, site, digest, version, lastUpdated: now, content };
}

function resultOf(
  { type, id }: Draft,
  version: number,
  lastUpdated: Date,
  outcome: WriteResult['outcome'],
): WriteResult {
  return { type, id, version, lastUpdated, outcome };
}

function refuseOtherSites(drafts: readonly Draft[], present: ReadonlyMap<string, StoredVersion>): void {
  const findings = drafts.flatMap((draft): readonly Finding[] => {
    const owner = present.get(keyOf(draft))?.site ?? draft.site;
    if (owner === draft.site) return [];
    const expression = draft.target.write.resourcePath;
    return [
      {
        code: 'site-conflict',
        severity: 'error',
        message: `${expression}: the resource of that id belongs to another site`,
        expression,
        found: `site ${draft.site}`,
        expected: 'the site that stored it first',
      },
    ];
  });
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
}
