import type { PartialDate, Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { CourseTimeline } from '../course/course-timeline.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import type { OpenAdjudication } from '../course/open-adjudication.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';

/** Response categories of clinical specification 4.1, and what stands where none of them can be told. */
export const RESPONSE_CATEGORIES = [
  'CR',
  'CRi',
  'CR_OR_CRi', // a remission; which of the two is not known
  'NR',
  'NE',
  'PENDING', // the window is still open
] as const;
export type ResponseCategory = (typeof RESPONSE_CATEGORIES)[number];

/** State of the disease before the cells were given: responses are reported by it (clinical specification 4.1). */
export const BASELINE_STATUSES = ['ACTIVE_GE5', 'MRD_POS', 'MRD_NEG'] as const;
export type BaselineStatus = (typeof BASELINE_STATUSES)[number];

/** `LINEAGE_SWITCH` counts as CD19-negative where two classes are asked for (clinical specification 4.3). */
export type AntigenClass = 'CD19_POS' | 'CD19_NEG' | 'CD19_DIM' | 'CD19_MIXED' | 'LINEAGE_SWITCH' | 'UNKNOWN';

/** One named answer about response, MRD or relapse after one infusion. */
export interface ResponseResult extends DerivedResult {
  /** A category, a state of the disease, or whether something happened. */
  readonly answer: ResponseCategory | BaselineStatus | Tristate;
  /** Full date of what decided, and its day from the infusion. */
  readonly date?: PartialDate;
  readonly day?: number;
  /** What was seen, with its unit. */
  readonly observed?: string;
  /** Further questions that the answer is made of. */
  readonly criteria: readonly { readonly id: string; readonly status: Tristate }[];
  /** What waits for a decision. */
  readonly openAdjudications: readonly OpenAdjudication[];
  readonly antigenClass?: AntigenClass;
  /** BM, CNS, TESTIS, OTHER_EM, joined by + in that order. */
  readonly site?: string;
}

/** What every one of these results is derived from. */
export interface ResponseContext {
  readonly frame: CourseFrame;
  readonly timeline: CourseTimeline;
}

type Draft = Pick<ResponseResult, 'definition' | 'answer'> &
  Partial<Omit<ResponseResult, 'course' | 'version'>>;

export function buildResponseResult(
  { frame }: Pick<ResponseContext, 'frame'>,
  parameters: Partial<ClinicalParameters>,
  draft: Draft,
): ResponseResult {
  const nothing: readonly Source[] = [];
  return {
    version: '1',
    course: frame.course.number,
    parameters,
    criteria: [],
    openAdjudications: [],
    flags: [],
    missing: [],
    evidence: nothing,
    ...draft,
  };
}
