import { cd19Courses } from '../clinical/course/courses.ts';
import { recordAsOf } from '../clinical/record/record-as-of.ts';
import type { CohortRecord, Course } from '../cohort/cohort-record.generated.ts';
import { rejection } from '../core/cartograph-error.ts';
import { isPartialDate, type PartialDate, precisionOf } from '../core/partial-date.ts';
import { deriveBoundaryChanges } from './boundary-changes.ts';
import { buildData } from './datum.ts';
import { evaluateHct, type HctEvaluation } from './evaluate-hct.ts';
import type { Cd28Timing, Datum, HctAssessment, HctBranch, HctCriterion } from './hct-assessment.ts';
import { deriveHctBasis } from './hct-basis.ts';
import type { HctCaution } from './hct-caution-texts.ts';
import { deriveCautions } from './hct-cautions.ts';
import { buildHctContext, type HctContext } from './hct-context.ts';
import { HCT_DEFAULTS, type HctParameters } from './hct-parameters.ts';
import { explainStatus } from './hct-reason.ts';
import { EVIDENCE_NOTES, HCT_DISCLAIMER, HCT_RULESET } from './hct-ruleset.ts';
import { listMissing } from './missing-data.ts';
import { deriveSpecialConsiderations } from './special-considerations.ts';

/**
 * Whether HCT is to be considered as consolidation after the latest CD19 CAR-T course, as known on `asOf`, a
 * full date: gates, criteria, decision table (clinical specification 5). Nothing that is not recorded counts as
 * "no"; a status is definite only where no missing fact could change it. Throws `parameter-invalid` for any
 * other `asOf`.
 */
export function assessHctConsolidation(
  record: CohortRecord,
  asOf: PartialDate,
  overrides: Partial<HctParameters> = {},
): HctAssessment {
  if (!isPartialDate(asOf) || precisionOf(asOf) !== 'day') {
    throw rejection('parameter-invalid', 'asOf must be a full date', {
      found: asOf.slice(0, 40),
      expected: 'YYYY-MM-DD',
    });
  }
  const parameters = { ...HCT_DEFAULTS, ...overrides };
  const known = recordAsOf(record, asOf);
  const course = cd19Courses(known).at(-1);
  const outside = deriveOutsideScope(known, course);
  if (course === undefined || outside !== undefined) {
    return outsideScope(known.id, asOf, parameters, outside ?? NO_COURSE);
  }
  return assessCourse(buildHctContext(known, asOf, course), parameters);
}

interface OutsideScope {
  readonly reason: string;
  readonly data: readonly Datum[];
}

const NO_COURSE: OutsideScope = { reason: 'no CD19 CAR-T infusion on record', data: [] };

/** G1 (clinical specification 5.1). A diagnosis that is not recorded is none that was refuted. */
function deriveOutsideScope(record: CohortRecord, course: Course | undefined): OutsideScope | undefined {
  const { death, vitalStatus } = record.followUp;
  const dead = [
    ...(death === undefined ? [] : [death]),
    ...vitalStatus.filter(({ status }) => status === 'DEAD'),
  ];
  if (dead.length > 0) {
    return { reason: 'deceased', data: dead.flatMap(({ sources, date }) => buildData(sources, { date })) };
  }
  if (course === undefined) return NO_COURSE;
  const { diagnoses } = record.disease;
  const isRefuted = diagnoses.length > 0 && diagnoses.every(({ verification }) => verification === 'REFUTED');
  if (!isRefuted) return undefined;
  return {
    reason: 'B-ALL refuted',
    data: diagnoses.flatMap(({ sources, date }) => buildData(sources, { date })),
  };
}

function outsideScope(
  patient: string,
  evaluatedAt: PartialDate,
  parameters: HctParameters,
  { reason, data }: OutsideScope,
): HctAssessment {
  return {
    patient,
    evaluatedAt,
    ruleset: HCT_RULESET,
    status: 'NOT_APPLICABLE',
    gate: 'G1',
    reason,
    branch: null,
    criteria: [],
    scopeData: data,
    missing: [],
    cautions: [],
    notes: [],
    evidenceConflict: false,
    boundarySensitive: false,
    boundaryChanges: [],
    parameters,
    disclaimer: HCT_DISCLAIMER,
  };
}

