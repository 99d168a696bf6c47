import type { PartialDate, Source } from '../../cohort/cohort-record.generated.ts';
import { type CourseFrame, dateOfDay } from '../course/course-frame.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { hoursBetween, type Moment } from '../record/moment.ts';
import type { GradedPoint } from './graded-point.ts';
import type { Adjudication } from './reported-grades.ts';

/** `ATTRIBUTED` counts; `LATE_ADJUDICATE` waits for a decision; `NOT_ATTRIBUTED` began too late or was decided so. */
export type EpisodeAttribution = 'ATTRIBUTED' | 'LATE_ADJUDICATE' | 'NOT_ATTRIBUTED';

/** A stretch of a toxicity from its first to its last day with a grade of 1 or more. */
export interface ToxicityEpisode {
  readonly onset: PartialDate;
  readonly onsetDay: number;
  /** Moment of the first grade of 1 or more. */
  readonly onsetMoment: Moment;
  readonly end: PartialDate;
  readonly endDay: number;
  /** End minus onset plus one. */
  readonly durationDays: number;
  readonly peak: number;
  readonly peakDay: number;
  /** A grade 0 was recorded after the end; else the end is only the last that was seen. */
  readonly resolved: boolean;
  readonly attribution: EpisodeAttribution;
  /** A decision stands behind its attribution or one of its grades. */
  readonly adjudicated: boolean;
  readonly flags: readonly string[];
  readonly evidence: readonly Source[];
}

export interface EpisodeRules {
  readonly gapHours: number;
  /** Last day of onset that is attributed without asking. */
  readonly automaticToDay: number;
  /** Last day of onset that is put to adjudication. */
  readonly adjudicateToDay: number;
}

/**
 * Episodes of a course from graded moments in order of time (clinical specification 2): moments with a grade of 1
 * or more belong together while less than `gapHours` lie between one and the next. An adjudication may split or
 * join them on its day and decide the attribution; grades that were decided stand in `points` already (see
 * `applyDecisions`), which must be sorted by time.
 */
export function deriveEpisodes(
  frame: CourseFrame,
  points: readonly GradedPoint[],
  adjudications: readonly Adjudication[],
  rules: EpisodeRules,
): readonly ToxicityEpisode[] {
  const positive = points.filter(({ grade }) => grade !== undefined && grade >= 1);
  const runs: GradedPoint[][] = [];
  for (const point of positive) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && continues(last, point, adjudications, rules))
      run.push(point);
    else runs.push([point]);
  }
  const lastClear = points.findLast(({ grade }) => grade === 0)?.at ?? Number.NEGATIVE_INFINITY;
  return runs.map((run) => describe(frame, run, adjudications, rules, lastClear));
}

function continues(
  last: GradedPoint,
  point: GradedPoint,
  adjudications: readonly Adjudication[],
  { gapHours }: EpisodeRules,
): boolean {
  if (point.day !== last.day) {
    const decided = adjudications.find(
      ({ day, startsEpisode }) => day === point.day && startsEpisode !== undefined,
    );
    if (decided !== undefined) return decided.startsEpisode === false;
  }
  return hoursBetween(last, point) < gapHours;
}

function describe(
  frame: CourseFrame,
  run: readonly GradedPoint[],
  adjudications: readonly Adjudication[],
  rules: EpisodeRules,
  lastClear: number,
): ToxicityEpisode {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('An episode has at least one moment');
  const computed = run.reduce((worst, { grade = 0 }) => Math.max(worst, grade), 0);
  const worst = run.filter(({ grade }) => grade === computed);
  const about = adjudications.filter(({ day }) => day >= first.day && day <= last.day);
  const decidedCause = about.find(({ attribution }) => attribution !== 'UNKNOWN')?.attribution;
  const decidedGrade = about.find(({ grade }) => grade !== undefined)?.grade;
  return {
    onset: dateOfDay(frame, first.day),
    onsetDay: first.day,
    onsetMoment: { day: first.day, at: first.at, timed: first.timed },
    end: dateOfDay(frame, last.day),
    endDay: last.day,
    durationDays: last.day - first.day + 1,
    peak: computed,
    peakDay: worst[0]?.day ?? first.day,
    resolved: lastClear > last.at,
    attribution: attributionOf(first.day, decidedCause, decidedGrade, rules),
    adjudicated: decidedCause !== undefined || decidedGrade !== undefined,
    flags: [...new Set(run.flatMap(({ flags }) => flags))].sort(),
    evidence: joinEvidence(
      [run[0]?.evidence ?? [], ...worst.map(({ evidence }) => evidence), last.evidence].concat(
        about.map(({ evidence }) => evidence),
      ),
    ),
  };
}

/** A grade that was decided on says that the toxicity is of the CAR-T cells, unless a cause was named. */
function attributionOf(
  onsetDay: number,
  cause: Adjudication['attribution'] | undefined,
  grade: number | undefined,
  rules: EpisodeRules,
): EpisodeAttribution {
  if (cause === 'CAR_T') return 'ATTRIBUTED';
  if (cause === 'OTHER_CAUSE') return 'NOT_ATTRIBUTED';
  if (grade !== undefined) return 'ATTRIBUTED';
  if (onsetDay <= rules.automaticToDay) return 'ATTRIBUTED';
  return onsetDay <= rules.adjudicateToDay ? 'LATE_ADJUDICATE' : 'NOT_ATTRIBUTED';
}
