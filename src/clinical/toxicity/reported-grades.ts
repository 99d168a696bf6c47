import type { Source, ToxicityGrade } from '../../cohort/cohort-record.generated.ts';
import { dayNumber } from '../../core/partial-date.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import { type DatedFact, datedFact, dateFact, joinEvidence } from '../record/fact-date.ts';

/** A grade that somebody wrote down. */
export interface ReportedGrade extends DatedFact {
  readonly system: string;
  /** Absent where the toxicity is recorded without a grade. */
  readonly grade?: number;
  /** Last day, where it was recorded with its end. */
  readonly endDay?: number;
  readonly phase?: 'EARLY' | 'LATE';
  readonly attribution: 'CAR_T' | 'OTHER_CAUSE' | 'UNKNOWN';
}

/** A decision by a clinician or data manager, which overrides what is computed or reported. */
export interface Adjudication extends ReportedGrade {
  readonly startsEpisode?: boolean;
  /** Of the decision; the day that it is about where it does not say. */
  readonly decidedOn: string;
}

/** What one grading system says over the course; systems are never pooled or translated. */
export interface ReportedSystem {
  readonly system: string;
  /** Highest grade not attributed to another cause; absent where no grade was given. */
  readonly peak?: number;
  readonly peakDay?: number;
  /** First and last day with a grade of 1 or more, or with the toxicity recorded without a grade. */
  readonly onsetDay?: number;
  readonly endDay?: number;
  readonly grades: readonly ReportedGrade[];
  readonly evidence: readonly Source[];
}

export interface ReportedToxicity {
  readonly systems: readonly ReportedSystem[];
  /** Latest decision first. */
  readonly adjudications: readonly Adjudication[];
}

/** Reported grades of one toxicity in one course by their systems, and what was adjudicated. */
export function deriveReportedGrades(
  frame: CourseFrame,
  toxicity: ToxicityGrade['toxicity'],
): ReportedToxicity {
  const reported: ReportedGrade[] = [];
  const adjudications: Adjudication[] = [];
  for (const fact of frame.record.observations.toxicityGrades ?? []) {
    if (fact.toxicity !== toxicity) continue;
    const grade = readGrade(frame, fact);
    if (grade === undefined) continue;
    if (fact.method !== 'ADJUDICATED') reported.push(grade);
    else {
      const { startsEpisode } = fact;
      adjudications.push({
        ...grade,
        ...(startsEpisode === undefined ? {} : { startsEpisode }),
        decidedOn: fact.decidedOn ?? fact.date,
      });
    }
  }
  const systems = [...Map.groupBy(reported, ({ system }) => system)]
    .map(([system, grades]) => summarise(system, grades))
    .sort((a, b) => (a.system < b.system ? -1 : 1));
  adjudications.sort(
    (a, b) => compareText(b.decidedOn, a.decidedOn) || b.day - a.day || (b.grade ?? 0) - (a.grade ?? 0),
  );
  return { systems, adjudications };
}

function readGrade(frame: CourseFrame, fact: ToxicityGrade): ReportedGrade | undefined {
  const moment = frame.momentOf(fact);
  if (moment !== undefined && !isInCourse(frame, moment)) return undefined;
  const infusionDay = dayNumber(frame.infusion.date);
  const dated = datedFact(dateFact(fact.date, fact.course, frame.dates), infusionDay, fact.sources);
  if (dated.day < 0 || dated.day > frame.lastDay) return undefined;
  const { endDate, grade, phase } = fact;
  const end =
    endDate === undefined
      ? undefined
      : dayNumber(dateFact(endDate, fact.course, frame.dates).date) - infusionDay;
  return {
    ...dated,
    system: fact.system,
    ...(grade === undefined ? {} : { grade }),
    ...(end === undefined ? {} : { endDay: Math.max(end, dated.day) }),
    ...(phase === undefined ? {} : { phase }),
    attribution: fact.attribution ?? 'UNKNOWN',
  };
}

function summarise(system: string, grades: readonly ReportedGrade[]): ReportedSystem {
  const counted = grades.filter(({ attribution }) => attribution !== 'OTHER_CAUSE');
  const values = counted.flatMap(({ grade }) => (grade === undefined ? [] : [grade]));
  const peak = values.length === 0 ? undefined : Math.max(...values);
  const present = counted.filter(({ grade }) => grade === undefined || grade >= 1);
  const days = present.flatMap(({ day, endDay }) => [day, endDay ?? day]);
  const peakDays = counted.filter(({ grade }) => grade === peak).map(({ day }) => day);
  return {
    system,
    ...(peak === undefined ? {} : { peak, peakDay: Math.min(...peakDays) }),
    ...(days.length === 0 ? {} : { onsetDay: Math.min(...days), endDay: Math.max(...days) }),
    grades: [...grades].sort((a, b) => a.day - b.day || (a.grade ?? -1) - (b.grade ?? -1)),
    evidence: joinEvidence(grades.map(({ evidence }) => evidence)),
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
