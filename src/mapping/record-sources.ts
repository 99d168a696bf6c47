import type { Source } from '../cohort/cohort-record.generated.ts';
import type { Fact, FactSource } from './fact.ts';

/** The sources of facts as the record keeps them: each once, sorted, without the resources' identifiers. */
export function recordSources(facts: readonly Fact[]): Source[] {
  const [fact] = facts;
  const [only] = fact?.sources ?? [];
  if (facts.length === 1 && fact?.sources.length === 1 && only !== undefined) {
    return [withoutIdentifiers(only)];
  }
  const byKey = new Map<string, Source>();
  for (const fact of facts) {
    for (const stated of fact.sources) {
      const { reference, versionId, path, site } = stated;
      byKey.set(`${reference} ${versionId ?? ''} ${path} ${site}`, withoutIdentifiers(stated));
    }
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, source]) => source);
}

/** Name by name, because to copy all properties but one costs many times as much. */
function withoutIdentifiers({ reference, versionId, path, site, flags, author }: FactSource): Source {
  const source = versionId === undefined ? { reference, path, site } : { reference, versionId, path, site };
  // Most sources have neither, and there are many.
  if (flags === undefined && author === undefined) return source;
  return {
    ...source,
    ...(flags === undefined ? {} : { flags }),
    ...(author === undefined ? {} : { author }),
  };
}
