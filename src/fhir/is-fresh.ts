/** What a reader has already. */
export interface KnownVersion {
  /** Entity tags, as `If-None-Match` lists them. */
  readonly tags?: string | undefined;
  /** An instant in milliseconds since 1970: what was stored then is known. */
  readonly since?: number | undefined;
}

/** By the tags, and only without them by the time (RFC 9110, 13.2.2). */
export function isFresh({ tags, since }: KnownVersion, version: number, lastUpdated: Date): boolean {
  if (tags === undefined) return since !== undefined && lastUpdated.getTime() <= since;
  return tags
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === `"${version}"`);
}
