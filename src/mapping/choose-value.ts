/** One value where a person has one only (birth date, sex), from all the resources that state it. */
import type { Finding } from '../core/finding.ts';
import type { Fact } from './fact.ts';
import { recordSources } from './record-sources.ts';

export interface Choice {
  readonly chosen?: { readonly value: string; readonly sources: ReturnType<typeof recordSources> };
  readonly findings: readonly Finding[];
}

const NOTHING: Choice = { findings: [] };

/**
 * The most precise value, of two as precise the smaller; UNKNOWN only where nothing else is said. Values that
 * contradict the chosen one (not merely less precise) are a finding.
 */
export function chooseValue(name: string, facts: readonly Fact[]): Choice {
  if (facts.length === 0) return NOTHING;
  const values = Map.groupBy(facts, ({ elements }) => String(elements[name]));
  const ranked = [...values.keys()].sort(
    (a, b) => Number(a === 'UNKNOWN') - Number(b === 'UNKNOWN') || b.length - a.length || (a < b ? -1 : 1),
  );
  const [value] = ranked;
  if (value === undefined) return NOTHING;
  const against = ranked.filter((other) => !value.startsWith(other) && other !== 'UNKNOWN');
  const agreeing = ranked
    .filter((other) => value.startsWith(other))
    .flatMap((other) => values.get(other) ?? []);
  const conflicting = against.flatMap((other) => values.get(other) ?? []);
  return {
    chosen: { value, sources: recordSources(agreeing) },
    findings: conflicting.flatMap(({ sources }) =>
      sources.map(({ reference, path, site }) => ({
        code: 'values-conflict' as const,
        severity: 'warning' as const,
        message: `Another resource says otherwise; ${agreeing[0]?.sources[0]?.reference ?? 'that one'} is used.`,
        reference,
        expression: path,
        site,
      })),
    ),
  };
}
