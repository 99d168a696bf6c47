import type { CohortRecord } from '../../cohort/cohort-record.generated.ts';
import { allOf } from '../../core/tristate.ts';
import { MISSING } from '../hct-ruleset.ts';
import { resolveAssertion, yesOrNo } from '../resolve-assertion.ts';
import type { CriterionFinding } from './criterion.ts';

const WORDS = { MET: 'yes', NOT_MET: 'no', UNKNOWN: 'not known' } as const;

/** C.a: a donor is available and HCT is desired; each part is asked for by itself (clinical specification 5.2). */
export function assessDonorAndDesire(record: CohortRecord): CriterionFinding {
  const donor = resolveAssertion(record, 'DONOR_AVAILABLE');
  const desire = resolveAssertion(record, 'HCT_DESIRED');
  const parts = { donor: yesOrNo(donor), desire: yesOrNo(desire) };
  return {
    result: allOf([parts.donor, parts.desire]),
    reason: `donor available: ${WORDS[parts.donor]}; HCT desired: ${WORDS[parts.desire]}`,
    data: [...donor.data, ...desire.data],
    missing: [
      ...(parts.donor === 'UNKNOWN' ? [MISSING.donor] : []),
      ...(parts.desire === 'UNKNOWN' ? [MISSING.desire] : []),
    ],
    cautions: donor.contradictory || desire.contradictory ? ['CONTRADICTORY_ASSERTIONS'] : [],
  };
}
