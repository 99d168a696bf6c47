import { createHash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';

/**
 * Digest of what a resource says: without the version and time that the server gives, whatever the order of names.
 * Equal digests are equal content, and make no new version.
 */
export function contentDigest(resource: Resource): string {
  const { meta, ...rest } = resource;
  const { versionId: _version, lastUpdated: _time, ...kept } = meta ?? {};
  const content = Object.keys(kept).length === 0 ? rest : { ...rest, meta: kept };
  return createHash('sha256').update(canonicalJson(content)).digest('base64url');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, child: unknown) => {
    if (typeof child !== 'object' || child === null || Array.isArray(child)) return child;
    return Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
