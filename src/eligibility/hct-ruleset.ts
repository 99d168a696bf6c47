import type { CriterionId, DefiniteHctStatus } from './hct-assessment.ts';

/** The source is a journal pre-proof and may change: the version is part of every result. */
export const HCT_RULESET = 'westhafen-2025-preproof@1';

export const HCT_DISCLAIMER =
  'Decision support derived from a journal pre-proof; non-randomised evidence (WH L351). Not a medical device.';

/** What the rule set asks, in its order (clinical specification 5.2). */
export interface CriterionDefinition {
  readonly id: CriterionId;
  readonly title: string;
  readonly cite: readonly string[];
}

export const HCT_CRITERIA: Readonly<Record<CriterionId, CriterionDefinition>> = Object.freeze({
  'R.a': { id: 'R.a', title: 'CD28-costimulated product', cite: ['WH L421', 'WH L349'] },
  'R.b': { id: 'R.b', title: 'Loss of B-cell aplasia within 6 months', cite: ['WH L422', 'WH L112'] },
  'R.c': { id: 'R.c', title: 'MRD positive at any level after infusion', cite: ['WH L423'] },
  'C.a': { id: 'C.a', title: 'Donor available and HCT desired', cite: ['WH L427'] },
  'C.b': { id: 'C.b', title: 'High burden before lymphodepletion', cite: ['WH L428'] },
  'C.c': { id: 'C.c', title: 'Prior blinatumomab failure', cite: ['WH L429', 'WH L111'] },
  'C.d': { id: 'C.d', title: 'Another relapse unlikely to be treatable', cite: ['WH L430', 'WH L219'] },
} satisfies Record<CriterionId, CriterionDefinition>);

/** The wording in which missing data are listed (clinical specification 5.2), in the order of the list. */
export const MISSING = Object.freeze({
  fitness: 'eligibility to proceed (clinician fitness/comorbidity/infection assertion)',
  disease: 'current disease status',
  hctKind: 'type of HCT after infusion (allogeneic or autologous)',
  priorHct: 'prior HCT history',
  product: 'product identity / costimulatory domain',
  bCellsNever: 'B-cell count/fraction after infusion',
  bCellsStraddling: 'clinical adjudication of BCA loss date, or an intermediate B-cell result',
  bCellsNow: 'current B-cell assessment',
  mrd: 'post-infusion marrow MRD',
  donor: 'donor availability',
  desire: 'patient/family desire for HCT',
  burden: 'pre-lymphodepletion marrow blast % or MRD',
  blinatumomab: 'prior blinatumomab exposure and response',
  nextRelapse: 'refractoriness history / cytogenetic risk',
});

/** One row of the decision table for a patient who is fit and in remission; an absent answer may be any. */
export interface DecisionRow {
  readonly row: number;
  readonly priorHct: 'MET' | 'NOT_MET';
  /** R.a or R.b or R.c. */
  readonly recommended: 'MET' | 'NOT_MET';
  /** C.a or C.b or C.c or C.d. */
  readonly considered?: 'MET' | 'NOT_MET';
  readonly status: DefiniteHctStatus;
  readonly cite: readonly string[];
}

/**
 * The rows whose answers are all known. Rows 4 to 7, 10 and 11 of clinical specification 5.2 follow: an unknown
 * answer leaves every status open that one of its completions reaches.
 */
export const DECISION_TABLE: readonly DecisionRow[] = Object.freeze([
  { row: 1, priorHct: 'NOT_MET', recommended: 'MET', status: 'RECOMMENDED', cite: ['WH L419-423'] },
  {
    row: 2,
    priorHct: 'NOT_MET',
    recommended: 'NOT_MET',
    considered: 'MET',
    status: 'MAY_BE_CONSIDERED',
    cite: ['WH L425-430'],
  },
  {
    row: 3,
    priorHct: 'NOT_MET',
    recommended: 'NOT_MET',
    considered: 'NOT_MET',
    status: 'NO_CRITERION_MET',
    cite: ['WH L419-430'],
  },
  {
    row: 8,
    priorHct: 'MET',
    recommended: 'MET',
    status: 'SPECIAL_CONSIDERATION_PRIOR_HCT',
    cite: ['WH L432'],
  },
  { row: 9, priorHct: 'MET', recommended: 'NOT_MET', status: 'NO_CRITERION_MET', cite: ['WH L432'] },
] satisfies DecisionRow[]);

/** Evidence that a reader must see beside a status; never changes it. */
export const EVIDENCE_NOTES = Object.freeze({
  mrdPositive: 'Less benefit of HCT is reported for MRD positivity or relapse after CAR-T (WH L353).',
  bcaLoss: 'B-cell recovery alone does not necessarily mean relapse (WH L295).',
  priorHct:
    'One study found a leukaemia-free survival benefit only without earlier HCT; a European study found no ' +
    'difference between first and second HCT after CAR-T (WH L353). Alternatives: reinfusion, maintenance ' +
    'including a kinase inhibitor (WH L432-442).',
});
