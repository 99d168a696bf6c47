import type { Tristate } from '../../core/tristate.ts';
import type { CriterionDetails, CriterionId, Datum, HctCriterion } from '../hct-assessment.ts';
import type { HctCaution } from '../hct-caution-texts.ts';
import { HCT_CRITERIA } from '../hct-ruleset.ts';

/** What one criterion found in the record; cautions are what a reader must see beside it. */
export interface CriterionFinding {
  readonly result: Tristate;
  readonly reason: string;
  readonly data?: readonly Datum[];
  readonly details?: CriterionDetails;
  readonly parameters?: HctCriterion['parameters'];
  readonly missing?: readonly string[];
  readonly cautions?: readonly HctCaution[];
  readonly cite?: readonly string[];
}

/** The finding as a result of its criterion. */
export function buildCriterion(id: CriterionId, finding: CriterionFinding): HctCriterion {
  return {
    id,
    result: finding.result,
    ...finding.details,
    reason: finding.reason,
    data: finding.data ?? [],
    parameters: finding.parameters ?? {},
    cite: [...HCT_CRITERIA[id].cite, ...(finding.cite ?? [])],
    missing: finding.result === 'UNKNOWN' ? (finding.missing ?? []) : [],
  };
}
