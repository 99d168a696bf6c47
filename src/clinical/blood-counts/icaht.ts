import type { Source } from '../../cohort/cohort-record.generated.ts';
import { daysBetween } from '../../core/partial-date.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { deriveCourseTimeline } from '../course/course-timeline.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { isOfClass } from '../record/agent-classes.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { laboratorySeries, lowestOfDay } from '../record/laboratory-series.ts';
import type { GradeStatus } from '../toxicity/graded.ts';
import { deriveReportedGrades, type ReportedSystem } from '../toxicity/reported-grades.ts';
import {
  type EarlyIcahtGrade,
  gradeEarlyIcaht,
  gradeLateIcaht,
  gradePlateletIcaht,
  type IcahtEnd,
  type LateIcahtGrade,
  type PlateletIcahtGrade,
} from './icaht-grade.ts';

/** What ended the counting before its last day. */
export type IcahtCensoring = 'DEATH' | 'RELAPSE' | 'NEW_THERAPY' | 'LAST_FOLLOW_UP' | 'CUT_OFF';

export interface Icaht extends DerivedResult {
  readonly phase: 'EARLY' | 'LATE';
  /** AT_LEAST where days without counts could hide more; INDETERMINATE without any count. */
  readonly status: GradeStatus;
  /** 0 to 4; absent where it cannot be assessed. */
  readonly grade?: number;
  readonly detail: EarlyIcahtGrade | LateIcahtGrade;
  /** The same for platelets; optional in the literature, never mixed with the grade. */
  readonly platelets: PlateletIcahtGrade;
  readonly censored?: { readonly day: number; readonly reason: IcahtCensoring };
  /** Growth factors do not change the grade. */
  readonly growthFactors: readonly Source[];
  readonly reported: readonly ReportedSystem[];
}

/** What the result depends on. */
export const ICAHT_PARAMETER_NAMES = [
  'icahtMode',
  'icahtEarlyToDay',
  'icahtLateToDay',
  'icahtFillDays',
  'icahtJoinDays',
  'icahtNeverRecoveredFromDay',
] as const;

/** Counts below these say something by themselves: the highest threshold of each phase. */
const PLACEABLE = { EARLY: 500, LATE: 1500 } as const;
const PLACEABLE_PLATELETS = { EARLY: 50, LATE: 100 } as const;

/**
 * Haematotoxicity after one infusion, early (day 0 to 30) or late (31 to 100), by the EHA/EBMT grades (Rejeski 2023;
 * clinical specification 2.3). Neutrophils in cells per microlitre, platelets in 10*9/L. Counting ends with death,
 * relapse or progression, another anti-leukaemic therapy, the next infusion, or the last follow-up. Throws RangeError
 * on an override that the parameter does not allow.
 */
export function deriveIcaht(
  frame: CourseFrame,
  phase: Icaht['phase'],
  overrides: ParameterOverrides = {},
): Icaht {
  const parameters = chooseParameters(ICAHT_PARAMETER_NAMES, overrides);
  const end = endOfCounting(frame, parameters.icahtEarlyToDay);
  const neutrophils = laboratorySeries(frame, 'anc');
  const { values, unplaced } = lowestOfDay(neutrophils, PLACEABLE[phase]);
  const detail =
    phase === 'EARLY' ? gradeEarlyIcaht(values, end, parameters) : gradeLateIcaht(values, end, parameters);
  const platelets = lowestOfDay(laboratorySeries(frame, 'platelets'), PLACEABLE_PLATELETS[phase]);
  const fromDay = phase === 'EARLY' ? 0 : parameters.icahtEarlyToDay + 1;
  const toDay = phase === 'EARLY' ? parameters.icahtEarlyToDay : parameters.icahtLateToDay;
  const { status, missing } = judge(detail, unplaced);
  return {
    definition: phase === 'EARLY' ? 'ICAHT_EARLY_EHA_EBMT_2023' : 'ICAHT_LATE_EHA_EBMT_2023',
    version: '1',
    course: frame.course.number,
    parameters,
    phase,
    status,
    ...(detail.grade === undefined ? {} : { grade: detail.grade }),
    detail,
    platelets: gradePlateletIcaht(phase, platelets.values, end, parameters),
    ...(end.lastDay < toDay && end.reason !== undefined
      ? { censored: { day: end.lastDay, reason: end.reason } }
      : {}),
    growthFactors: growthFactors(frame, fromDay, toDay),
    reported: reportedOf(frame, phase),
    flags: [
      ...detail.flags,
      ...(unplaced > 0 ? ['COUNT_NOT_PLACEABLE'] : []),
      ...(frame.asOf?.length === 10 && frame.dayOf(frame.asOf) < toDay ? ['WINDOW_OPEN'] : []),
    ],
    missing,
    evidence: joinEvidence(
      neutrophils
        .filter(({ day }) => day >= fromDay && day <= Math.min(toDay, end.lastDay))
        .map(({ fact }) => fact.sources),
    ),
  };
}