function assessCourse(context: HctContext, parameters: HctParameters): HctAssessment {
  const { cautions: basisCautions, ...basis } = deriveHctBasis(context);
  const evaluation = evaluateHct(context, basis, parameters);
  const { criteria, decision, answers, nextBCellTestDueDay } = evaluation;
  const boundaryChanges = deriveBoundaryChanges(context, basis, parameters, evaluation);
  const cautions = cautionsOf(context, evaluation, basisCautions, parameters);
  const missing = listMissing(answers, decision, criteria);
  const reevaluateByDay = criteria.find(({ id }) => id === 'R.b')?.reevaluateByDay;
  const timing = timingOf(context, criteria, parameters);
  return {
    patient: context.record.id,
    evaluatedAt: context.asOf,
    course: context.course.number,
    ...(context.day === undefined ? {} : { day: context.day }),
    ruleset: HCT_RULESET,
    ...decision,
    reason: explainStatus(decision.status, criteria, basis, missing),
    branch: branchOf(evaluation),
    criteria,
    basis,
    missing,
    cautions,
    notes: notesOf(evaluation),
    evidenceConflict: decision.status === 'RECOMMENDED' && cautions.some(isLowBurden),
    ...(timing === undefined ? {} : { timing }),
    boundarySensitive: boundaryChanges.length > 0,
    boundaryChanges,
    ...(reevaluateByDay === undefined ? {} : { reevaluateByDay }),
    ...(nextBCellTestDueDay === undefined ? {} : { nextBCellTestDueDay }),
    ...(decision.statusIfEligible === 'SPECIAL_CONSIDERATION_PRIOR_HCT'
      ? deriveSpecialConsiderations(context)
      : {}),
    parameters,
    disclaimer: HCT_DISCLAIMER,
  };
}

function branchOf({ criteria, answers }: HctEvaluation): HctBranch | null {
  if (criteria.length === 0) return null;
  if (answers.priorHct === 'UNKNOWN') return 'UNKNOWN';
  return answers.priorHct === 'MET' ? 'PRIOR_HCT' : 'NO_PRIOR_HCT';
}

function cautionsOf(
  context: HctContext,
  { criteria, cautions, burden }: HctEvaluation,
  basisCautions: readonly HctCaution[],
  parameters: HctParameters,
): readonly HctCaution[] {
  if (criteria.length === 0) return [];
  return [...new Set([...deriveCautions(context, burden, parameters), ...cautions, ...basisCautions])];
}

function isLowBurden(caution: HctCaution): boolean {
  return caution === 'LOW_BURDEN_PRE_LD' || caution === 'LOW_BURDEN_POST_LD';
}

function timingOf(
  { day }: HctContext,
  criteria: readonly HctCriterion[],
  { cd28WindowFromDay, cd28WindowToDay }: HctParameters,
): Cd28Timing | undefined {
  const isCd28 = criteria.some(({ id, result }) => id === 'R.a' && result === 'MET');
  if (!isCd28 || day === undefined) return undefined;
  if (day < cd28WindowFromDay) return 'BEFORE_WINDOW';
  return day <= cd28WindowToDay ? 'IN_WINDOW_4_8_WK' : 'AFTER_WINDOW';
}

function notesOf({ criteria, answers }: HctEvaluation): readonly string[] {
  const isMet = (wanted: HctCriterion['id']) =>
    criteria.some(({ id, result }) => id === wanted && result === 'MET');
  return [
    ...(isMet('R.b') ? [EVIDENCE_NOTES.bcaLoss] : []),
    ...(isMet('R.c') ? [EVIDENCE_NOTES.mrdPositive] : []),
    ...(criteria.length > 0 && answers.priorHct === 'MET' ? [EVIDENCE_NOTES.priorHct] : []),
  ];
}
