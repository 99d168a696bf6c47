import type { Tristate } from '../../core/tristate.ts';
import { type CourseFrame, dateOfDay } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import type { OpenAdjudication } from '../course/open-adjudication.ts';
import { joinEvidence } from '../record/fact-date.ts';
import type { GradedPoint } from './graded-point.ts';
import { type Adjudication, deriveReportedGrades, type ReportedSystem } from './reported-grades.ts';
import { deriveGradedDays, type GradedDay } from './toxicity-days.ts';
import {
  applyDecisions,
  decideToxicity,
  isAttributed,
  type PeakGrade,
  peakOf,
  type ToxicityDecision,
} from './toxicity-decision.ts';
import { deriveEpisodes, type EpisodeRules, type ToxicityEpisode } from './toxicity-episodes.ts';

/** CRS or ICANS over one course: what was computed and what was reported, side by side. */
export interface GradedToxicity extends DerivedResult, ToxicityDecision {
  readonly system: string;
  readonly severe: Tristate;
  /** Highest computed grade of attributed episodes; 0 where nothing was found. */
  readonly computedPeak?: number;
  readonly days: readonly GradedDay[];
  readonly episodes: readonly ToxicityEpisode[];
  readonly reported: readonly ReportedSystem[];
  readonly adjudications: readonly Adjudication[];
  /** The peak reported in the same system differs from the computed one. */
  readonly disagrees: boolean;
  readonly openAdjudications: readonly OpenAdjudication[];
}

export interface ToxicityQuestion {
  readonly toxicity: 'CRS' | 'ICANS';
  readonly definition: string;
  readonly version: string;
  /** Reports in this system are comparable with what is computed. */
  readonly system: string;
  readonly rules: EpisodeRules;
  readonly severeFromGrade: number;
  readonly parameters: DerivedResult['parameters'];
}

/** Brings the graded moments of one course and the reports about it together (clinical specification 2). */
export function deriveGradedToxicity(
  frame: CourseFrame,
  points: readonly GradedPoint[],
  question: ToxicityQuestion,
): GradedToxicity {
  const { rules, system, toxicity } = question;
  const { systems, adjudications } = deriveReportedGrades(frame, toxicity);
  const decided = applyDecisions(frame, points, adjudications);
  const episodes = deriveEpisodes(frame, decided, adjudications, rules);
  const computedEpisodes = adjudications.length === 0 ? episodes : deriveEpisodes(frame, points, [], rules);
  const computed = peakOf(points, computedEpisodes.filter(isAttributed), rules);
  const same = systems.find((report) => report.system === system);
  const disagrees = isContradicted(computed, same?.peak);
  const decision = decideToxicity({
    frame,
    toxicity,
    rules,
    points: decided,
    episodes,
    adjudications,
    same,
    systems,
  });
  const days = deriveGradedDays(frame, points);
  return {
    definition: question.definition,
    version: question.version,
    course: frame.course.number,
    parameters: question.parameters,
    system,
    ...decision,
    severe: severity(decision, question.severeFromGrade),
    ...(computed === undefined ? {} : { computedPeak: computed.grade }),
    days,
    episodes,
    reported: systems,
    adjudications,
    disagrees,
    openAdjudications: openQuestions(frame, episodes, disagrees ? same : undefined),
    flags: flagsOf(episodes, disagrees),
    missing: [...new Set(days.flatMap(({ missing }) => missing))].sort(),
    evidence: joinEvidence([
      ...episodes.map(({ evidence }) => evidence),
      ...systems.map(({ evidence }) => evidence),
      ...adjudications.map(({ evidence }) => evidence),
      ...(decision.basis === 'DEATH' ? [frame.record.followUp.death?.sources ?? []] : []),
    ]),
  };
}

/** A lower bound is contradicted only by a report below it. */
function isContradicted(computed: PeakGrade | undefined, reported: number | undefined): boolean {
  if (computed === undefined || reported === undefined) return false;
  return computed.status === 'EXACT' ? reported !== computed.grade : reported < computed.grade;
}

function severity({ peak, peakStatus, occurred }: ToxicityDecision, from: number): Tristate {
  if (peak !== undefined && peak >= from) return 'MET';
  return peakStatus === 'EXACT' && occurred !== 'UNKNOWN' ? 'NOT_MET' : 'UNKNOWN';
}

function flagsOf(episodes: readonly ToxicityEpisode[], disagrees: boolean): readonly string[] {
  const flags = episodes.flatMap(({ flags: own, attribution }) =>
    attribution === 'LATE_ADJUDICATE' ? [...own, 'LATE_ADJUDICATE'] : own,
  );
  return [...new Set(disagrees ? [...flags, 'REPORTED_DISAGREES'] : flags)].sort();
}

/** A decision about an episode answers every question about it. */
function openQuestions(
  frame: CourseFrame,
  episodes: readonly ToxicityEpisode[],
  contradicted: ReportedSystem | undefined,
): readonly OpenAdjudication[] {
  const open: OpenAdjudication[] = [];
  const ask = (reason: OpenAdjudication['reason'], day: number) =>
    open.push({ reason, day, date: dateOfDay(frame, day) });
  for (const { attribution, adjudicated, onsetDay, flags } of episodes) {
    if (attribution === 'LATE_ADJUDICATE') ask('LATE_ONSET', onsetDay);
    if (flags.includes('NEEDS_ADJUDICATION') && !adjudicated) ask('COMPUTED_WITHOUT_FEVER', onsetDay);
  }
  const decided = episodes.some(({ adjudicated }) => adjudicated);
  if (contradicted !== undefined && !decided) ask('REPORTED_DISAGREES', contradicted.peakDay ?? 0);
  return open;
}
