/**
 * What the drawing of a patient decided, as decisions and not as facts: from it alone the truth is told, by
 * construction, without looking at what was measured.
 */
import type { PartialDate } from '../core/partial-date.ts';
import type { PatientPlan } from './patient-plan.ts';

/** What has become of B cells since the latest infusion, as seen on the cut-off day. */
export type BCellStory =
  | 'KEPT' // aplastic past the six-month window
  | 'KEPT_SO_FAR' // aplastic at a recent test, window still open
  | 'LOST_EARLY' // recovered within six months
  | 'NEVER_APLASTIC'
  | 'STRADDLING' // aplastic before, recovered after the end of the window, nothing between
  | 'STALE' // aplastic once, no test since
  | 'NOT_TESTED';

export type MrdStory = 'NEGATIVE' | 'POSITIVE' | 'NOT_TESTED';

/** Where the patient stands on the cut-off day. */
export type Standing =
  | 'DEAD'
  | 'TRANSPLANTED'
  | 'ACTIVE_DISEASE'
  | 'NO_RESPONSE'
  | 'REMISSION'
  | 'NOT_ASSESSED';

/** What was asked of clinicians and families, and found before the infusion; null is not known. */
export interface Considerations {
  readonly fit: boolean | null;
  readonly priorHct: boolean;
  readonly donor: boolean | null;
  readonly desire: boolean | null;
  /** Over 5 % of blasts before the latest lymphodepletion. */
  readonly highBurden: boolean;
  readonly blinatumomab: 'NEVER' | 'FAILED' | 'RESPONDED' | null;
  readonly refractory: boolean | null;
  readonly adverseCytogenetics: boolean | null;
}

export interface PatientStory {
  readonly scenario: string;
  readonly standing: Standing;
  readonly bCells: BCellStory;
  readonly mrd: MrdStory;
  readonly considerations: Considerations;
  readonly noResponseOn?: PartialDate;
  readonly relapsedOn?: PartialDate;
  readonly secondMalignancyOn?: PartialDate;
  /** UNKNOWN_DAY is dead, nobody knows since when. */
  readonly diedOn?: PartialDate | 'UNKNOWN_DAY';
  readonly lastContact: PartialDate;
}

export interface DrawnPatient {
  readonly plan: PatientPlan;
  readonly story: PatientStory;
}
