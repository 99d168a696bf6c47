import { dateFact } from '../clinical/record/fact-date.ts';
import type { Assertion } from '../cohort/cohort-record.generated.ts';
import { daysBetween } from '../core/partial-date.ts';
import type { HctAssessment, SpecialConsideration } from './hct-assessment.ts';
import { type HctContext, placeHct } from './hct-context.ts';
import { resolveAssertion } from './resolve-assertion.ts';

/** Average length of a month of the Gregorian calendar (clinical specification 0.2). */
const MONTH_DAYS = 30.4375;

const ORDER: readonly SpecialConsideration[] = [
  'monthsSinceFirstHct',
  'firstHctConditioning',
  'firstHctDonorType',
  'preCartCd19NegClone',
  'donorAvailability',
  'comorbidities',
  'previousToxicities',
];

/**
 * What has to be weighed before a second transplantation, each present or named as missing (clinical
 * specification 5.2, WH L432). Months run from the first allogeneic HCT to the evaluation.
 */
export function deriveSpecialConsiderations(
  context: HctContext,
): Required<Pick<HctAssessment, 'specialConsiderations' | 'specialConsiderationsMissing'>> {
  const first = context.record.hcts
    .filter((hct) => hct.kind === 'ALLOGENEIC' && placeHct(context, hct) === 'BEFORE')
    .map((hct) => ({ ...hct, on: dateFact(hct.date, hct.course, context.dates).date }))
    .sort((a, b) => daysBetween(b.on, a.on))
    .at(0);
  const stated = (question: Assertion['question']) => {
    const { answer } = resolveAssertion(context.record, question);
    return answer === 'UNKNOWN' ? undefined : answer;
  };
  const found: Record<SpecialConsideration, string | number | undefined> = {
    monthsSinceFirstHct: first && Number((daysBetween(first.on, context.asOf) / MONTH_DAYS).toFixed(2)),
    firstHctConditioning: first?.conditioning ?? stated('FIRST_HCT_CONDITIONING'),
    firstHctDonorType: first?.donor ?? stated('FIRST_HCT_DONOR'),
    preCartCd19NegClone: stated('CD19_NEGATIVE_CLONE'),
    donorAvailability: stated('DONOR_AVAILABLE'),
    comorbidities: stated('COMORBIDITIES'),
    previousToxicities: stated('PREVIOUS_TOXICITIES'),
  };
  const present: Partial<Record<SpecialConsideration, string | number>> = {};
  for (const name of ORDER) {
    const value = found[name];
    if (value !== undefined) present[name] = value;
  }
  return {
    specialConsiderations: present,
    specialConsiderationsMissing: ORDER.filter((name) => found[name] === undefined),
  };
}
