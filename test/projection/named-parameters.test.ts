/** A result names every parameter that it depends on: what changes with one that it does not name is another result. */
import {
  CLINICAL_PARAMETERS,
  type ParameterName,
  type ParameterOverrides,
} from '../../src/clinical/parameters/clinical-parameters.ts';
import type { Parameter } from '../../src/clinical/parameters/parameter.ts';
import type { CohortRecord } from '../../src/cohort/cohort-record.generated.ts';
import { COURSE_OPERATIONS } from '../../src/projection/course-results-parameters.ts';
import { deriveResultsOfCourses, isEvaluable } from '../../src/reports/results-of-courses.ts';
import { storyRecords } from '../golden/story-records.ts';
import { otherValues } from '../support/other-values.ts';

const AS_OF = '2025-06-01';
const records = [...storyRecords()];

/** Every answer of every operation, by what it is the answer to: what it says, and the parameters that it names. */
function answersOf(record: CohortRecord, overrides: ParameterOverrides) {
  const courses = deriveResultsOfCourses(record, { asOf: AS_OF, overrides }).filter(isEvaluable);
  const answers = courses.flatMap((results) =>
    Object.values(COURSE_OPERATIONS).flatMap((operation) => operation.answers(results, AS_OF)),
  );
  return new Map(
    answers.map(({ parameters, ...says }) => [
      `${says.definition} of course ${says.course} ${says.variant ?? ''}`,
      { parameters, says: JSON.stringify(says) },
    ]),
  );
}

const standard = new Map(records.map(([story, record]) => [story, answersOf(record, {})]));

it.each(Object.entries(CLINICAL_PARAMETERS) as [ParameterName, Parameter][])(
  '%s is named where it changes something',
  (name, parameter) => {
    for (const value of otherValues(parameter)) {
      for (const [story, record] of records) {
        const changed = [...answersOf(record, { [name]: value })].filter(
          ([question, { says }]) => says !== standard.get(story)?.get(question)?.says,
        );
        const silent = changed.filter(([, { parameters }]) => parameters[name] !== value);
        expect(silent.map(([question]) => `${story}, ${value}: ${question}`)).toEqual([]);
      }
    }
  },
);
