import type { PartialDate, ToxicityGrade } from '../../cohort/cohort-record.generated.ts';
import { dayNumber } from '../../core/partial-date.ts';
import type { Tristate } from '../../core/tristate.ts';
import { type CourseFrame, dateOfDay } from '../course/course-frame.ts';
import { type GradeStatus, leavesOpen } from './graded.ts';
import type { GradedPoint } from './graded-point.ts';
import type { Adjudication, ReportedSystem } from './reported-grades.ts';
import type { EpisodeRules, ToxicityEpisode } from './toxicity-episodes.ts';

/** What counts, after adjudication, computation and report were weighed. */
export interface ToxicityDecision {
  /**
   * MET: an attributed episode, or a report. NOT_MET: assessed within the window of attribution, and grade 0 every
   * time, or reported so. UNKNOWN: not assessed, not gradable, or waiting for adjudication.
   */
  readonly occurred: Tristate;
  /** The grade that counts; absent where none can be told. */
  readonly peak?: number;
  readonly peakStatus: GradeStatus;
  readonly basis?: 'ADJUDICATED' | 'COMPUTED' | 'REPORTED' | 'DEATH';
  readonly peakDay?: number;
  /** First day of the first attributed episode, and last day of the last. */
  readonly onset?: PartialDate;
  readonly onsetDay?: number;
  readonly end?: PartialDate;
  readonly endDay?: number;
  /** Days of all attributed episodes together, first and last day included. */
  readonly durationDays?: number;
}

export interface PeakGrade {
  readonly grade: number;
  readonly status: GradeStatus;
  /** First day of that grade; absent for 0. */
  readonly day?: number;
}

export function isAttributed({ attribution }: ToxicityEpisode): boolean {
  return attribution === 'ATTRIBUTED';
}

/** Moments with the grades that were decided for their days in place of the computed ones. */
export function applyDecisions(
  frame: CourseFrame,
  points: readonly GradedPoint[],
  adjudications: readonly Adjudication[],
): readonly GradedPoint[] {
  const decided = new Map<number, Adjudication>();
  for (const decision of adjudications) {
    if (decision.grade !== undefined && !decided.has(decision.day)) decided.set(decision.day, decision);
  }
  if (decided.size === 0) return points;
  const seen = new Set(points.map(({ day }) => day));
  const kept = points.map((point) => overridden(point, decided.get(point.day)));
  const added = [...decided.values()]
    .filter(({ day }) => !seen.has(day))
    .flatMap((decision) => {
      const moment = frame.momentOf({ date: decision.date });
      return moment === undefined ? [] : [overridden({ ...moment, ...UNGRADED }, decision)];
    });
  return [...kept, ...added].sort((a, b) => a.at - b.at);
}

const UNGRADED = { status: 'INDETERMINATE', missing: [], flags: [], evidence: [] } as const;

function overridden(point: GradedPoint, decision: Adjudication | undefined): GradedPoint {
  if (decision?.grade === undefined) return point;
  const { grade, evidence } = decision;
  return { ...point, status: 'EXACT', grade, missing: [], flags: [], evidence };
}

/**
 * The highest grade of these episodes; 0 where there are none, some moment within the window of attribution was
 * graded and none hides anything; undefined where nothing can be told. A lower bound anywhere, short of grade 4, leaves a lower
 * bound.
 */
export function peakOf(
  points: readonly GradedPoint[],
  episodes: readonly ToxicityEpisode[],
  rules: EpisodeRules,
): PeakGrade | undefined {
  const ofEpisodes = new Set(episodes.flatMap(daysOf));
  const considered = points.filter(({ day }) => day <= rules.automaticToDay || ofEpisodes.has(day));
  const exact = !considered.some(leavesOpen);
  const [worst] = [...episodes].sort((a, b) => b.peak - a.peak || a.onsetDay - b.onsetDay);
  if (worst !== undefined) {
    const status = exact || worst.peak >= 4 ? 'EXACT' : 'AT_LEAST';
    return { grade: worst.peak, status, day: worst.peakDay };
  }
  const someGraded = considered.some(({ grade }) => grade !== undefined);
  const hidden = considered.some((point) => point.grade === undefined && leavesOpen(point));
  return someGraded && !hidden ? { grade: 0, status: exact ? 'EXACT' : 'AT_LEAST' } : undefined;
}

function daysOf({ onsetDay, durationDays }: ToxicityEpisode): readonly number[] {
  return Array.from({ length: durationDays }, (_, index) => onsetDay + index);
}

