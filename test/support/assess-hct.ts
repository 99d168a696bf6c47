/** Assesses a case of hct.json, with what a test changes in it, and looks into the answer. */
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { assessHctConsolidation } from '../../src/eligibility/assess-hct-consolidation.ts';
import type { CriterionId, HctAssessment, HctCriterion } from '../../src/eligibility/hct-assessment.ts';
import type { HctParameters } from '../../src/eligibility/hct-parameters.ts';
import { type HctInput, hctRecord, NOTHING_MET, onDay } from './hct-record.ts';

export type RecordChange = (record: CohortRecord) => CohortRecord;

/** The case in which nothing speaks for HCT and everything is known, but for what `input` says otherwise. */
export function assess(
  input: Partial<HctInput>,
  change: RecordChange = (record) => record,
  parameters: Partial<HctParameters> = {},
): HctAssessment {
  const whole = { ...NOTHING_MET, ...input };
  return assessHctConsolidation(change(hctRecord(whole)), onDay(whole.evalDay), parameters);
}

export function criterion(assessment: HctAssessment, id: CriterionId): HctCriterion | undefined {
  return assessment.criteria.find((candidate) => candidate.id === id);
}

/** Adds facts to the lists of observations. */
export function observing(more: Partial<CohortRecord['observations']>): RecordChange {
  return (record) => ({
    ...record,
    observations: {
      ...record.observations,
      ...(more.bCells && { bCells: [...record.observations.bCells, ...more.bCells] }),
      ...(more.mrd && { mrd: [...record.observations.mrd, ...more.mrd] }),
      ...(more.marrowBlasts && { marrowBlasts: [...record.observations.marrowBlasts, ...more.marrowBlasts] }),
      ...(more.diseaseStatus && {
        diseaseStatus: [...record.observations.diseaseStatus, ...more.diseaseStatus],
      }),
      ...(more.assertions && { assertions: [...record.observations.assertions, ...more.assertions] }),
    },
  });
}
