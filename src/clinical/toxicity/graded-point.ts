import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Moment } from '../record/moment.ts';
import type { Graded } from './graded.ts';

/** A grade at one moment, with the facts that it rests on. */
export interface GradedPoint extends Moment, Graded {
  readonly evidence: readonly Source[];
}
