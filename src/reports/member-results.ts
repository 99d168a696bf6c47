/** What is derived of a member's course as the operations on Patient derive it: by the same day and parameters. */
import {
  type BCellAplasia,
  bCellAplasiaParameters,
  deriveBCellAplasia,
} from '../clinical/b-cells/b-cell-aplasia.ts';
import { type CourseFrame, frameCourse } from '../clinical/course/course-frame.ts';
import {
  type CourseTimeline,
  deriveCourseTimeline,
  TIMELINE_PARAMETER_NAMES,
  timelineParameters,
} from '../clinical/course/course-timeline.ts';
import { deriveInfections, type Infections } from '../clinical/immunity/infections.ts';
import {
  changedParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { deriveNoResponse, type NoResponse } from '../clinical/response/no-response.ts';
import { deriveResponseResults } from '../clinical/response-results/derive-response-results.ts';
import type { CoursePatient } from './select-cohort.ts';

/** Undefined where the infusion is known to the year only. */
export function frameOfMember({ facts, course }: CoursePatient): CourseFrame | undefined {
  return frameCourse(facts.record, course.course.number, facts.asOf);
}

export function aplasiaOfMember(
  { facts, course }: CoursePatient,
  overrides: ParameterOverrides,
): BCellAplasia {
  const parameters = { ...bCellAplasiaParameters(overrides), asOf: facts.asOf };
  return deriveBCellAplasia(facts.record, course.course.number, parameters, facts);
}

/** The timeline of the endpoints where MRD is read as they read it; its relapses and remissions are always theirs. */
export function timelineOfMember(
  { facts, course }: CoursePatient,
  overrides: ParameterOverrides,
): CourseTimeline | undefined {
  const changed = changedParameters(overrides, TIMELINE_PARAMETER_NAMES);
  if (Object.keys(changed).length === 0) return course.timeline;
  return deriveCourseTimeline(facts.record, course.course, facts.dates, timelineParameters(overrides));
}

/** Undefined where the person has no infection on record at all: then nobody may have looked. */
export function infectionsOfMember(
  member: CoursePatient,
  overrides: ParameterOverrides,
): Infections | undefined {
  const frame = frameOfMember(member);
  const { infections = [] } = member.facts.record.observations;
  return frame === undefined || infections.length === 0 ? undefined : deriveInfections(frame, overrides);
}

export function noResponseOfMember(
  { course }: CoursePatient,
  overrides: ParameterOverrides,
): NoResponse | undefined {
  const parameters = chooseParameters(['responseDeadlineDay', 'nrEarliestDay'], overrides);
  return course.timeline && deriveNoResponse(course.timeline, parameters);
}

/** `MRD_NEG_CR` as `$response` answers it; undefined where it is unknown. */
export function mrdNegativeRemissionOf(
  member: CoursePatient,
  overrides: ParameterOverrides,
): boolean | undefined {
  const frame = frameOfMember(member);
  const results = frame === undefined ? [] : deriveResponseResults(frame, overrides);
  const answer = results.find(({ definition }) => definition === 'MRD_NEG_CR')?.answer;
  if (answer === 'MET') return true;
  return answer === 'NOT_MET' ? false : undefined;
}
