import type { ParameterName, ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { CohortMember, CoursePatient } from './select-cohort.ts';

/** The label of those of whom it is not known; they are shown, and no test compares them. */
export const UNKNOWN_STRATUM = 'UNKNOWN';

/** When something that divides the cohort began; unknown where the record does not tell. */
export type Exposure = { readonly day: number | null } | 'UNKNOWN';

/** How a cohort is divided. */
export type Stratum = FixedStratum | CourseStratum | ExposureStratum;

/** By something that was settled when the clock started, or soon after it. */
export interface FixedStratum {
  readonly kind: 'fixed';
  readonly name: string;
  readonly labelOf: (member: CohortMember, overrides: ParameterOverrides) => string;
  /** Clinical parameters that a label rests on. */
  readonly parameters: readonly ParameterName[];
  /** What a reader of the comparison has to know. */
  readonly cautions: readonly string[];
}

/** By the number of the course: the definition is derived for each, so a patient may be in several groups. */
export interface CourseStratum {
  readonly kind: 'course';
  readonly name: string;
}

/** By something that happens on the way, either as it stood at a landmark or as it changes. */
export interface ExposureStratum {
  readonly kind: 'landmark' | 'time-varying';
  readonly name: string;
  /** In days after the origin of the clock; absent for time-varying. */
  readonly landmark?: number;
  readonly labels: { readonly before: string; readonly after: string };
  /** Days count from the index infusion. */
  readonly exposureOf: (member: CoursePatient, overrides: ParameterOverrides) => Exposure;
  /** Clinical parameters that the day rests on. */
  readonly parameters: readonly ParameterName[];
}
