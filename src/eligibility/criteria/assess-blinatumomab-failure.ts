import type { Therapy } from '../../cohort/cohort-record.generated.ts';
import { latestDay } from '../../core/partial-date.ts';
import { buildData } from '../datum.ts';
import type { Datum } from '../hct-assessment.ts';
import type { HctCaution } from '../hct-caution-texts.ts';
import { dayOfFact, type HctContext } from '../hct-context.ts';
import { MISSING } from '../hct-ruleset.ts';
import { resolveAssertion } from '../resolve-assertion.ts';
import type { CriterionFinding } from './criterion.ts';

/**
 * C.c: no response to blinatumomab before the infusion. Exposure alone is not enough (WH L111): without a
 * recorded response it stays unknown. A recorded dose decides against a "never given"; a response to a drug
 * that was never given is a contradiction and leaves the question open.
 */
export function assessBlinatumomabFailure(context: HctContext): CriterionFinding {
  const exposure = resolveAssertion(context.record, 'BLINATUMOMAB_EXPOSURE');
  const response = resolveAssertion(context.record, 'BLINATUMOMAB_RESPONSE');
  const doses = givenBefore(context);
  const deniedButGiven = exposure.answer === 'NO' && doses.length > 0;
  const data: readonly Datum[] = [
    ...exposure.data,
    ...doses.flatMap((dose) => buildData(dose.sources, { date: dose.date, value: 'blinatumomab' })),
    ...response.data,
  ];
  const contradictory = exposure.contradictory || response.contradictory;
  const cautions: readonly HctCaution[] = [
    ...(contradictory ? (['CONTRADICTORY_ASSERTIONS'] as const) : []),
    ...(deniedButGiven ? (['ASSERTION_CONTRADICTED_BY_FACT'] as const) : []),
  ];
  const open = { result: 'UNKNOWN', data, missing: [MISSING.blinatumomab] } as const;
  const hasResponse = response.answer === 'RESPONSE' || response.answer === 'NON_RESPONSE';
  if (exposure.answer === 'NO' && doses.length === 0) {
    if (!hasResponse) {
      const details = { value: 'NOT_GIVEN' };
      return { result: 'NOT_MET', reason: 'blinatumomab never given', details, data, cautions };
    }
    const reason = 'blinatumomab stated as never given, and a response to it recorded';
    return { ...open, reason, cautions: [...cautions, 'CONTRADICTORY_ASSERTIONS'] };
  }
  if (response.answer === 'NON_RESPONSE') {
    return { result: 'MET', reason: 'no response to blinatumomab', data, cautions };
  }
  if (response.answer === 'RESPONSE') {
    return {
      result: 'NOT_MET',
      reason: 'response to blinatumomab',
      details: { value: 'RESPONSE' },
      data,
      cautions,
    };
  }
  const given = exposure.answer === 'YES' || doses.length > 0;
  const reason = given ? 'blinatumomab given, response not known' : 'blinatumomab exposure not known';
  return { ...open, reason, cautions };
}

/** Recorded doses that started before the infusion. */
function givenBefore(context: HctContext): readonly Therapy[] {
  const { priorTherapies, laterTherapies } = context.record;
  return [...priorTherapies, ...laterTherapies].filter((therapy) => {
    if (therapy.kind !== 'BLINATUMOMAB') return false;
    const day = dayOfFact(context, therapy);
    if (day !== undefined) return day < 0;
    return latestDay(therapy.date) < context.course.infusion.date;
  });
}
