/** Two records are equal when they are the same without `id`, `sources` and `findings` (architecture.md, 11). */
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';

/** A copy without `sources`, at any depth. */
export function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'sources')
      .map(([name, child]) => [name, withoutSources(child)]),
  );
}

/** What two records of one truth have in common. */
export function comparable(record: CohortRecord): unknown {
  const { id: _id, findings: _findings, ...content } = record;
  return withoutSources(content);
}
