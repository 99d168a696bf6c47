import type { Observation, ObservationComponent } from '@medplum/fhirtypes';
import type { PartialDate } from '../core/partial-date.ts';
import { concept, date, integer, part, text } from './course-component.ts';
import { derivedId, derivedMeta } from './derived-meta.ts';
import { buildEvidence, type EvidenceItem } from './evidence-extension.ts';

/** One result of one course, before it is written as an Observation. */
export interface CourseAnswer {
  readonly definition: string;
  readonly version: string;
  readonly course: number;
  /** Tells results of one definition apart, such as the specimen. */
  readonly variant?: string;
  /** Absent where the data do not tell. */
  readonly value?: Pick<Observation, 'valueInteger'> | Pick<Observation, 'valueCodeableConcept'>;
  readonly components: readonly ObservationComponent[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly flags: readonly string[];
  readonly missing: readonly string[];
  readonly evidence: readonly EvidenceItem[];
}

/** For whom, as of which day, and which of the operations asks. */
export interface CourseContext {
  /** Id of the record. */
  readonly patient: string;
  readonly asOf: PartialDate;
  /** Parameters that do not have their default; a result that rests on one of them is another result. */
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly infusionDate: PartialDate;
  readonly profile: string;
  /** Of `cartograph-result`. */
  readonly code: string;
}

const NOT_KNOWN = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
};

/** An Observation in the profile of the operation; its id depends on the question alone. */
export function buildCourseObservation(
  answer: CourseAnswer,
  { patient, asOf, overrides, infusionDate, profile, code }: CourseContext,
): Observation {
  const { definition, version, course, variant, value, flags, missing } = answer;
  const evidence = buildEvidence(answer.evidence);
  const changed = Object.keys(overrides)
    .filter((name) => name in answer.parameters)
    .sort()
    .map((name) => `${name}=${String(overrides[name])}`);
  const question = [definition, course, ...(variant === undefined ? [] : [variant]), ...changed].join('#');
  return {
    resourceType: 'Observation',
    id: derivedId({ patient, definition: question, version, asOf }),
    meta: derivedMeta(profile),
    ...(evidence.length === 0 ? {} : { extension: [...evidence] }),
    status: 'final',
    code: concept('cartograph-result', code),
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: asOf,
    ...(value ?? { dataAbsentReason: NOT_KNOWN }),
    method: concept('cartograph-result-definition', definition),
    component: [
      ...part('definition-version', text(version)),
      ...part('course', integer(course)),
      ...part('origin-date', date(infusionDate)),
      ...answer.components,
      ...Object.entries(answer.parameters).flatMap(([name, given]) =>
        part('parameter', given == null ? undefined : text(String(given)), name),
      ),
      ...flags.flatMap((flag) => part('flag', { valueCodeableConcept: { text: flag } })),
      ...missing.flatMap((input) => part('missing-input', text(input))),
    ],
  };
}
