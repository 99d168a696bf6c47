import type { CourseFrame } from '../course/course-frame.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { deriveGradedToxicity, type GradedToxicity } from '../toxicity/graded-toxicity.ts';
import type { IcansTool } from './icans-grade.ts';
import { deriveIcansPoints } from './icans-points.ts';

export interface Icans extends GradedToxicity {
  /** Scores that the patient was to be examined by. */
  readonly tools: readonly IcansTool[];
  /** The latest CAPD before the infusion, 0 to 32; absent where none was taken. */
  readonly baselineCapd?: number;
}

/** What the result depends on. */
export const ICANS_PARAMETER_NAMES = [
  'episodeGapHours',
  'baselineDays',
  'vitalsTogetherMinutes',
  'capdBelowYears',
  'capdGrade1NeedsNewFinding',
  'prolongedSeizureMinutes',
  'icansAutomaticToDay',
  'icansAdjudicateToDay',
  'severeFromGrade',
] as const;

/**
 * Neurotoxicity after one infusion, graded by the ASTCT consensus (Lee 2019; clinical specification 2.2). Grades are
 * 0 to 5, days counted from the infusion. CRES is another scale and stands apart (`deriveCres`). Throws RangeError
 * on an override that the parameter does not allow.
 */
export function deriveIcans(frame: CourseFrame, overrides: ParameterOverrides = {}): Icans {
  const parameters = chooseParameters(ICANS_PARAMETER_NAMES, overrides);
  const { points, tools, baselineCapd } = deriveIcansPoints(frame, parameters);
  const toxicity = deriveGradedToxicity(frame, points, {
    toxicity: 'ICANS',
    definition: 'ICANS_ASTCT_2019',
    version: '1',
    system: 'ASTCT-2019',
    rules: {
      gapHours: parameters.episodeGapHours,
      automaticToDay: parameters.icansAutomaticToDay,
      adjudicateToDay: parameters.icansAdjudicateToDay,
    },
    severeFromGrade: parameters.severeFromGrade,
    parameters,
  });
  return { ...toxicity, tools, ...(baselineCapd === undefined ? {} : { baselineCapd }) };
}
