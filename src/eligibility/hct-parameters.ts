import type { BCellDefinitionId } from '../clinical/b-cells/b-cell-definitions.ts';
import type { SixMonthWindow } from '../clinical/b-cells/b-cell-window.ts';
import type { BurdenThresholdId } from './burden-thresholds.ts';

/** Everything that the text leaves open, by name (clinical specification 5.2, 4.7); days unless said otherwise. */
export interface HctParameters {
  /** Which "within 6 months" R.b uses. */
  readonly window: SixMonthWindow;
  readonly bcaDefinition: BCellDefinitionId;
  /** Recovered samples in a row that make a loss of aplasia. */
  readonly confirm: number;
  /** For so long an aplastic sample describes the present. */
  readonly staleDays: number;
  /** Aplasia so shortly before the end of the window counts as aplasia to its end. */
  readonly toleranceDays: number;
  readonly neverAchievedCountsAsLoss: boolean;
  /** First day on which B cells without earlier aplasia show that it was never achieved. */
  readonly neverAchievedFromDay: number;
  readonly mrdEarliestDay: number;
  /** Whether any positive counts, or the latest result alone. */
  readonly everVsLatest: 'EVER' | 'LATEST';
  readonly requireNgsForNegative: boolean;
  /** A negative older than this gives a caution. */
  readonly mrdStaleDays: number;
  readonly highBurden: BurdenThresholdId;
  /** How long before lymphodepletion a marrow still describes the burden at lymphodepletion. */
  readonly burdenLookbackDays: number;
  /** Completed years at infusion up to which the text speaks of children and young adults. */
  readonly cayaMaximumAgeYears: number;
  /** First and last day of the 4 to 8 weeks after a CD28 product. */
  readonly cd28WindowFromDay: number;
  readonly cd28WindowToDay: number;
}

export const HCT_DEFAULTS: HctParameters = Object.freeze({
  window: 'M6_D183',
  bcaDefinition: 'BCA_WH_STRICT',
  confirm: 1,
  staleDays: 45,
  toleranceDays: 14,
  neverAchievedCountsAsLoss: true,
  neverAchievedFromDay: 21,
  mrdEarliestDay: 21,
  everVsLatest: 'EVER',
  requireNgsForNegative: false,
  mrdStaleDays: 90,
  highBurden: 'GT5',
  burdenLookbackDays: 90,
  cayaMaximumAgeYears: 25,
  cd28WindowFromDay: 28,
  cd28WindowToDay: 56,
});
