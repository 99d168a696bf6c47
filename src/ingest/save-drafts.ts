/** Stores drafts as versions, whether or not something is stored under their ids, and takes away what is to go. */
import type { Patient } from '@medplum/fhirtypes';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import { stringifyWritten } from '../fhir/written-decimals.ts';
import { archiveVersions, deleteResources } from '../store/archive-versions.ts';
import { Collision, type Queryable } from '../store/database.ts';
import { lastVersions } from '../store/history-store.ts';
import { markStale, patientsOf } from '../store/person/stale-patients.ts';
import { keyOf, lockVersions, type StoredVersion } from '../store/resource-store.ts';
import { type IndexedVersion, saveVersions } from '../store/save-versions.ts';
import type { Draft, Removal } from './draft.ts';
import { indexDraft } from './index-draft.ts';
import { directPatients, isIndirect } from './rebuild/affected-patients.ts';
import { recomputeIdentities } from './rebuild/recompute-identities.ts';
import { refuseUnmet } from './refuse-unmet.ts';

export interface WriteResult {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly lastUpdated: Date;
  /** matched: a conditional create found it; unchanged: it was stored with the same content. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'matched' | 'deleted';
  /** FHIR JSON of what was stored just now. */
  readonly content?: string;
}

/** Results by `Type/id`; none for a removal of what is not there. */
export async function saveDrafts(
  tx: Queryable,
  drafts: readonly Draft[],
  removals: readonly Removal[],
  now: Date,
): Promise<ReadonlyMap<string, WriteResult>> {
  const named = drafts.filter(({ target }) => target.mode === 'put');
  const present = await lockVersions(tx, [...named, ...removals]);
  refuseOvertaken(named, present);
  refuseUnmet(drafts, removals, present);
  refuseOtherSites(drafts, removals, present);
  const earlier = await lastVersions(
    tx,
    named.filter((draft) => !present.has(keyOf(draft))),
  );
  const versionAfter = (draft: Draft): number =>
    (present.get(keyOf(draft))?.version ?? earlier.get(keyOf(draft)) ?? 0) + 1;
  const changed = drafts.filter((draft) => present.get(keyOf(draft))?.digest !== draft.digest);
  const replaced = changed.filter((draft) => present.has(keyOf(draft)));
  const gone = removals.filter((removal) => present.has(keyOf(removal)));
  const before = await patientsOf(tx, [...replaced, ...gone]);
  await archiveVersions(tx, replaced);
  await deleteResources(tx, gone, now);
  const rows = changed.map((draft) => versionOf(draft, versionAfter(draft), !present.has(keyOf(draft)), now));
  await saveVersions(tx, rows, [...before, ...changed.flatMap(directPatients)]);
  await markOthers(tx, changed, gone, before, rows.length === 0);
  return resultsOf(rows, gone, present, now);
}

/** A patch that was applied to a version which is no longer the stored one has to be applied anew. */
function refuseOvertaken(drafts: readonly Draft[], present: ReadonlyMap<string, StoredVersion>): void {
  const isOvertaken = (draft: Draft): boolean => {
    const { madeFrom } = draft.target.write;
    return madeFrom !== undefined && present.get(keyOf(draft))?.version !== madeFrom;
  };
  if (drafts.some(isOvertaken)) throw new Collision('What was patched has another version');
}

/** Patients that only the stored links tell, and those whose person has changed. */
async function markOthers(
  tx: Queryable,
  changed: readonly Draft[],
  gone: readonly Removal[],
  before: readonly string[],
  markBefore: boolean,
): Promise<void> {
  const behind = await patientsOf(tx, changed.filter(isIndirect));
  const patients = changed.flatMap(({ resource }) => (resource.resourceType === 'Patient' ? [resource] : []));
  const left = gone.flatMap(({ type, id }) => (type === 'Patient' ? [id] : []));
  const joined = await recomputeIdentities(
    tx,
    patients as readonly (Patient & { readonly id: string })[],
    left,
  );
  await markStale(tx, [...behind, ...joined, ...(markBefore ? before : [])]);
}

function versionOf(draft: Draft, version: number, isNew: boolean, now: Date): IndexedVersion {
  const { type, id, site, digest, resource, references } = draft;
  const { resourceType, id: _id, meta, ...rest } = resource;
  const stamped = { ...meta, versionId: String(version), lastUpdated: now.toISOString() };
  const stored = { resourceType, id, meta: stamped, ...rest };
  return {
    type,
    id,
    site,
    digest,
    version,
    lastUpdated: now,
    content: stringifyWritten(stored),
    isNew,
    ...indexDraft(resource, references),
  };
}

function resultsOf(
  rows: readonly IndexedVersion[],
  gone: readonly Removal[],
  present: ReadonlyMap<string, StoredVersion>,
  now: Date,
): ReadonlyMap<string, WriteResult> {
  const results = new Map<string, WriteResult>();
  for (const [key, version] of present) results.set(key, { ...version, outcome: 'unchanged' });
  for (const { type, id, version, content, isNew } of rows) {
    const outcome = isNew ? 'created' : 'updated';
    results.set(`${type}/${id}`, { type, id, version, lastUpdated: now, outcome, content });
  }
  for (const { type, id } of gone) {
    const version = (present.get(`${type}/${id}`)?.version ?? 0) + 1;
    results.set(`${type}/${id}`, { type, id, version, lastUpdated: now, outcome: 'deleted' });
  }
  return results;
}

function refuseOtherSites(
  drafts: readonly Draft[],
  removals: readonly Removal[],
  present: ReadonlyMap<string, StoredVersion>,
): void {
  const wanted = [
    ...drafts.map((draft) => ({ ...draft, path: draft.target.write.resourcePath })),
    ...removals,
  ];
  const findings = wanted.flatMap(({ type, id, site, path }): readonly Finding[] => {
    if ((present.get(`${type}/${id}`)?.site ?? site) === site) return [];
    return [
      {
        code: 'site-conflict',
        severity: 'error',
        message: `${path}: the resource of that id belongs to another site`,
        expression: path,
        found: `site ${site}`,
        expected: 'the site that stored it first',
      },
    ];
  });
  const [first, ...rest] = findings;
  if (first !== undefined) throw new CartographError([first, ...rest]);
}
