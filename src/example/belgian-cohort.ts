/**
 * The shape of the example cohort: 40 children as in the Belgian ten-year report (clinical specification 8.3):
 * 3 + 6 + 1 + 30 by access route, 34 treated after a relapse and 6 for refractory disease, 12 after a
 * transplantation, 4 infused twice (2 for relapse, 2 for lost aplasia), 11 relapses followed by transplantation. What
 * the report does not say is spread so that every outcome that the service can tell occurs. Each row is one
 * patient; a cohort of another size repeats or thins the rows evenly.
 */
import type { AccessRoute } from './patient-plan.ts';
import type { BCellStory, Considerations, MrdStory } from './patient-story.ts';

export type Scenario =
  | 'SUSTAINED_REMISSION'
  | 'REINFUSED_FOR_LOST_APLASIA'
  | 'REINFUSED_FOR_RELAPSE'
  | 'REINFUSED_IN_VAIN'
  | 'RELAPSE_THEN_HCT'
  | 'RELAPSE_THEN_HCT_THEN_DEATH'
  | 'RELAPSE_THEN_DEATH'
  | 'ACTIVE_RELAPSE'
  | 'NO_RESPONSE'
  | 'NO_RESPONSE_THEN_DEATH'
  | 'EARLY_DEATH'
  | 'DEATH_IN_REMISSION'
  | 'DEATH_ON_UNKNOWN_DAY'
  | 'HCT_IN_REMISSION'
  | 'SECOND_MALIGNANCY'
  | 'RELAPSE_AFTER_CUTOFF'
  | 'RECENTLY_INFUSED'
  | 'LOST_WITHOUT_ASSESSMENT';

export interface CohortRow {
  readonly scenario: Scenario;
  readonly route?: AccessRoute;
  /** Refractory at diagnosis, not relapsed. */
  readonly refractory?: true;
  readonly priorHct?: true;
  /** Response and relapse are documented by diagnosis code alone: no CR or CRi, no site, no CD19 class. */
  readonly coded?: true;
  /** The last contact lies after the cut-off; it proves survival up to the cut-off. */
  readonly seenAfterCutoff?: true;
  /** No vital status is recorded; the last visit is the last contact. */
  readonly contactByVisit?: true;
  readonly selfDischarged?: true;
  readonly bCells?: BCellStory;
  readonly mrd?: MrdStory;
  /** Differences from fit, no donor, no wish, blinatumomab never, no adverse marker; null is not known. */
  readonly considerations?: Partial<Omit<Considerations, 'priorHct' | 'highBurden'>>;
}

/** The last day that counts. */
export const CUTOFF = '2025-06-30';

const BELGIAN_ROWS: readonly CohortRow[] = [
  { scenario: 'SUSTAINED_REMISSION', coded: true },
  { scenario: 'RELAPSE_THEN_HCT', priorHct: true },
  { scenario: 'SUSTAINED_REMISSION', bCells: 'LOST_EARLY' },
  { scenario: 'SUSTAINED_REMISSION', route: 'CCTL019B2001X', priorHct: true, seenAfterCutoff: true },
  { scenario: 'RELAPSE_THEN_HCT', coded: true, considerations: { blinatumomab: 'FAILED' } },
  { scenario: 'REINFUSED_FOR_LOST_APLASIA' },
  {
    scenario: 'SUSTAINED_REMISSION',
    selfDischarged: true,
    considerations: { donor: true, desire: true },
  },
  { scenario: 'RELAPSE_THEN_HCT_THEN_DEATH', route: 'ELIANA' },
  { scenario: 'SUSTAINED_REMISSION', mrd: 'POSITIVE', bCells: 'STRADDLING', refractory: true },
  { scenario: 'RELAPSE_THEN_HCT', refractory: true },
  { scenario: 'EARLY_DEATH', priorHct: true },
  { scenario: 'SUSTAINED_REMISSION', route: 'CASSIOPEIA', refractory: true },
  { scenario: 'RELAPSE_THEN_HCT', route: 'CCTL019B2001X', contactByVisit: true },
  { scenario: 'SUSTAINED_REMISSION', bCells: 'STALE', priorHct: true },
  { scenario: 'ACTIVE_RELAPSE', coded: true, priorHct: true },
  { scenario: 'RELAPSE_THEN_DEATH', route: 'ELIANA' },
  { scenario: 'RECENTLY_INFUSED', bCells: 'KEPT_SO_FAR', mrd: 'NOT_TESTED' },
  { scenario: 'RELAPSE_THEN_HCT', considerations: { adverseCytogenetics: true } },
  { scenario: 'REINFUSED_FOR_RELAPSE', priorHct: true, bCells: 'NEVER_APLASTIC' },
  { scenario: 'NO_RESPONSE', refractory: true },
  { scenario: 'SUSTAINED_REMISSION', bCells: 'LOST_EARLY', priorHct: true },
  { scenario: 'RELAPSE_THEN_HCT_THEN_DEATH', priorHct: true, coded: true },
  { scenario: 'SECOND_MALIGNANCY', route: 'CCTL019B2001X', considerations: { fit: false } },
  { scenario: 'HCT_IN_REMISSION' },
  { scenario: 'RELAPSE_THEN_HCT', priorHct: true, considerations: { blinatumomab: 'RESPONDED' } },
  { scenario: 'RELAPSE_AFTER_CUTOFF', refractory: true, considerations: { fit: null } },
  { scenario: 'DEATH_IN_REMISSION', route: 'CCTL019B2001X', priorHct: true },
  { scenario: 'RELAPSE_THEN_HCT', seenAfterCutoff: true },
  { scenario: 'SUSTAINED_REMISSION', mrd: 'POSITIVE', considerations: { fit: false } },
  { scenario: 'REINFUSED_IN_VAIN' },
  { scenario: 'LOST_WITHOUT_ASSESSMENT', considerations: { fit: null, donor: null, desire: null } },
  { scenario: 'RELAPSE_THEN_HCT_THEN_DEATH' },
  { scenario: 'SUSTAINED_REMISSION', route: 'ELIANA', seenAfterCutoff: true, coded: true },
  { scenario: 'RELAPSE_THEN_DEATH', priorHct: true },
  { scenario: 'NO_RESPONSE_THEN_DEATH' },
  { scenario: 'REINFUSED_FOR_LOST_APLASIA', route: 'CCTL019B2001X' },
  { scenario: 'HCT_IN_REMISSION', refractory: true, coded: true },
  { scenario: 'ACTIVE_RELAPSE', bCells: 'LOST_EARLY' },
  { scenario: 'RELAPSE_THEN_HCT', route: 'CCTL019B2001X', priorHct: true },
  { scenario: 'DEATH_ON_UNKNOWN_DAY' },
];

/** The rows of a cohort of any size, spread evenly over the forty. */
export function cohortRows(patients: number): readonly CohortRow[] {
  const size = BELGIAN_ROWS.length;
  return Array.from({ length: patients }, (_, index) =>
    Math.floor(((index + 0.5) * size) / patients),
  ).flatMap((row) => BELGIAN_ROWS[row] ?? []);
}
