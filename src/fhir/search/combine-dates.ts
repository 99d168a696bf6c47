import type { Criterion } from './criterion.ts';
import { isSingleValued } from './single-valued.ts';

/**
 * Criteria on one date as one, so that it is looked for between its limits: only where a resource has a single value,
 * for else different ones may meet them.
 */
export function combineDates(type: string, criteria: readonly Criterion[]): readonly Criterion[] {
  const combined: Criterion[] = [];
  for (const criterion of criteria) {
    const index = combined.findIndex(
      (one) => one.kind === 'dates' && criterion.kind === 'dates' && one.parameter === criterion.parameter,
    );
    const first = combined[index];
    if (first?.kind === 'dates' && criterion.kind === 'dates' && isSingleValued(type, first.parameter)) {
      combined[index] = { ...first, alternatives: [...first.alternatives, ...criterion.alternatives] };
    } else combined.push(criterion);
  }
  return combined;
}
