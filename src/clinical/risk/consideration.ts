import type { Tristate } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';

export interface ConsiderationFactor extends RiskFlagReading {
  readonly id: string;
}

/** Something that a clinician may want to think of: never an order. */
export interface Consideration extends DerivedResult {
  readonly status: Tristate;
  readonly factors: readonly ConsiderationFactor[];
  readonly notes: readonly string[];
  readonly citation: readonly string[];
}

export type ConsiderationDraft = Pick<
  Consideration,
  'definition' | 'status' | 'factors' | 'notes' | 'citation'
>;

/** What was found, with what is not known of it and the facts behind it. */
export function buildConsideration(
  frame: CourseFrame,
  parameters: Partial<ClinicalParameters>,
  draft: ConsiderationDraft,
): Consideration {
  const { factors } = draft;
  return {
    ...draft,
    version: '1',
    course: frame.course.number,
    parameters,
    flags: [],
    missing: factors.filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id),
    evidence: joinEvidence(factors.map(({ evidence }) => evidence)),
  };
}

/** A factor that a clinician answers by yes or no. */
export function statedFactor(
  { record }: CourseFrame,
  id: string,
  question: Parameters<typeof latestAssertion>[1],
): ConsiderationFactor {
  return { id, ...latestAssertion(record, question) };
}
