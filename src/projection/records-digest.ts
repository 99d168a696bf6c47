import { createHash } from 'node:crypto';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';

/**
 * A digest of what the records say: equal for equal data, whatever the ids, sources, findings and order of the
 * records. So a published table names the data that it was made from without giving any of them away.
 */
export function digestRecords(records: readonly CohortRecord[]): string {
  const each = records.map(({ id: _id, findings: _findings, ...content }) => digest(withoutSources(content)));
  return digest(each.sort());
}

/** Members in the order of their names. */
function withoutSources(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSources);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'sources');
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, one]) => [name, withoutSources(one)]));
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
