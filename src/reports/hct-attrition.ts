import type { HctAssessment, HctStatus } from '../eligibility/hct-assessment.ts';

/** One line of the attrition table. */
export interface HctAttritionStep {
  readonly step: string;
  readonly label: string;
  readonly excluded: number;
  readonly remaining: number;
}

interface Step {
  readonly step: string;
  readonly label: string;
  readonly keeps: (assessment: HctAssessment) => boolean;
}

const isNot =
  (status: HctStatus) =>
  (assessment: HctAssessment): boolean =>
    assessment.status !== status;

/** The gates and then the criteria, in the order in which clinical specification 5.1 and 5.2 ask them. */
const STEPS: readonly Step[] = Object.freeze([
  { step: 'in-scope', label: 'Alive, with a CD19 CAR-T course for B-ALL', keeps: isNot('NOT_APPLICABLE') },
  { step: 'not-transplanted', label: 'No allogeneic HCT since', keeps: isNot('ALREADY_TRANSPLANTED') },
  { step: 'not-relapsed', label: 'No active disease', keeps: isNot('OUT_OF_SCOPE_ACTIVE_DISEASE') },
  { step: 'responded', label: 'Not without response', keeps: isNot('OUT_OF_SCOPE_NO_RESPONSE') },
  {
    step: 'disease-known',
    label: 'Disease status known',
    keeps: ({ basis }) => basis?.diseaseStatus.answer !== 'UNKNOWN',
  },
  {
    step: 'fitness-known',
    label: 'Fitness for HCT known',
    keeps: ({ basis }) => basis?.fitForHct.answer !== 'UNKNOWN',
  },
  { step: 'fit', label: 'Fit for HCT', keeps: isNot('NOT_ELIGIBLE_TO_PROCEED') },
  { step: 'decided', label: 'Enough known to decide', keeps: isNot('INDETERMINATE') },
  { step: 'criterion-met', label: 'A criterion is met', keeps: isNot('NO_CRITERION_MET') },
]);

/** How many patients are left after each question; who falls out at one is not asked the next. */
export function deriveAttrition(assessments: readonly HctAssessment[]): readonly HctAttritionStep[] {
  let left = assessments;
  const steps: HctAttritionStep[] = [
    { step: 'cohort', label: 'Patients of the cohort', excluded: 0, remaining: left.length },
  ];
  for (const { step, label, keeps } of STEPS) {
    const kept = left.filter(keeps);
    steps.push({ step, label, excluded: left.length - kept.length, remaining: kept.length });
    left = kept;
  }
  return steps;
}
