import type { CourseFrame } from '../course/course-frame.ts';
import { deriveCourseTimeline, timelineParameters } from '../course/course-timeline.ts';
import type { ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { deriveBaselineStatus } from './baseline-status.ts';
import { deriveBestResponse } from './best-response.ts';
import { deriveMrdBurden } from './mrd-burden.ts';
import { deriveMrdReturn, derivePersistence } from './mrd-course.ts';
import { deriveMrdNegativeCr } from './mrd-negative-cr.ts';
import { deriveMolecularRelapse, deriveMorphologicRelapse } from './relapse-definitions.ts';
import { derivePdlRelapse } from './relapse-pdl.ts';
import { deriveResponseDay28 } from './response-day-28.ts';
import type { ResponseResult } from './response-result.ts';

/** Names of the answers, in their order. */
export const RESPONSE_DEFINITIONS = [
  'BASELINE_STATUS',
  'RESPONSE_DAY_28',
  'MRD_NEG_CR',
  'RESPONSE_BEST_3M',
  'MRD_BURDEN_PRE_LD',
  'MRD_BURDEN_POST_LD',
  'MRD_PERSISTENCE',
  'MRD_REEMERGENCE_PKU',
  'REL_MORPH5',
  'REL_PDL2022',
  'REL_MOLECULAR',
] as const;

/**
 * Response, MRD and relapse after one infusion by their named definitions (clinical specification 4.1 to 4.3). Endpoints
 * have definitions of their own and do not change with these parameters. Throws RangeError on an override that the
 * parameter does not allow.
 */
export function deriveResponseResults(
  frame: CourseFrame,
  overrides: ParameterOverrides = {},
): readonly ResponseResult[] {
  const timeline = deriveCourseTimeline(
    frame.record,
    frame.course,
    frame.dates,
    timelineParameters(overrides),
  );
  // A frame exists only where the infusion has a day, and so does the timeline.
  if (timeline === undefined) return [];
  const context = { frame, timeline };
  const response = deriveResponseDay28(context, overrides);
  return [
    deriveBaselineStatus(context, overrides),
    response,
    deriveMrdNegativeCr(context, response, overrides),
    deriveBestResponse(context, overrides),
    ...deriveMrdBurden(context, overrides),
    derivePersistence(context, overrides),
    deriveMrdReturn(context, overrides),
    deriveMorphologicRelapse(context),
    derivePdlRelapse(context),
    deriveMolecularRelapse(context, overrides),
  ];
}
