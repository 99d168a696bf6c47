import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import type { PartialDate } from '../core/partial-date.ts';
import { assessHctConsolidation } from '../eligibility/assess-hct-consolidation.ts';
import { explainInOneLine } from '../eligibility/explain.ts';
import { dateOfDay } from '../eligibility/explain-parts.ts';
import { HCT_STATUSES, type HctAssessment, type HctStatus } from '../eligibility/hct-assessment.ts';
import { deriveHctHistory, type HctHistory } from '../eligibility/hct-history.ts';
import { HCT_RULESET, MISSING } from '../eligibility/hct-ruleset.ts';
import { deriveAttrition, type HctAttritionStep } from './hct-attrition.ts';

/** Something to do for one patient. */
export interface HctDue {
  readonly what: 'B_CELLS' | 'REASSESSMENT' | 'HCT_WINDOW_AFTER_CD28' | 'MISSING_DATA';
  /** Absent where it is due at once. */
  readonly by?: PartialDate;
  readonly overdue: boolean;
  /** For missing data, what is missing. */
  readonly detail?: string;
}

export interface HctWorkItem {
  readonly patient: string;
  readonly status: HctStatus;
  readonly statusIfEligible?: HctStatus;
  /** Since when the status is what it is. */
  readonly since?: PartialDate;
  /** Since when without a break a transplantation is recommended or to be considered, where it is. */
  readonly eligibleSince?: PartialDate;
  readonly day?: number;
  readonly summary: string;
  readonly due: readonly HctDue[];
  readonly assessment: HctAssessment;
}

export interface HctWorklist {
  readonly asOf: PartialDate;
  readonly ruleset: string;
  /** Those for whom HCT is recommended first; within a status the latest change first. */
  readonly items: readonly HctWorkItem[];
  readonly counts: Readonly<Partial<Record<HctStatus, number>>>;
  readonly attrition: readonly HctAttritionStep[];
}

const ELIGIBLE: ReadonlySet<HctStatus> = new Set([
  'RECOMMENDED',
  'MAY_BE_CONSIDERED',
  'SPECIAL_CONSIDERATION_PRIOR_HCT',
]);

const B_CELL_GAPS: readonly string[] = [MISSING.bCellsNever, MISSING.bCellsNow];

/** What there is to do in a cohort on `asOf`: who became eligible when, and who needs which test by when. */
export function buildHctWorklist(records: readonly CohortRecord[], asOf: PartialDate): HctWorklist {
  const items = records.map((record) => itemOf(record, asOf)).sort(inOrder);
  const counts: Partial<Record<HctStatus, number>> = {};
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1;
  const attrition = deriveAttrition(items.map(({ assessment }) => assessment));
  return { asOf, ruleset: HCT_RULESET, items, counts, attrition };
}

function itemOf(record: CohortRecord, asOf: PartialDate): HctWorkItem {
  const assessment = assessHctConsolidation(record, asOf);
  const { status, statusIfEligible, day } = assessment;
  const history = deriveHctHistory(record, { to: asOf });
  const since = sinceWhen(history, (one) => one === status);
  const eligibleSince = ELIGIBLE.has(status) ? sinceWhen(history, (one) => ELIGIBLE.has(one)) : undefined;
  return {
    patient: record.id,
    status,
    ...(statusIfEligible === undefined ? {} : { statusIfEligible }),
    ...(since === undefined ? {} : { since }),
    ...(eligibleSince === undefined ? {} : { eligibleSince }),
    ...(day === undefined ? {} : { day }),
    summary: explainInOneLine(assessment),
    due: dueOf(assessment),
    assessment,
  };
}

/** First day of the unbroken run of such statuses that lasts to the end of the history. */
function sinceWhen({ changes }: HctHistory, holds: (status: HctStatus) => boolean): PartialDate | undefined {
  const lastOther = changes.findLastIndex(({ status }) => !holds(status));
  return changes[lastOther + 1]?.date;
}

/** What is due: tests and reassessments by their dates, and the missing data at once. */
function dueOf(assessment: HctAssessment): readonly HctDue[] {
  const { evaluatedAt, nextBCellTestDueDay, reevaluateByDay, timing, missing, parameters } = assessment;
  const dated = (what: HctDue['what'], by: PartialDate | undefined): readonly HctDue[] =>
    by === undefined ? [] : [{ what, by, overdue: by < evaluatedAt }];
  const hasWindow = timing === 'BEFORE_WINDOW' || timing === 'IN_WINDOW_4_8_WK';
  const bCellsBy = dateOfDay(assessment, nextBCellTestDueDay);
  const bCellsNow = bCellsBy === undefined && missing.some((wording) => B_CELL_GAPS.includes(wording));
  return [
    ...(hasWindow ? dated('HCT_WINDOW_AFTER_CD28', dateOfDay(assessment, parameters.cd28WindowToDay)) : []),
    ...dated('B_CELLS', bCellsBy),
    ...(bCellsNow ? [{ what: 'B_CELLS', overdue: false } as const] : []),
    ...dated('REASSESSMENT', dateOfDay(assessment, reevaluateByDay)),
    ...missing.map((detail) => ({ what: 'MISSING_DATA', overdue: false, detail }) as const),
  ];
}

const RANK: readonly HctStatus[] = [...HCT_STATUSES.slice(0, 3), 'INDETERMINATE', ...HCT_STATUSES.slice(3)];

function inOrder(a: HctWorkItem, b: HctWorkItem): number {
  const byStatus = RANK.indexOf(a.status) - RANK.indexOf(b.status);
  if (byStatus !== 0) return byStatus;
  const [since, other] = [a.since ?? '', b.since ?? ''];
  if (since !== other) return since > other ? -1 : 1;
  return a.patient < b.patient ? -1 : 1;
}
