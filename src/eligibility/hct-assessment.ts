import type { CostimulatoryDomain, ProductFacts } from '../clinical/record/product-table.ts';
import type { Mrd } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import type { Tristate } from '../core/tristate.ts';
import type { HctCaution } from './hct-caution-texts.ts';
import type { HctParameters } from './hct-parameters.ts';

/** In the order in which possible statuses are listed. */
export const HCT_STATUSES = [
  'RECOMMENDED',
  'MAY_BE_CONSIDERED',
  'SPECIAL_CONSIDERATION_PRIOR_HCT',
  'NO_CRITERION_MET',
  'NOT_ELIGIBLE_TO_PROCEED',
  'OUT_OF_SCOPE_ACTIVE_DISEASE',
  'OUT_OF_SCOPE_NO_RESPONSE',
  'ALREADY_TRANSPLANTED',
  'NOT_APPLICABLE',
] as const;
export type DefiniteHctStatus = (typeof HCT_STATUSES)[number];
export type HctStatus = DefiniteHctStatus | 'INDETERMINATE';

export type HctBranch = 'NO_PRIOR_HCT' | 'PRIOR_HCT' | 'UNKNOWN';

/** The disease as the latest assessment left it. */
export type DiseaseState = 'REMISSION' | 'ACTIVE' | 'NO_RESPONSE' | 'UNKNOWN';

export const RECOMMENDING_CRITERIA = ['R.a', 'R.b', 'R.c'] as const;
export const CONSIDERING_CRITERIA = ['C.a', 'C.b', 'C.c', 'C.d'] as const;
export type CriterionId = (typeof RECOMMENDING_CRITERIA)[number] | (typeof CONSIDERING_CRITERIA)[number];

/** One source of a fact that was used, with the value as it was read. */
export interface Datum {
  /** `Type/id` of the resource. */
  readonly ref: string;
  readonly versionId?: string;
  readonly path: string;
  readonly site: string;
  readonly value?: string;
  readonly date?: PartialDate;
}

/** What a criterion says beyond its result; days count from the infusion. */
export interface CriterionDetails {
  /** R.a */
  readonly domains?: readonly CostimulatoryDomain[];
  /** Of the product table, where it gave the domains; `review` asks to have them confirmed. */
  readonly confidence?: ProductFacts['confidence'];
  readonly review?: true;
  /** R.b */
  readonly lastAplasia?: number;
  readonly firstRecovered?: number;
  readonly final?: true;
  readonly reevaluateByDay?: number;
  readonly extension?: 'NEVER_ACHIEVED';
  /** R.b, R.c: a later result may still change it. */
  readonly provisional?: true;
  /** R.c */
  readonly firstPositiveDay?: number;
  readonly method?: Mrd['method'];
  readonly sinceCleared?: boolean;
  readonly lastNegativeDay?: number;
  readonly methods?: readonly Mrd['method'][];
  readonly ngsDone?: boolean;
  /** C.b: percent of marrow cells; C.c: what is known of blinatumomab. */
  readonly value?: number | string;
  readonly threshold?: string;
  readonly also?: Readonly<Partial<Record<'ge5' | 'gt25' | 'gt40', boolean>>>;
}

export interface HctCriterion extends CriterionDetails {
  readonly id: CriterionId;
  readonly result: Tristate;
  /** In words, for a reader. */
  readonly reason: string;
  readonly data: readonly Datum[];
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly cite: readonly string[];
  /** What would resolve it, in the wording of clinical specification 5.2; empty unless UNKNOWN. */
  readonly missing: readonly string[];
}

/** A yes, no or unknown that a gate asks for, with what it rests on. */
export interface Answered<T> {
  readonly answer: T;
  readonly data: readonly Datum[];
}

export interface HctBasis {
  readonly diseaseStatus: Answered<DiseaseState>;
  readonly transplantedAfterInfusion: Answered<Tristate>;
  readonly fitForHct: Answered<Tristate>;
  readonly priorHct: Answered<Tristate>;
}

/** One other setting of a parameter under which a result changes. */
export interface BoundaryChange {
  readonly parameter: 'window' | 'bcaDefinition' | 'highBurden';
  readonly value: string;
  readonly status: HctStatus;
  /** Criteria whose result differs under it. */
  readonly criteria: readonly { readonly id: CriterionId; readonly result: Tristate }[];
}

export type SpecialConsideration =
  | 'monthsSinceFirstHct'
  | 'firstHctConditioning'
  | 'firstHctDonorType'
  | 'preCartCd19NegClone'
  | 'donorAvailability'
  | 'comorbidities'
  | 'previousToxicities';

export type Cd28Timing = 'BEFORE_WINDOW' | 'IN_WINDOW_4_8_WK' | 'AFTER_WINDOW';

/** HCT consolidation after CD19 CAR-T, for one patient on one day (clinical specification 5.5). */
export interface HctAssessment {
  readonly patient: string;
  readonly evaluatedAt: PartialDate;
  /** Number of the course in the record, and the day after its infusion, where it can be told. */
  readonly course?: number;
  readonly day?: number;
  readonly ruleset: string;
  readonly status: HctStatus;
  /** The gate that gave the status, where one did. */
  readonly gate?: 'G1' | 'G2' | 'G3' | 'G4' | 'G5' | 'G6';
  readonly reason: string;
  /** What the criteria alone would give for a patient who is fit and in remission. */
  readonly statusIfEligible?: HctStatus;
  /** What completing the unknowns can still reach; present where indeterminate. */
  readonly possible?: readonly DefiniteHctStatus[];
  readonly possibleIfEligible?: readonly DefiniteHctStatus[];
  readonly branch: HctBranch | null;
  readonly criteria: readonly HctCriterion[];
  readonly basis?: HctBasis;
  /** What G1 rests on, where it gave the status. */
  readonly scopeData?: readonly Datum[];
  readonly missing: readonly string[];
  /** Their texts: `HCT_CAUTIONS`. */
  readonly cautions: readonly HctCaution[];
  readonly notes: readonly string[];
  readonly evidenceConflict: boolean;
  readonly timing?: Cd28Timing;
  readonly boundarySensitive: boolean;
  readonly boundaryChanges: readonly BoundaryChange[];
  readonly reevaluateByDay?: number;
  readonly nextBCellTestDueDay?: number;
  readonly specialConsiderations?: Readonly<Partial<Record<SpecialConsideration, string | number>>>;
  readonly specialConsiderationsMissing?: readonly SpecialConsideration[];
  readonly parameters: HctParameters;
  readonly disclaimer: string;
}
