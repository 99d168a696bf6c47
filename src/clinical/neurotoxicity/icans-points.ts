import type { NeuroAssessment } from '../../cohort/cohort-record.generated.ts';
import { type CourseFrame, dateOfDay, isInCourse } from '../course/course-frame.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { ageAt, isYoungerThan } from '../record/age-at.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import { type Moment, type Placed, placeAll } from '../record/moment.ts';
import type { GradedPoint } from '../toxicity/graded-point.ts';
import { gradeIcans, type IcansGradeParameters, type IcansInputs, type IcansTool } from './icans-grade.ts';

export type IcansPointParameters = IcansGradeParameters &
  Pick<ClinicalParameters, 'capdBelowYears' | 'vitalsTogetherMinutes' | 'baselineDays'>;

export interface IcansPoints {
  readonly points: readonly GradedPoint[];
  /** The latest CAPD before the infusion. */
  readonly baselineCapd?: number;
  readonly tools: readonly IcansTool[];
}

/**
 * Every examination of a course, graded, in order of time. Findings charted within `vitalsTogetherMinutes` of each
 * other are one examination. CAPD below `capdBelowYears` or with a developmental delay, ICE otherwise; where the age
 * is not known, the one score that was taken tells it.
 */
export function deriveIcansPoints(frame: CourseFrame, parameters: IcansPointParameters): IcansPoints {
  const placed = placeAll(frame, frame.record.observations.neuroAssessments);
  const before = placed.filter(
    (each) => !isInCourse(frame, each) && each.day <= 0 && each.day >= -parameters.baselineDays,
  );
  const baselineCapd = before.findLast(({ fact }) => fact.capd !== undefined)?.fact.capd;
  const delayed = latestAssertion(frame.record, 'DEVELOPMENTAL_DELAY').status === 'MET';
  const inCourse = placed.filter((each) => isInCourse(frame, each));
  const tools = new Set<IcansTool>();
  const points = examinations(inCourse, parameters.vitalsTogetherMinutes).map(({ moment, facts }) => {
    const findings = joinFindings(facts);
    const tool = toolFor(frame, moment, findings, delayed, parameters.capdBelowYears);
    if (tool !== undefined) tools.add(tool);
    const graded = gradeIcans(
      {
        ...findings,
        ...(tool === undefined ? {} : { tool }),
        ...(baselineCapd === undefined ? {} : { baselineCapd }),
      },
      parameters,
    );
    return { ...moment, ...graded, evidence: joinEvidence(facts.map(({ sources }) => sources)) };
  });
  return { points, ...(baselineCapd === undefined ? {} : { baselineCapd }), tools: [...tools].sort() };
}

interface Examination {
  readonly moment: Moment;
  readonly facts: NeuroAssessment[];
}

/** Charted together: by the clock from the first finding on; findings known by their day alone are that day's. */
function examinations(
  placed: readonly Placed<NeuroAssessment>[],
  togetherMinutes: number,
): readonly Examination[] {
  const found: Examination[] = [];
  for (const { fact, day, at, timed } of placed) {
    const last = found.at(-1);
    const together =
      last !== undefined &&
      last.moment.timed === timed &&
      last.moment.day === day &&
      at - last.moment.at <= togetherMinutes;
    // What has another cause is an examination of its own, so that it excuses nothing else.
    const own = last?.facts.some(({ otherCause }) => (otherCause === true) !== (fact.otherCause === true));
    if (together && own !== true) last.facts.push(fact);
    else found.push({ moment: { day, at, timed }, facts: [fact] });
  }
  return found;
}

const ORDER = {
  consciousness: ['AWAKENS_SPONTANEOUSLY', 'AWAKENS_TO_VOICE', 'AWAKENS_TO_TOUCH', 'UNAROUSABLE'],
  seizure: ['NONE', 'NON_CONVULSIVE', 'CONVULSIVE', 'REPETITIVE'],
  motor: ['NONE', 'TREMOR_OR_MYOCLONUS', 'DEEP_FOCAL_WEAKNESS'],
} as const;

/** The worst of every finding of one examination. */
function joinFindings(facts: readonly NeuroAssessment[]): Omit<IcansInputs, 'tool' | 'baselineCapd'> {
  const [only] = facts;
  if (facts.length === 1 && only !== undefined) return only;
  const of = <Key extends keyof NeuroAssessment>(key: Key) =>
    facts.flatMap((fact): readonly NonNullable<NeuroAssessment[Key]>[] => {
      const value = fact[key];
      return value === undefined ? [] : [value];
    });
  const ice = of('ice');
  const capd = of('capd');
  const minutes = of('seizureMinutes');
  const consciousness = last(ORDER.consciousness, of('consciousness'));
  const seizure = last(ORDER.seizure, of('seizure'));
  const motor = last(ORDER.motor, of('motor'));
  const intracranial = of('intracranial').flat();
  return {
    ...(ice.length === 0 ? {} : { ice: Math.min(...ice) }),
    ...(capd.length === 0 ? {} : { capd: Math.max(...capd) }),
    ...(minutes.length === 0 ? {} : { seizureMinutes: Math.max(...minutes) }),
    ...(consciousness === undefined ? {} : { consciousness }),
    ...(seizure === undefined ? {} : { seizure }),
    ...(motor === undefined ? {} : { motor }),
    ...(intracranial.length === 0 ? {} : { intracranial }),
    unableToPerform: of('unableToPerform').includes(true),
    sedated: of('sedated').includes(true),
    otherCause: of('otherCause').includes(true),
  };
}

function last<Value extends string>(order: readonly Value[], values: readonly Value[]): Value | undefined {
  return order.findLast((value) => values.includes(value));
}

function toolFor(
  frame: CourseFrame,
  { day }: Moment,
  findings: Pick<IcansInputs, 'ice' | 'capd'>,
  delayed: boolean,
  belowYears: number,
): IcansTool | undefined {
  const young = isYoungerThan(ageAt(frame.record, dateOfDay(frame, day)), belowYears);
  if (young === true || delayed) return 'CAPD';
  if (young === false) return 'ICE';
  if (findings.ice !== undefined && findings.capd === undefined) return 'ICE';
  return findings.capd !== undefined && findings.ice === undefined ? 'CAPD' : undefined;
}
