import { createHash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';
import { stringifyWritten, withDecimalsOf } from './written-decimals.ts';

/**
 * Digest of what a resource says: without the version and time that the server gives, whatever the order of names.
 * Equal digests are equal content, and make no new version.
 */
export function contentDigest(resource: Resource): string {
  const { meta, ...rest } = resource;
  const { versionId: _version, lastUpdated: _time, ...kept } = meta ?? {};
  const content = Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
  return createHash('sha256')
    .update(stringifyWritten(sorted(content)))
    .digest('base64url');
}

/** A copy with the names of every object in order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return withDecimalsOf(value, value.map(sorted));
  const owner = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(owner).sort()) copy[name] = sorted(owner[name]);
  return withDecimalsOf(owner, copy);
}
