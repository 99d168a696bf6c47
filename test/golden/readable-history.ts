import type { HctHistory } from '../../src/eligibility/hct-history.ts';

/** A history as a haematologist reads it: without what depends on the ids of resources. */
export function readableHistory({ changes }: HctHistory) {
  return changes.map(
    ({ date, day, status, statusIfEligible, timing, cause, changes: list, facts, summary }) => ({
      date,
      day,
      status,
      ...(statusIfEligible === status ? {} : { statusIfEligible }),
      ...(timing === undefined ? {} : { timing }),
      cause,
      changes: list.map(({ what, from, to }) => `${what}: ${from ?? '-'} -> ${to ?? '-'}`),
      because: [...new Set(facts.map((fact) => `${fact.date ?? 'undated'} ${fact.value ?? ''}`.trim()))],
      summary,
    }),
  );
}
