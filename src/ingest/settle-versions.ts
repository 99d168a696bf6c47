/**
 * Version-specific references to what the same transaction writes get the version that it makes (R4, http, 3.1.0.11.2).
 * What version that is shows only once the stored one is locked, for equal content makes none.
 */
import { contentDigest } from '../fhir/content-digest.ts';
import { referencesOf } from '../fhir/references.ts';
import { replaceStrings } from '../fhir/replace-strings.ts';
import type { Queryable } from '../store/database.ts';
import { lastVersions } from '../store/history-store.ts';
import { keyOf, lockVersions, type ResourceKey, readVersions } from '../store/resource-store.ts';
import type { Draft } from './draft.ts';
import type { TargetedWrite } from './resolve-targets.ts';

/** By owner, and by the FHIRPath of a link in it: what it leads to in a version. */
export type VersionedLinks = ReadonlyMap<TargetedWrite, ReadonlyMap<string, TargetedWrite>>;

/** Locks the rows of all that is written, in their order, as storing does. */
export async function settleVersions(
  tx: Queryable,
  drafts: readonly Draft[],
  removed: readonly ResourceKey[],
  links: VersionedLinks,
): Promise<readonly Draft[]> {
  if (links.size === 0) return drafts;
  const named = drafts.filter(({ target }) => target.mode === 'put');
  const present = await lockVersions(tx, [...named, ...removed]);
  const found = [...links.values()]
    .flatMap((one) => [...one.values()])
    .filter(({ mode }) => mode === 'matched');
  const matched = await readVersions(tx, found);
  const gone = await lastVersions(
    tx,
    named.filter((draft) => !present.has(keyOf(draft))),
  );
  const byKey = new Map(drafts.map((draft) => [keyOf(draft), draft]));
  const settled = new Map<string, Draft>();
  const versions = new Map<string, number>();

  const versionOf = (key: string): number => {
    const known = versions.get(key);
    if (known !== undefined) return known;
    const draft = byKey.get(key);
    if (draft === undefined) return matched.get(key)?.version ?? 1;
    const stored = present.get(key);
    const next = (stored?.version ?? gone.get(key) ?? 0) + 1;
    // Where two refer to each other, each names the next version of the other, and so is changed.
    versions.set(key, next);
    const version = stored !== undefined && settle(draft).digest === stored.digest ? next - 1 : next;
    versions.set(key, version);
    return version;
  };
  const settle = (draft: Draft): Draft => {
    const known = settled.get(keyOf(draft));
    if (known !== undefined) return known;
    const own = links.get(draft.target);
    const result = own === undefined ? draft : withVersions(draft, own, versionOf);
    settled.set(keyOf(draft), result);
    return result;
  };
  return drafts.map(settle);
}

function withVersions(
  draft: Draft,
  links: ReadonlyMap<string, TargetedWrite>,
  versionOf: (key: string) => number,
): Draft {
  const resource = replaceStrings(draft.resource, draft.target.write.resourcePath, (text, path) => {
    const target = links.get(path);
    if (target === undefined) return text;
    const key = keyOf(target);
    return `${key}/_history/${versionOf(key)}${/#.*$/s.exec(text)?.[0] ?? ''}`;
  });
  return { ...draft, resource, references: referencesOf(resource), digest: contentDigest(resource) };
}
