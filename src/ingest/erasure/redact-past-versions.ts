import { stringifyWritten } from '../../fhir/written-decimals.ts';
import type { Queryable } from '../../store/database.ts';
import { parseStored } from '../../store/parse-stored.ts';
import {
  readPastVersionsWith,
  removeVersions,
  rewriteVersions,
  type VersionContent,
} from '../../store/person/person-traces.ts';
import type { ResourceKey } from '../../store/resource-store.ts';
import type { ErasedPerson } from './erased-person.ts';

export interface RedactedVersions {
  readonly removed: readonly ResourceKey[];
  readonly redacted: readonly ResourceKey[];
}

/**
 * Removes replaced versions that were about the person, though the resource is deleted or about somebody else now, and
 * takes from the others, and from all of what refers to it now, what they say of it.
 */
export async function redactPastVersions(
  tx: Queryable,
  person: ErasedPerson,
  referring: readonly ResourceKey[],
): Promise<RedactedVersions> {
  const removed: ResourceKey[] = [];
  const redacted: ResourceKey[] = [];
  for await (const page of readPastVersionsWith(tx, person.words, referring)) {
    const gone: VersionContent[] = [];
    const left: VersionContent[] = [];
    for (const version of page) {
      const resource = parseStored(version.content);
      if (person.isAboutIt(resource)) {
        gone.push(version);
        continue;
      }
      const rest = person.redacted(resource);
      if (rest !== undefined) left.push({ ...version, content: stringifyWritten(rest) });
    }
    await removeVersions(tx, gone);
    await rewriteVersions(tx, left);
    removed.push(...gone);
    redacted.push(...left);
  }
  return { removed, redacted };
}