function judge(
  { grade, flags }: EarlyIcahtGrade | LateIcahtGrade,
  unplaced: number,
): { readonly status: GradeStatus; readonly missing: readonly string[] } {
  if (grade === undefined) return { status: 'INDETERMINATE', missing: ['anc'] };
  const open =
    flags.includes('INCOMPLETE_SAMPLING') || flags.includes('UNCONFIRMED_LOW_VALUE') || unplaced > 0;
  return open && grade < 4 ? { status: 'AT_LEAST', missing: ['anc'] } : { status: 'EXACT', missing: [] };
}

interface CountingEnd extends IcahtEnd {
  readonly reason?: IcahtCensoring;
}

/**
 * The first of what ends the counting; on one day what is final comes first. The last follow-up is final only
 * once the window of early ICAHT is over: before that the patient may come again.
 */
function endOfCounting(frame: CourseFrame, earlyToDay: number): CountingEnd {
  const { record, course, dates, infusion } = frame;
  const timeline = deriveCourseTimeline(record, course, dates);
  const ends: CountingEnd[] = [];
  const death = dates.deathRecorded?.on;
  if (death !== undefined) {
    ends.push({ lastDay: daysBetween(infusion.date, death.date), final: true, reason: 'DEATH' });
  }
  const cutOff = frame.asOf?.length === 10 ? frame.dayOf(frame.asOf) : undefined;
  if (death === undefined && dates.lastContact !== undefined) {
    const lastDay = daysBetween(infusion.date, dates.lastContact.date);
    const final = cutOff === undefined || cutOff >= earlyToDay;
    ends.push({ lastDay, final, reason: 'LAST_FOLLOW_UP' });
  }
  if (cutOff !== undefined) ends.push({ lastDay: cutOff, final: false, reason: 'CUT_OFF' });
  for (const { day } of [...(timeline?.relapses ?? []), ...progressions(timeline)]) {
    ends.push({ lastDay: day, final: false, reason: 'RELAPSE' });
  }
  for (const { day, role } of timeline?.therapies ?? []) {
    if (role === 'SUPPORT' || role === 'MAINTENANCE') continue;
    ends.push({ lastDay: day, final: false, reason: 'NEW_THERAPY' });
  }
  const [first] = ends.sort((a, b) => a.lastDay - b.lastDay || Number(b.final) - Number(a.final));
  return first ?? { lastDay: Number.POSITIVE_INFINITY, final: false };
}

function progressions(
  timeline: ReturnType<typeof deriveCourseTimeline>,
): readonly { readonly day: number }[] {
  return (timeline?.days ?? []).filter(({ progressive }) => progressive);
}

function growthFactors(frame: CourseFrame, fromDay: number, toDay: number): readonly Source[] {
  const given = frame.placed
    .supportiveDrugs()
    .filter(({ day, fact }) => day >= fromDay && day <= toDay && isOfClass(fact.agent, 'GROWTH_FACTOR'));
  return joinEvidence(given.map(({ fact }) => fact.sources));
}

/** A report that does not say which belongs to the phase of its day. */
function reportedOf(frame: CourseFrame, phase: Icaht['phase']): readonly ReportedSystem[] {
  return deriveReportedGrades(frame, 'ICAHT').systems.filter(({ grades }) =>
    grades.some((grade) => (grade.phase ?? (grade.day <= 30 ? 'EARLY' : 'LATE')) === phase),
  );
}
