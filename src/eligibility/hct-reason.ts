import type { HctBasis, HctCriterion, HctStatus } from './hct-assessment.ts';
import { HCT_CRITERIA } from './hct-ruleset.ts';

/** Why the status is what it is, as a clause without a full stop. */
export function explainStatus(
  status: HctStatus,
  criteria: readonly HctCriterion[],
  basis: HctBasis,
  missing: readonly string[],
): string {
  switch (status) {
    case 'RECOMMENDED':
    case 'SPECIAL_CONSIDERATION_PRIOR_HCT':
      return describeMet(criteria, 'R.');
    case 'MAY_BE_CONSIDERED':
      return describeMet(criteria, 'C.');
    case 'NO_CRITERION_MET':
      return 'no criterion is met';
    case 'NOT_ELIGIBLE_TO_PROCEED':
      return 'a clinician states that the patient cannot proceed to HCT';
    case 'OUT_OF_SCOPE_ACTIVE_DISEASE':
      return withDate('active relapse', basis.diseaseStatus.data);
    case 'OUT_OF_SCOPE_NO_RESPONSE':
      return withDate('no response to CAR-T', basis.diseaseStatus.data);
    case 'ALREADY_TRANSPLANTED':
      return withDate('allogeneic HCT after the infusion', basis.transplantedAfterInfusion.data);
    case 'NOT_APPLICABLE':
      return 'outside the scope of the rule set';
    case 'INDETERMINATE':
      return `missing: ${missing.join('; ')}`;
  }
}

/** "loss of B-cell aplasia within 6 months (aplasia D90, B cells D120)"; several joined by semicolons. */
function describeMet(criteria: readonly HctCriterion[], tier: 'R.' | 'C.'): string {
  return criteria
    .filter(({ id, result }) => id.startsWith(tier) && result === 'MET')
    .map(({ id, reason }) => `${HCT_CRITERIA[id].title} (${reason})`)
    .join('; ');
}

function withDate(text: string, data: HctBasis['diseaseStatus']['data']): string {
  const date = data[0]?.date;
  return date === undefined ? text : `${text}, ${date}`;
}
