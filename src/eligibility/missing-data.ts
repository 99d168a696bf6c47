import {
  CONSIDERING_CRITERIA,
  type CriterionId,
  type HctCriterion,
  RECOMMENDING_CRITERIA,
} from './hct-assessment.ts';
import { type HctAnswers, type HctDecision, isTableReachable } from './hct-decision.ts';
import { MISSING } from './hct-ruleset.ts';

/**
 * Exactly the data that would resolve the status, in the order of clinical specification 5.2; where the patient
 * is not fit, those that would resolve the status if eligible (4.7).
 */
export function listMissing(
  answers: HctAnswers,
  { statusIfEligible }: HctDecision,
  criteria: readonly HctCriterion[],
): readonly string[] {
  const asksTable = isTableReachable(answers);
  const isOpen = statusIfEligible === 'INDETERMINATE';
  const missingOf = (ids: readonly CriterionId[]) =>
    criteria.filter(({ id }) => ids.includes(id)).flatMap(({ missing }) => missing);
  const asksR = isOpen && answers.recommended === 'UNKNOWN';
  const asksC =
    isOpen && answers.considered === 'UNKNOWN' && answers.recommended !== 'MET' && answers.priorHct !== 'MET';
  return [
    ...(asksTable && answers.fit === 'UNKNOWN' ? [MISSING.fitness] : []),
    ...(answers.transplanted !== 'MET' && answers.disease === 'UNKNOWN' ? [MISSING.disease] : []),
    ...(answers.transplanted === 'UNKNOWN' ? [MISSING.hctKind] : []),
    ...(isOpen && answers.priorHct === 'UNKNOWN' ? [MISSING.priorHct] : []),
    ...(asksR ? missingOf(RECOMMENDING_CRITERIA) : []),
    ...(asksC ? missingOf(CONSIDERING_CRITERIA) : []),
  ];
}
