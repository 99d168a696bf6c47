/**
 * Billing repeats diagnoses: a code stands again at every visit. What was said before is not news.
 */
import { CATALOGUE } from '../core/catalogue.ts';
import type { Finding } from '../core/finding.ts';
import { imputeDate } from '../core/partial-date.ts';
import type { Fact, FactValue } from './fact.ts';

export interface WithoutRepeats<F extends Fact> {
  readonly facts: readonly F[];
  readonly findings: readonly Finding[];
}

/**
 * A remission or relapse that an encounter diagnosis says without an onset, dated by the day of recording alone,
 * where an earlier diagnosis said the same: it joins the latest of these, with a finding. One with an onset, on the
 * problem list, or the first of its kind counts as inputs.md has it.
 */
export function joinRepeatedStatus<F extends Fact>(facts: readonly F[]): WithoutRepeats<F> {
  const sorted = facts.toSorted((a, b) => compare(dayOf(a), dayOf(b)));
  const kept: F[] = [];
  const findings: Finding[] = [];
  for (const fact of sorted) {
    const { encounterDiagnosis, ...elements } = fact.elements;
    const earlier = kept.findLastIndex(
      (other) =>
        isDiagnosis(other) && other.elements['status'] === elements['status'] && dayOf(other) < dayOf(fact),
    );
    const before = kept[earlier];
    if (encounterDiagnosis !== true || !isRecordedOnly(fact) || before === undefined) {
      kept.push({ ...fact, elements });
      continue;
    }
    kept[earlier] = { ...before, sources: [...before.sources, ...fact.sources] };
    findings.push(...fact.sources.map((source) => repeated(source.reference, source.path, source.site)));
  }
  return { facts: kept, findings };
}

/**
 * Second malignancies first recorded after the infusion (inputs.md): one for each kind of code, at its earliest
 * date; a kind that was recorded before the infusion is none.
 */
export function newMalignancies<F extends Fact>(
  facts: readonly F[],
  firstInfusion: string | undefined,
): readonly F[] {
  if (firstInfusion === undefined) return [];
  const byCode = Map.groupBy(facts, ({ elements, sources }) => {
    const code = elements['malignancy'];
    return typeof code === 'string'
      ? code
      : `native ${String(elements['date'])} ${sources[0]?.reference ?? ''}`;
  });
  return [...byCode.values()].flatMap((group) => {
    const [first] = group.toSorted((a, b) => compare(dayOf(a), dayOf(b)));
    if (first === undefined || dayOf(first) <= imputeDate(firstInfusion).date) return [];
    const { malignancy: _, ...elements } = first.elements as Readonly<Record<string, FactValue>>;
    return [{ ...first, elements, sources: group.flatMap(({ sources }) => sources) }];
  });
}

function dayOf({ elements }: Fact): string {
  return imputeDate(String(elements['date'])).date;
}

function isDiagnosis({ sources }: Fact): boolean {
  return sources.some(({ reference }) => reference.startsWith('Condition/'));
}

function isRecordedOnly({ sources }: Fact): boolean {
  return sources.every(({ flags }) => flags?.includes('DATE_FROM_RECORDED') === true);
}

function repeated(reference: string, expression: string, site: string): Finding {
  return {
    code: 'diagnosis-repeated',
    severity: 'information',
    message: CATALOGUE['diagnosis-repeated'].meaning,
    reference,
    expression,
    site,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
