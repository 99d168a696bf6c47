import type { CourseResults } from '../clinical/course-results.ts';
import type { Consideration } from '../clinical/risk/consideration.ts';
import type { Reinfusion } from '../clinical/risk/reinfusion.ts';
import { RISK_FLAGS } from '../clinical/risk/risk-flag-definitions.ts';
import type { RiskFlag } from '../clinical/risk/risk-flags.ts';
import { anyOf, type Tristate } from '../core/tristate.ts';
import { concept, day, part, text, tristate } from './course-component.ts';
import type { CourseAnswer } from './course-observation.ts';

/** Definitions that `$risk-factors` answers, in the order of the answers. */
export const RISK_DEFINITIONS: readonly string[] = Object.freeze([
  ...RISK_FLAGS.map(({ id }) => id),
  'PROPH_EARLY_TOCI',
  'PROPH_SEIZURE',
  'CONSIDER_DONOR_DERIVED',
  'ICANS_GRADE_3_NOTE',
  'MAINTENANCE_AFTER_EARLY_BCA_LOSS',
  'CONSIDER_AT_FIRST_RELAPSE',
  'DOWN_SYNDROME_NOTE',
  'CONSIDER_IN_INSTABILITY_WITH_MIXED_CHIMERISM',
  'CONSIDER_TKI_MAINTENANCE',
  'REINFUSION_CONSIDERATIONS',
]);

/** What `$risk-factors` says of one course (clinical specification 6): flags, considerations, reinfusion. */
export function riskAnswers(results: CourseResults): readonly CourseAnswer[] {
  return [
    ...results.riskFlags.map(flagAnswer),
    ...results.considerations.map(considerationAnswer),
    reinfusionAnswer(results.reinfusion),
  ];
}

function flagAnswer(risk: RiskFlag): CourseAnswer {
  return {
    ...risk,
    ...statusValue(risk.status),
    components: [
      ...part('observed', text(risk.observed)),
      ...part('threshold', text(risk.threshold)),
      ...risk.effects.flatMap((effect) => part('published-effect', text(effect.text), effect.cohort)),
    ],
    flags: [...risk.flags, ...(risk.contested ? ['CONTESTED'] : [])],
  };
}

function considerationAnswer(consideration: Consideration): CourseAnswer {
  return {
    ...consideration,
    ...statusValue(consideration.status),
    components: consideration.factors.flatMap(({ id, status }) => part('criterion', tristate(status), id)),
  };
}

/** MET where any trigger that is no contraindication is. */
function reinfusionAnswer(reinfusion: Reinfusion): CourseAnswer {
  const { triggers, checklist } = reinfusion;
  const reasons = triggers.filter(({ contraindication }) => !contraindication);
  return {
    ...reinfusion,
    ...statusValue(anyOf(reasons.map(({ status }) => status))),
    components: [
      ...triggers.flatMap(({ id, status, effect }) => [
        ...part('criterion', tristate(status), id),
        ...part('published-effect', text(effect), id),
      ]),
      ...part('duration', day(checklist.intervalDays), 'interval between the infusions'),
      ...Object.entries(checklist).flatMap(([name, value]) => part('checklist', text(String(value)), name)),
    ],
  };
}

function statusValue(status: Tristate): Required<Pick<CourseAnswer, 'value'>> {
  return { value: { valueCodeableConcept: concept('cartograph-result-criterion', status) } };
}
