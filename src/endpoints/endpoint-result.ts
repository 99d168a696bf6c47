import type { PartialDate, Source } from '../cohort/cohort-record.generated.ts';

/** In the order that decides between facts of one day (clinical specification 4.4 rule 3). */
export const EVENT_TYPES = [
  'RELAPSE',
  'NO_RESPONSE',
  'MRD_RELAPSE',
  'MRD_PERSISTENCE',
  'DEATH',
  'SECOND_MALIGNANCY',
  'BCA_LOSS',
  'HCT',
  'REINFUSION',
  'NEW_THERAPY',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What ends the observation when nothing happened. */
export type FollowUpEnd = 'ADMIN_CUTOFF' | 'LAST_CONTACT' | 'LAST_DISEASE_ASSESSMENT';

export type EndpointFlag =
  | 'DATE_IMPUTED' // a date behind `days` was known to the month or year; see spanDays
  | 'DATE_FROM_RECORDED' // the deciding fact carries the day of recording for want of a clinical date
  | 'PROVISIONAL' // the deadline for the response has not passed
  | 'LATE_FIRST_ASSESSMENT' // first marrow without remission only after the deadline
  | 'RESPONSE_NOT_EVALUABLE' // nothing assessed up to the deadline, alive and followed on
  | 'THERAPY_BEFORE_RESPONSE' // therapy before any response, no reason known: for adjudication
  | 'NR_AFTER_REMISSION' // "no response" recorded in remission: for adjudication, not counted
  | 'CONFLICTING_ASSESSMENTS' // remission and its opposite on one day; the remission was not counted
  | 'LINEAGE_SWITCH'
  | 'RELAPSE_INFERRED_FROM_DEATH'
  | 'informativeCensoringSuspected'; // left at own request (clinical specification 4.4 rule 6)

/** What would have come next, had the result not come first. */
export interface NextOutcome {
  readonly status: 'EVENT' | 'COMPETING' | 'CENSORED';
  readonly type: EventType | FollowUpEnd;
  readonly date: PartialDate;
  readonly days: number;
}

/** One patient's result for one definition; everybody has one (clinical specification 4.4 rule 11). */
export interface EndpointResult {
  readonly endpoint: string;
  readonly version: string;
  /** Day 0 of the clock; absent where it does not exist or cannot be told. */
  readonly origin?: PartialDate;
  readonly status: 'EVENT' | 'COMPETING' | 'CENSORED' | 'NOT_APPLICABLE' | 'INDETERMINATE';
  readonly type?: EventType | FollowUpEnd;
  readonly date?: PartialDate;
  /** From the origin. */
  readonly days?: number;
  /** Days by the definition's month, two decimals, for display. */
  readonly months?: number;
  readonly cd19?: 'POS' | 'NEG' | 'DIM' | 'MIXED' | 'UNKNOWN';
  /** BM, CNS, TESTIS, OTHER_EM, joined by +. */
  readonly site?: string;
  /** Why there is no result. */
  readonly reason?: string;
  readonly flags: readonly EndpointFlag[];
  /** Days by which `days` may differ; present with DATE_IMPUTED. */
  readonly spanDays?: number;
  readonly evidence: readonly Source[];
  readonly next?: NextOutcome;
  /** The data cut-off, a full date. */
  readonly asOf: PartialDate;
}
