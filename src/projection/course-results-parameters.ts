import type { Observation, Parameters } from '@medplum/fhirtypes';
import { B_CELL_DEFINITION_IDS } from '../clinical/b-cells/b-cell-definitions.ts';
import type { CourseResults } from '../clinical/course-results.ts';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { Finding } from '../core/finding.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { bCellAnswers } from './b-cell-answers.ts';
import { buildCourseObservation, type CourseAnswer } from './course-observation.ts';
import { KINETICS_DEFINITIONS, kineticsAnswers } from './kinetics-answers.ts';
import { RESPONSE_DEFINITIONS, responseAnswers } from './response-answers.ts';
import { buildResultParameters } from './result-parameters.ts';
import { RISK_DEFINITIONS, riskAnswers } from './risk-answers.ts';
import { TOXICITY_DEFINITIONS, toxicityAnswers } from './toxicity-answers.ts';

/** Operations on Patient that answer with Observations of each course. */
export type CourseOperation = 'response' | 'toxicity' | 'b-cell-aplasia' | 'car-kinetics' | 'risk-factors';

interface CourseOperationShape {
  readonly profile: string;
  /** Of `cartograph-result`. */
  readonly code: string;
  readonly definitions: readonly string[];
  readonly answers: (results: CourseResults, asOf: PartialDate) => readonly CourseAnswer[];
}

export const COURSE_OPERATIONS: Readonly<Record<CourseOperation, CourseOperationShape>> = Object.freeze({
  response: {
    profile: 'cartograph-response-result',
    code: 'response',
    definitions: RESPONSE_DEFINITIONS,
    answers: responseAnswers,
  },
  toxicity: {
    profile: 'cartograph-toxicity-result',
    code: 'toxicity',
    definitions: TOXICITY_DEFINITIONS,
    answers: toxicityAnswers,
  },
  'b-cell-aplasia': {
    profile: 'cartograph-b-cell-aplasia-result',
    code: 'b-cell-aplasia',
    definitions: B_CELL_DEFINITION_IDS,
    answers: bCellAnswers,
  },
  'car-kinetics': {
    profile: 'cartograph-car-kinetics-result',
    code: 'car-kinetics',
    definitions: KINETICS_DEFINITIONS,
    answers: kineticsAnswers,
  },
  'risk-factors': {
    profile: 'cartograph-risk-factor-result',
    code: 'risk-factor',
    definitions: RISK_DEFINITIONS,
    answers: riskAnswers,
  },
});

export interface CourseResultsQuestion {
  readonly operation: CourseOperation;
  /** Id of the record. */
  readonly patient: string;
  readonly asOf: PartialDate;
  /** What the results were derived with beside the defaults. */
  readonly overrides?: ParameterOverrides;
  /** Ids of definitions; all of the operation where absent. */
  readonly definitions?: ReadonlySet<string>;
}

/** An Observation for each course and definition that the operation answers. */
export function courseObservations(
  courses: readonly CourseResults[],
  { operation, patient, asOf, overrides = {}, definitions }: CourseResultsQuestion,
): readonly Observation[] {
  const { answers, profile, code } = COURSE_OPERATIONS[operation];
  return courses.flatMap((results) => {
    const context = { patient, asOf, overrides, profile, code, infusionDate: results.infusionDate };
    return answers(results, asOf)
      .filter(({ definition }) => definitions?.has(definition) ?? true)
      .map((answer) => buildCourseObservation(answer, context));
  });
}

/** The answer of the operation: its Observations, and the findings of the record. */
export function courseResultsParameters(
  courses: readonly CourseResults[],
  question: CourseResultsQuestion,
  findings: readonly Finding[],
): Parameters {
  return buildResultParameters(courseObservations(courses, question), findings);
}
