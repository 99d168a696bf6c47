import type { Resource } from '@medplum/fhirtypes';
import { contentDigest } from '../../fhir/content-digest.ts';
import { referencesOf } from '../../fhir/references.ts';
import type { Queryable } from '../../store/database.ts';
import { parseStored } from '../../store/parse-stored.ts';
import { readBundlesWith, readReferrers } from '../../store/person/person-traces.ts';
import { keyOf, lockVersions, type ResourceKey, readContents } from '../../store/resource-store.ts';
import type { Draft } from '../draft.ts';
import { saveDrafts } from '../save-drafts.ts';
import type { ErasedPerson } from './erased-person.ts';
import type { WholePerson } from './whole-person.ts';

const BATCH = 200;

/**
 * Stores another version, without what it says of the person, of everything that stays and names it or what goes with
 * it. Answers what that was.
 */
export async function redactReferrers(
  tx: Queryable,
  person: ErasedPerson,
  targets: { readonly keys: readonly ResourceKey[] } & Pick<WholePerson, 'patientIds' | 'identifiers'>,
  now: Date,
): Promise<readonly ResourceKey[]> {
  // Some name a Patient that has never come.
  const patients = targets.patientIds.map((id) => ({ type: 'Patient', id }));
  const found = [...(await readReferrers(tx, [...patients, ...targets.keys], targets.identifiers))];
  for await (const page of readBundlesWith(tx, person.words)) {
    found.push(...page.map(({ type, id }) => ({ type, id })).filter((key) => !person.goes(key)));
  }
  const referring = [...new Map(found.map((key) => [keyOf(key), key])).values()];
  const redacted: ResourceKey[] = [];
  for (let from = 0; from < referring.length; from += BATCH) {
    const drafts = await draftsOf(tx, referring.slice(from, from + BATCH), person);
    await saveDrafts(tx, drafts, [], now);
    redacted.push(...drafts.map(({ type, id }) => ({ type, id })));
  }
  return redacted;
}

async function draftsOf(
  tx: Queryable,
  keys: readonly ResourceKey[],
  person: ErasedPerson,
): Promise<readonly Draft[]> {
  const present = await lockVersions(tx, keys);
  const contents = await readContents(tx, keys);
  return keys.flatMap((key) => {
    const content = contents.get(keyOf(key));
    const site = present.get(keyOf(key))?.site;
    const resource = content === undefined ? undefined : person.redacted(parseStored(content));
    return resource === undefined || site === undefined ? [] : [draftOf(key, resource, site)];
  });
}

function draftOf({ type, id }: ResourceKey, resource: Resource, site: string): Draft {
  const interaction = { kind: 'update', type, id } as const;
  const write = { kind: 'write', path: type, resourcePath: type, interaction, resource } as const;
  return {
    type,
    id,
    resource,
    references: referencesOf(resource),
    target: { write, type, id, mode: 'put' },
    site,
    digest: contentDigest(resource),
  };
}
