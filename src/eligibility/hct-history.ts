import { cd19Courses } from '../clinical/course/courses.ts';
import { deriveRecordDates } from '../clinical/record/record-dates.ts';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import { earliestDay, type PartialDate } from '../core/partial-date.ts';
import { assessHctConsolidation } from './assess-hct-consolidation.ts';
import { explainInOneLine } from './explain.ts';
import { collectData } from './explain-full.ts';
import type { Cd28Timing, CriterionId, Datum, HctAssessment, HctStatus } from './hct-assessment.ts';
import { deriveChangeDays } from './hct-change-days.ts';
import { HCT_DEFAULTS, type HctParameters } from './hct-parameters.ts';
import { HCT_RULESET } from './hct-ruleset.ts';

type GateAnswer = 'diseaseStatus' | 'transplantedAfterInfusion' | 'fitForHct' | 'priorHct';

/** One answer that differs from the day before; `from` is absent where it was not asked then, `to` where it is not now. */
export interface HctAnswerChange {
  readonly what: 'status' | 'statusIfEligible' | 'timing' | 'course' | GateAnswer | CriterionId;
  readonly from?: string;
  readonly to?: string;
}

/** A day on which the status, a criterion or the answer to a gate became another. */
export interface HctChange {
  readonly date: PartialDate;
  /** After the infusion of the course that was then the latest. */
  readonly day?: number;
  readonly status: HctStatus;
  readonly statusIfEligible?: HctStatus;
  readonly timing?: Cd28Timing;
  readonly changes: readonly HctAnswerChange[];
  /** FACT: something that was not used the day before is used now. TIME: a window ended, or a result became too old. */
  readonly cause: 'FACT' | 'TIME';
  /** Used now and not the day before. */
  readonly facts: readonly Datum[];
  readonly missing: readonly string[];
  /** One sentence. */
  readonly summary: string;
}

export interface HctHistory {
  readonly patient: string;
  readonly ruleset: string;
  /** First and last day that were looked at; absent where the record has no date. */
  readonly from?: PartialDate;
  readonly to?: PartialDate;
  /** Ascending by date; the first tells how things stood on `from`. */
  readonly changes: readonly HctChange[];
}

/**
 * The days between `from` and `to`, both full dates and both included, on which the assessment changed, with what
 * changed it. Unless given, the history runs from the first CD19 infusion to the last day on which anything that is
 * recorded can still change it. Each day is assessed with the facts that were dated up to then.
 */
export function deriveHctHistory(
  record: CohortRecord,
  range: { readonly from?: PartialDate | undefined; readonly to?: PartialDate | undefined } = {},
  overrides: Partial<HctParameters> = {},
): HctHistory {
  const parameters = { ...HCT_DEFAULTS, ...overrides };
  const days = deriveChangeDays(record, parameters);
  const to = range.to ?? days.at(-1);
  const from = range.from ?? firstInfusion(record) ?? to;
  if (from === undefined || to === undefined || from > to) {
    return { patient: record.id, ruleset: HCT_RULESET, changes: [] };
  }
  const changes: HctChange[] = [];
  let before: HctAssessment | undefined;
  for (const date of [from, ...days.filter((day) => day > from && day <= to)]) {
    const assessment = assessHctConsolidation(record, date, parameters);
    const change = compare(before, assessment);
    if (change !== undefined) changes.push(change);
    before = assessment;
  }
  return { patient: record.id, ruleset: HCT_RULESET, from, to, changes };
}

function firstInfusion(record: CohortRecord): PartialDate | undefined {
  const { infusions } = deriveRecordDates(record);
  const [first] = cd19Courses(record);
  if (first === undefined) return undefined;
  return infusions.get(first.number)?.date ?? earliestDay(first.infusion.date);
}

function compare(before: HctAssessment | undefined, now: HctAssessment): HctChange | undefined {
  const was = before === undefined ? new Map<HctAnswerChange['what'], string>() : answersOf(before);
  const is = answersOf(now);
  const changes = [...new Set([...is.keys(), ...was.keys()])].flatMap((what): readonly HctAnswerChange[] => {
    const [from, to] = [was.get(what), is.get(what)];
    if (from === to) return [];
    return [{ what, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
  if (changes.length === 0) return undefined;
  const facts = newFacts(before, now);
  const { evaluatedAt: date, day, status, statusIfEligible, timing, missing } = now;
  return {
    date,
    ...(day === undefined ? {} : { day }),
    status,
    ...(statusIfEligible === undefined ? {} : { statusIfEligible }),
    ...(timing === undefined ? {} : { timing }),
    changes,
    cause: facts.length > 0 ? 'FACT' : 'TIME',
    facts,
    missing,
    summary: explainInOneLine(now),
  };
}

function answersOf(assessment: HctAssessment): ReadonlyMap<HctAnswerChange['what'], string> {
  const { status, statusIfEligible, timing, course, basis, criteria } = assessment;
  const answers = new Map<HctAnswerChange['what'], string>([['status', status]]);
  if (statusIfEligible !== undefined) answers.set('statusIfEligible', statusIfEligible);
  if (timing !== undefined) answers.set('timing', timing);
  if (course !== undefined) answers.set('course', String(course));
  if (basis !== undefined) {
    const { diseaseStatus, transplantedAfterInfusion, fitForHct, priorHct } = basis;
    answers.set('diseaseStatus', diseaseStatus.answer);
    answers.set('transplantedAfterInfusion', transplantedAfterInfusion.answer);
    answers.set('fitForHct', fitForHct.answer);
    answers.set('priorHct', priorHct.answer);
  }
  for (const { id, result } of criteria) answers.set(id, result);
  return answers;
}

function newFacts(before: HctAssessment | undefined, now: HctAssessment): readonly Datum[] {
  const keyOf = ({ ref, path, value = '' }: Datum) => `${ref} ${path} ${value}`;
  const known = new Set(before === undefined ? [] : collectData(before).map(keyOf));
  const facts = new Map<string, Datum>();
  for (const datum of collectData(now)) {
    const key = keyOf(datum);
    if (!known.has(key) && !facts.has(key)) facts.set(key, datum);
  }
  return [...facts.values()];
}