interface DecisionBasis {
  readonly frame: CourseFrame;
  readonly toxicity: 'CRS' | 'ICANS';
  readonly rules: EpisodeRules;
  /** With decided grades in place. */
  readonly points: readonly GradedPoint[];
  readonly episodes: readonly ToxicityEpisode[];
  readonly adjudications: readonly Adjudication[];
  /** The report in the system that is computed. */
  readonly same: ReportedSystem | undefined;
  readonly systems: readonly ReportedSystem[];
}

/**
 * Death by the toxicity, else adjudication, else the computed grade, else the report in the same system. A report
 * that does not contradict a computed lower bound is the better knowledge.
 */
export function decideToxicity(basis: DecisionBasis): ToxicityDecision {
  const { frame, episodes, same, systems, rules, points, adjudications } = basis;
  const counted = episodes.filter(isAttributed);
  const span = spanOf(counted);
  const deathDay = deathBy(frame, basis.toxicity);
  if (deathDay !== undefined) {
    return { ...span, occurred: 'MET', peak: 5, peakStatus: 'EXACT', basis: 'DEATH', peakDay: deathDay };
  }
  const peak = peakOf(points, counted, rules);
  const waiting = episodes.some(({ attribution }) => attribution === 'LATE_ADJUDICATE');
  const source = adjudications.length > 0 ? 'ADJUDICATED' : 'COMPUTED';
  const reportIsBetter =
    adjudications.length === 0 && same?.peak !== undefined && same.peak > 0 && (peak?.grade ?? 0) < same.peak;
  if (reportIsBetter && (peak === undefined || peak.status !== 'EXACT' || peak.grade === 0)) {
    return { ...fromReport(same, frame), ...(counted.length === 0 ? {} : span) };
  }
  if (peak !== undefined && (peak.grade > 0 || !waiting)) {
    const occurred = peak.grade > 0 ? 'MET' : 'NOT_MET';
    const elsewhere = occurred === 'NOT_MET' && systems.some(({ onsetDay }) => onsetDay !== undefined);
    if (elsewhere && adjudications.length === 0) return { occurred: 'MET', peakStatus: 'INDETERMINATE' };
    return { ...span, occurred, ...namedPeak(peak), basis: source };
  }
  if (same !== undefined) return fromReport(same, frame);
  if (systems.some(({ onsetDay }) => onsetDay !== undefined)) {
    return { occurred: 'MET', peakStatus: 'INDETERMINATE' };
  }
  return { occurred: 'UNKNOWN', peakStatus: 'INDETERMINATE' };
}

function namedPeak({ grade, status, day }: PeakGrade) {
  return { peak: grade, peakStatus: status, ...(day === undefined ? {} : { peakDay: day }) };
}

/** A toxicity reported without a grade occurred; how badly is not known. */
function fromReport(report: ReportedSystem, frame: CourseFrame): ToxicityDecision {
  const { peak, peakDay, onsetDay, endDay } = report;
  return {
    occurred: onsetDay === undefined ? 'NOT_MET' : 'MET',
    ...(peak === undefined ? {} : { peak }),
    peakStatus: peak === undefined ? 'INDETERMINATE' : 'EXACT',
    basis: 'REPORTED',
    ...(peakDay === undefined || peak === 0 ? {} : { peakDay }),
    ...(onsetDay === undefined ? {} : { onsetDay, onset: dateOfDay(frame, onsetDay) }),
    ...(endDay === undefined ? {} : { endDay, end: dateOfDay(frame, endDay) }),
  };
}

function spanOf(episodes: readonly ToxicityEpisode[]): Partial<ToxicityDecision> {
  const [first] = episodes;
  const last = episodes.at(-1);
  if (first === undefined || last === undefined) return {};
  const { onset, onsetDay } = first;
  const { end, endDay } = last;
  const durationDays = episodes.reduce((sum, episode) => sum + episode.durationDays, 0);
  return { onset, onsetDay, end, endDay, durationDays };
}

/** Day of a death that the record puts down to this toxicity, if it fell into the course. */
function deathBy(frame: CourseFrame, toxicity: ToxicityGrade['toxicity']): number | undefined {
  if (frame.record.followUp.death?.cause !== toxicity) return undefined;
  const on = frame.dates.deathRecorded?.on?.date;
  if (on === undefined) return undefined;
  const day = dayNumber(on) - dayNumber(frame.infusion.date);
  return day >= 0 && day <= frame.lastDay ? day : undefined;
}
