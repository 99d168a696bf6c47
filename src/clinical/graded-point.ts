import type { Source } from '../cohort/cohort-record.generated.ts';
import type { Graded } from './graded.ts';
import type { Moment } from './moment.ts';

/** A grade at one moment, with the facts that it rests on. */
export interface GradedPoint extends Moment, Graded {
  readonly evidence: readonly Source[];
}
