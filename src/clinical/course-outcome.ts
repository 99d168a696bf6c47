import type { CohortRecord, DiseaseStatus, Source } from '../cohort/cohort-record.generated.ts';
import type { FactDate } from './fact-date.ts';

/** A fact of a course on one full calendar day, with the sources that carry it. */
export interface DatedFact extends FactDate {
  /** Whole days after the course's infusion. */
  readonly day: number;
  readonly evidence: readonly Source[];
}

/** One day's verdict on the disease after the infusion. */
export interface Response extends DatedFact {
  readonly status: DiseaseStatus['status'];
}

/** CR or CRi on one day. */
export interface Remission extends DatedFact {
  readonly status: 'CR' | 'CRI' | 'REMISSION';
}

/** Why a course counts as without response. */
export interface NoResponse extends DatedFact {
  readonly basis: 'RECORDED' | 'MARROW_BLASTS' | 'THERAPY';
  /** First assessment only after the deadline (clinical specification 4.7). */
  readonly late: boolean;
}

export type Cd19Class = 'POS' | 'NEG' | 'DIM' | 'MIXED' | 'UNKNOWN';

/** A morphologic or extramedullary relapse (REL_MORPH5, clinical specification 4.3). */
export interface Relapse extends DatedFact {
  readonly basis: 'RECORDED' | 'PROGRESSION' | 'MARROW_BLASTS';
  readonly cd19: Cd19Class;
  /** BM, CNS, TESTIS, OTHER_EM, joined by + in that order; absent where nothing says it. */
  readonly site?: string;
  readonly lineageSwitch: boolean;
}

/** A relapse at the level of MRD alone. */
export interface MolecularRelapse extends DatedFact {
  readonly basis: 'RECORDED' | 'MRD_REEMERGENCE';
  readonly cd19: Cd19Class;
}

export interface CourseOutcomeParameters {
  /** Last day on which a first remission still counts as the response: 42, or 92 (clinical specification 4.4). */
  readonly responseDeadlineDay: number;
  /** First day on which a marrow without remission counts as no response. */
  readonly nrEarliestDay: number;
}

/** What became of the leukaemia after one infusion. Every list is sorted by date. */
export interface CourseOutcome {
  /** The course's own number in the record. */
  readonly course: number;
  /** Absent where the record knows the infusion to the year only: then nothing else can be derived either. */
  readonly infusionDate?: string;
  readonly infusionDateImputed: boolean;
  readonly responses: readonly Response[];
  /** The first CR or CRi that is this course's doing: before any other anti-leukaemic therapy; any day > 0. */
  readonly firstRemission?: Remission;
  readonly noResponse?: NoResponse;
  readonly relapses: readonly Relapse[];
  readonly molecularRelapses: readonly MolecularRelapse[];
}

/** Throws RangeError when the record has no course of that number. */
export declare function deriveCourseOutcome(
  record: CohortRecord,
  courseNumber: number,
  parameters?: Partial<CourseOutcomeParameters>,
): CourseOutcome;
