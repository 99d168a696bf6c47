import type { Hct } from '../cohort/cohort-record.generated.ts';
import { anyOf, type Tristate } from '../core/tristate.ts';
import { buildData } from './datum.ts';
import { deriveDiseaseState } from './disease-state.ts';
import type { Answered, HctBasis } from './hct-assessment.ts';
import type { HctCaution } from './hct-caution-texts.ts';
import { type HctContext, placeHct } from './hct-context.ts';
import { resolveAssertion, yesOrNo } from './resolve-assertion.ts';

/** The answers that the gates ask for, and what in the record contradicts itself about them. */
export interface DerivedBasis extends HctBasis {
  readonly cautions: readonly HctCaution[];
}

interface PriorHct extends Answered<Tristate> {
  readonly cautions: readonly HctCaution[];
}

export function deriveHctBasis(context: HctContext): DerivedBasis {
  const fitness = resolveAssertion(context.record, 'FIT_FOR_HCT');
  const prior = derivePriorHct(context);
  return {
    diseaseStatus: deriveDiseaseState(context.outcome),
    transplantedAfterInfusion: deriveTransplanted(context),
    fitForHct: { answer: yesOrNo(fitness), data: fitness.data },
    priorHct: { answer: prior.answer, data: prior.data },
    cautions: [...(fitness.contradictory ? (['CONTRADICTORY_ASSERTIONS'] as const) : []), ...prior.cautions],
  };
}

/** G2: no transplantation on record means none yet; an autologous one is not allogeneic. */
function deriveTransplanted(context: HctContext): HctBasis['transplantedAfterInfusion'] {
  const later = context.record.hcts.filter((hct) => hct.kind !== 'AUTOLOGOUS');
  const states = later.map((hct): Tristate => {
    const place = placeHct(context, hct);
    if (place === 'BEFORE') return 'NOT_MET';
    return place === 'AFTER' && hct.kind === 'ALLOGENEIC' ? 'MET' : 'UNKNOWN';
  });
  const answer = anyOf(states);
  return {
    answer,
    data: later.filter((_, index) => states[index] === answer && answer !== 'NOT_MET').flatMap(evidence),
  };
}

/**
 * Allogeneic HCT before the infusion: a recorded one decides, also against a "never"; else the statement; else
 * it is unknown, as it is for a transplantation of unknown kind.
 */
function derivePriorHct(context: HctContext): PriorHct {
  const allogeneic = context.record.hcts.filter((hct) => {
    return hct.kind === 'ALLOGENEIC' && placeHct(context, hct) === 'BEFORE';
  });
  const stated = resolveAssertion(context.record, 'PRIOR_ALLOGENEIC_HCT');
  if (allogeneic.length > 0) {
    return {
      answer: 'MET',
      data: allogeneic.flatMap(evidence),
      cautions: stated.answer === 'NO' ? ['ASSERTION_CONTRADICTED_BY_FACT'] : [],
    };
  }
  return {
    answer: yesOrNo(stated),
    data: stated.data,
    cautions: stated.contradictory ? ['CONTRADICTORY_ASSERTIONS'] : [],
  };
}

function evidence(hct: Hct) {
  return buildData(hct.sources, { date: hct.date, value: hct.kind });
}
