import type { OpenAdjudication } from '../clinical/course/open-adjudication.ts';
import { CRS_PARAMETER_NAMES } from '../clinical/crs/crs.ts';
import { ICANS_PARAMETER_NAMES } from '../clinical/neurotoxicity/icans.ts';
import { changedParameters, type ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { GradedToxicity } from '../clinical/toxicity/graded-toxicity.ts';
import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { deriveResultsOfCourses, isEvaluable } from './results-of-courses.ts';

/** One question that waits for a clinician or data manager. */
export interface AdjudicationItem extends OpenAdjudication {
  /** Id of the record. */
  readonly patient: string;
  readonly course: number;
  readonly definition: string;
  readonly computedPeak?: number;
  /** Highest grade in the system that is computed. */
  readonly reportedPeak?: number;
}

export interface AdjudicationWorklist {
  readonly asOf: PartialDate;
  /** Clinical parameters without their default, of those that the questions rest on. */
  readonly parameters: ParameterOverrides;
  /** By the day of the question, then the patient. */
  readonly items: readonly AdjudicationItem[];
}

/** What is open over all patients, as of a full date (clinical specification 2: late CRS, disputed grades; 4.7: therapy before a response). */
export function buildAdjudicationWorklist(
  records: readonly CohortRecord[],
  asOf: PartialDate,
  overrides: ParameterOverrides = {},
): AdjudicationWorklist {
  const items = records.flatMap((record) => openOf(record, asOf, overrides));
  const key = ({ date, patient, course, definition }: AdjudicationItem) =>
    JSON.stringify([date, patient, course, definition]);
  const parameters = changedParameters(overrides, [...CRS_PARAMETER_NAMES, ...ICANS_PARAMETER_NAMES]);
  return { asOf, parameters, items: items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

function openOf(
  record: CohortRecord,
  asOf: PartialDate,
  overrides: ParameterOverrides,
): readonly AdjudicationItem[] {
  return deriveResultsOfCourses(record, { asOf, overrides })
    .filter(isEvaluable)
    .flatMap(({ crs, icans, response }) => [
      ...[crs, icans].flatMap((toxicity) => openGrades(record, toxicity)),
      ...response.flatMap(({ openAdjudications, course, definition }) =>
        openAdjudications.map((open) => ({ patient: record.id, course, definition, ...open })),
      ),
    ]);
}

function openGrades(
  { id: patient }: CohortRecord,
  { openAdjudications, course, definition, computedPeak, reported, system }: GradedToxicity,
): readonly AdjudicationItem[] {
  const reportedPeak = reported.find((one) => one.system === system)?.peak;
  return openAdjudications.map((open) => ({
    patient,
    course,
    definition,
    ...open,
    ...(computedPeak === undefined ? {} : { computedPeak }),
    ...(reportedPeak === undefined ? {} : { reportedPeak }),
  }));
}
