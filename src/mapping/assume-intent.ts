/**
 * Why a therapy after the infusion is given, where nobody says: a tyrosine kinase inhibitor is maintenance,
 * intrathecal drugs are prophylaxis, everything else is new therapy (inputs.md, later anti-leukaemic therapy;
 * project convention). Flagged at the source and found fault with, so that it can be corrected.
 */
import type { Therapy } from '../cohort/cohort-record.generated.ts';
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { imputeDate } from '../core/partial-date.ts';
import type { Fact } from './fact.ts';

const ASSUMED: Readonly<Record<string, NonNullable<Therapy['intent']>>> = {
  TYROSINE_KINASE_INHIBITOR: 'MAINTENANCE',
  INTRATHECAL: 'PROPHYLAXIS',
};

export function assumeIntents<F extends Fact>(
  therapies: readonly F[],
  firstInfusion: string | undefined,
): { readonly therapies: readonly F[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const completed = therapies.map((fact) => {
    const { intent, date, kind } = fact.elements;
    if (
      intent !== undefined ||
      firstInfusion === undefined ||
      imputeDate(String(date)).date < imputeDate(firstInfusion).date
    )
      return fact;
    const assumed = ASSUMED[String(kind)] ?? 'NEW_THERAPY';
    findings.push(...fact.sources.map((source) => assumedFinding(source.reference, source.site, assumed)));
    return {
      ...fact,
      elements: { ...fact.elements, intent: assumed },
      sources: fact.sources.map((source) => ({
        ...source,
        flags: [...(source.flags ?? []), 'INTENT_ASSUMED' as const],
      })),
    };
  });
  return { therapies: completed, findings };
}

function assumedFinding(reference: string, site: string, assumed: string): Finding {
  return {
    code: 'therapy-intent-assumed',
    severity: 'information',
    message: CATALOGUE['therapy-intent-assumed'].meaning,
    reference,
    expected: `an intent; taken as ${assumed}`,
    site,
  };
}
