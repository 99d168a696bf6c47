import type { PartialDate } from '../../cohort/cohort-record.generated.ts';

/** Something that a clinician or data manager should decide. */
export interface OpenAdjudication {
  readonly reason:
    | 'LATE_ONSET' // of a toxicity, too late to be attributed without asking
    | 'COMPUTED_WITHOUT_FEVER' // CRS graded without fever, and nothing that masks it
    | 'REPORTED_DISAGREES' // the grade reported in the same system is another one
    | 'THERAPY_BEFORE_RESPONSE'; // before any response, and nothing says why it was given
  readonly day: number;
  readonly date: PartialDate;
}
