import type { Source } from '../cohort/cohort-record.generated.ts';
import type { Fact } from './fact.ts';

/** The sources of facts as the record keeps them: each once, sorted, without the resources' identifiers. */
export function recordSources(facts: readonly Fact[]): Source[] {
  const [fact] = facts;
  const [only] = fact?.sources ?? [];
  if (facts.length === 1 && fact?.sources.length === 1 && only !== undefined) {
    const { identifiers: _, ...source } = only;
    return [source];
  }
  const byKey = new Map<string, Source>();
  for (const fact of facts) {
    for (const { identifiers: _, ...source } of fact.sources) {
      byKey.set(`${source.reference} ${source.versionId ?? ''} ${source.path} ${source.site}`, source);
    }
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, source]) => source);
}
