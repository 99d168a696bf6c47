import type { HctAssessment, HctCriterion, HctStatus } from './hct-assessment.ts';
import { HCT_CRITERIA } from './hct-ruleset.ts';

const NAMES: Readonly<Record<Exclude<HctStatus, 'INDETERMINATE'>, string>> = {
  RECOMMENDED: 'recommended',
  MAY_BE_CONSIDERED: 'may be considered',
  SPECIAL_CONSIDERATION_PRIOR_HCT: 'special consideration after earlier HCT',
  NO_CRITERION_MET: 'no criterion met',
  NOT_ELIGIBLE_TO_PROCEED: 'cannot proceed',
  OUT_OF_SCOPE_ACTIVE_DISEASE: 'active disease',
  OUT_OF_SCOPE_NO_RESPONSE: 'no response',
  ALREADY_TRANSPLANTED: 'already transplanted',
  NOT_APPLICABLE: 'not applicable',
};

/**
 * One plain sentence for a table or a card: the status and what it rests on. Where data are missing it names
 * them and what they could still lead to; it never reads as if there were no indication.
 */
export function explainInOneLine(assessment: HctAssessment): string {
  const { status, reason } = assessment;
  switch (status) {
    case 'RECOMMENDED':
      return `Recommended: ${describe(assessment, 'R.')}.`;
    case 'MAY_BE_CONSIDERED':
      return `May be considered: ${describe(assessment, 'C.')}.`;
    case 'SPECIAL_CONSIDERATION_PRIOR_HCT':
      return `Special consideration, HCT before CAR-T: ${describe(assessment, 'R.')}.`;
    case 'NO_CRITERION_MET':
      return `No criterion met: ${watch(assessment)}.`;
    case 'NOT_ELIGIBLE_TO_PROCEED':
      return `Cannot proceed to HCT as a clinician states; if eligible: ${ifEligible(assessment)}.`;
    case 'OUT_OF_SCOPE_ACTIVE_DISEASE':
      return `Out of scope: ${reason}; reassess after remission.`;
    case 'OUT_OF_SCOPE_NO_RESPONSE':
      return `Out of scope: ${reason}.`;
    case 'ALREADY_TRANSPLANTED':
      return `Already transplanted: ${reason}.`;
    case 'NOT_APPLICABLE':
      return `Not applicable: ${reason}.`;
    case 'INDETERMINATE':
      return `Cannot be decided: missing ${assessment.missing.join('; ')}. Possible: ${names(assessment.possible)}.`;
  }
}

function describe({ criteria }: HctAssessment, tier: 'R.' | 'C.'): string {
  const met = criteria.filter(({ id, result }) => id.startsWith(tier) && result === 'MET');
  return met.map(sentenceOf).join('; ');
}

function sentenceOf(criterion: HctCriterion): string {
  const { id } = criterion;
  if (id === 'R.b') return bCellSentence(criterion);
  if (id === 'R.a') return `${criterion.domains?.join(' and ') ?? 'CD28'} product`;
  if (id === 'R.c') return `MRD ${criterion.reason}`;
  if (id === 'C.b') return `high burden before lymphodepletion, ${criterion.reason}`;
  if (id === 'C.c' || id === 'C.d') return criterion.reason;
  const title = HCT_CRITERIA[id].title;
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function bCellSentence({ extension, firstRecovered, parameters }: HctCriterion): string {
  if (extension === 'NEVER_ACHIEVED') return 'B-cell aplasia never achieved';
  const within = `within six months (${parameters['window'] ?? 'named window'})`;
  return `B-cell aplasia lost, first seen on day ${firstRecovered ?? 'unknown'}, ${within}`;
}

function watch({ reevaluateByDay, nextBCellTestDueDay }: HctAssessment): string {
  if (reevaluateByDay === undefined) return 'continue monitoring';
  const isFirst = nextBCellTestDueDay !== undefined && nextBCellTestDueDay < reevaluateByDay;
  return isFirst
    ? `test B cells again by day ${nextBCellTestDueDay}, reassess by day ${reevaluateByDay}`
    : `reassess by day ${reevaluateByDay}`;
}

function ifEligible({ statusIfEligible, possibleIfEligible, missing }: HctAssessment): string {
  if (statusIfEligible === undefined) return 'not assessed';
  if (statusIfEligible !== 'INDETERMINATE') return NAMES[statusIfEligible];
  return `undecided (${names(possibleIfEligible)}), missing ${missing.join('; ')}`;
}

function names(statuses: HctAssessment['possible'] = []): string {
  return statuses.map((status) => NAMES[status]).join(', ');
}
