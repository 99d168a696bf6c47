import type { ClinicalSign, OxygenSupport, Source, VitalSign } from '../../cohort/cohort-record.generated.ts';
import { OXYGEN_DEVICES } from '../../cohort/oxygen-devices.ts';
import { type CourseFrame, dateOfDay, isInCourse } from '../course/course-frame.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { type AgeRange, ageAt } from '../record/age-at.ts';
import { concurrentDrugs } from '../record/concurrent-drugs.ts';
import { type DrugInterval, drugIntervals } from '../record/drug-intervals.ts';
import type { Moment, Placed } from '../record/moment.ts';
import { type LookupWindow, lookup } from '../record/value-lookup.ts';
import type { CrsInputs } from './crs-grade.ts';
import { isHypotensive } from './hypotension.ts';

export type CrsSnapshotParameters = Pick<
  ClinicalParameters,
  'baselineDays' | 'vitalsCarryForwardMinutes' | 'vitalsTogetherMinutes' | 'pressorConcurrency'
>;

/** Everything that CRS is graded by, on the axis of one course. */
interface CrsFacts {
  readonly temperatures: readonly Placed<VitalSign>[];
  readonly systolic: readonly Placed<VitalSign>[];
  readonly hypotension: readonly Placed<ClinicalSign>[];
  readonly oxygen: readonly Placed<OxygenSupport>[];
  readonly pressors: readonly DrugInterval[];
  /** Any supportive drug is recorded in the course: then those that are not recorded were not given. */
  readonly drugsRecorded: boolean;
  readonly baseline?: OxygenSupport;
}

/** What was known at a moment, whatever came before it. */
export interface CrsSnapshot {
  readonly moment: Moment;
  readonly inputs: Omit<CrsInputs, 'established' | 'treatedSinceOnset'>;
  readonly flags: readonly string[];
  /** Not yet without repetition. */
  readonly evidence: readonly Source[];
}

function collect(frame: CourseFrame, baselineDays: number): CrsFacts {
  const { placed } = frame;
  const inCourse = <Fact>(list: readonly Placed<Fact>[]) => list.filter((each) => isInCourse(frame, each));
  const oxygen = placed.oxygenSupport();
  const baseline = oxygen.findLast(
    (each) => each.day <= 0 && each.day >= -baselineDays && !isInCourse(frame, each),
  )?.fact;
  const ongoing = (interval: DrugInterval) => interval.day <= frame.lastDay && interval.endDay >= 0;
  const hypotension = placed.clinicalSigns().filter(({ fact }) => fact.sign === 'HYPOTENSION');
  return {
    temperatures: inCourse(placed.vitalSigns('temperature')),
    systolic: inCourse(placed.vitalSigns('systolic')),
    hypotension: inCourse(hypotension),
    oxygen: inCourse(oxygen),
    pressors: drugIntervals(frame, ['VASOPRESSOR']).filter(
      (interval) => interval.drug.otherCause !== true && ongoing(interval),
    ),
    drugsRecorded: placed.supportiveDrugs().some((each) => isInCourse(frame, each)),
    ...(baseline === undefined || baseline.device === 'NONE' ? {} : { baseline }),
  };
}

/** Moments to grade: every measurement, and of every vasopressor its start, its last minute and the days between. */
function momentsOf(frame: CourseFrame, facts: CrsFacts): readonly Moment[] {
  const moments: Moment[] = [
    ...facts.temperatures,
    ...facts.systolic,
    ...facts.hypotension,
    ...facts.oxygen,
    ...facts.pressors.flatMap(pressorMoments).filter((moment) => isInCourse(frame, moment)),
  ];
  moments.sort((a, b) => a.at - b.at || Number(b.timed) - Number(a.timed));
  return moments.filter((moment, index) => {
    const before = moments[index - 1];
    return before === undefined || before.at !== moment.at || before.timed !== moment.timed;
  });
}

const DAY_MINUTES = 1440;
/** An administration that nobody closed is not followed for longer than this. */
const LONGEST_DAYS = 60;

function pressorMoments(interval: DrugInterval): readonly Moment[] {
  const { day, at, timed, endAt, endDay } = interval;
  const moments: Moment[] = [{ day, at, timed }];
  for (let between = day + 1; between < Math.min(endDay, day + LONGEST_DAYS); between += 1) {
    moments.push({ day: between, at: (between + 1) * DAY_MINUTES - 1, timed: false });
  }
  if (endAt - 1 > at) moments.push({ day: endDay, at: endAt - 1, timed: interval.exact });
  return moments;
}

/** Everything that was known at each moment of a course at which something was recorded, in order of time. */
export function* crsSnapshots(
  frame: CourseFrame,
  parameters: CrsSnapshotParameters,
): Generator<CrsSnapshot, void, undefined> {
  const facts = collect(frame, parameters.baselineDays);
  const window = {
    backMinutes: parameters.vitalsCarryForwardMinutes,
    aheadMinutes: parameters.vitalsTogetherMinutes,
  };
  const temperatureAt = lookup(facts.temperatures, isHotter, window);
  const pressureAt = pressures(frame, facts, window);
  const oxygenAt = oxygens(facts, window);
  const pressorsAt = concurrentDrugs(facts.pressors, parameters.pressorConcurrency);
  for (const moment of momentsOf(frame, facts)) {
    const temperature = temperatureAt(moment);
    const pressure = pressureAt(moment);
    const oxygen = oxygenAt(moment);
    const pressors = pressorsAt(moment);
    const knownPressors = pressors.agents.length > 0 || facts.drugsRecorded;
    yield {
      moment,
      inputs: {
        temperature: temperature?.value,
        feverOtherCause: temperature?.otherCause === true,
        hypotension: pressure.inputs.hypotension,
        vasopressors: knownPressors ? pressors.agents : undefined,
        furtherVasopressorPossible: pressors.undecided,
        oxygen: oxygen.inputs.oxygen,
      },
      flags: pressure.flags.length + oxygen.flags.length === 0 ? [] : [...pressure.flags, ...oxygen.flags],
      evidence: [
        ...(temperature?.sources ?? NOTHING),
        ...pressure.evidence,
        ...oxygen.evidence,
        ...(pressors.sources.length === 0 ? NOTHING : pressors.sources.flatMap(({ drug }) => drug.sources)),
      ],
    };
  }
}

const NOTHING: readonly Source[] = [];

interface Reading {
  readonly inputs: Pick<CrsInputs, 'hypotension' | 'oxygen'>;
  readonly flags: readonly string[];
  readonly evidence: readonly Source[];
}

const NO_READING: Reading = { inputs: {}, flags: [], evidence: [] };

/** The clinician's judgement before the rule for systolic pressure. */
function pressures(frame: CourseFrame, facts: CrsFacts, window: LookupWindow): (at: Moment) => Reading {
  const signAt = lookup(facts.hypotension, isPresent, window);
  const systolicAt = lookup(facts.systolic, (a, b) => a.value < b.value, window);
  const ageOn = agesByDay(frame);
  return (moment) => {
    const systolic = systolicAt(moment);
    const sign = signAt(moment);
    if (sign !== undefined) {
      return { inputs: { hypotension: countsAsPresent(sign) }, flags: [], evidence: sign.sources };
    }
    if (systolic === undefined) return NO_READING;
    const { otherCause, value, sources: evidence } = systolic;
    const hypotension = otherCause === true ? false : isHypotensive(value, ageOn(moment.day));
    if (hypotension === undefined) return { inputs: {}, flags: ['AGE_NEEDED_FOR_SYSTOLIC'], evidence };
    return { inputs: { hypotension }, flags: hypotension ? ['HYPOTENSION_FROM_SYSTOLIC'] : [], evidence };
  };
}

function oxygens(facts: CrsFacts, window: LookupWindow): (at: Moment) => Reading {
  const oxygenAt = lookup(facts.oxygen, needsMore, window);
  return (moment) => {
    const oxygen = oxygenAt(moment);
    if (oxygen === undefined) return NO_READING;
    const unchanged = isUnchanged(oxygen, facts.baseline);
    return {
      inputs: { oxygen: unchanged ? { ...oxygen, otherCause: true } : oxygen },
      flags: unchanged ? ['BASELINE_SUPPORT_UNCHANGED'] : [],
      evidence: oxygen.sources,
    };
  };
}

/** Of one time: a fever without another cause is worse than any that has one. */
function isHotter(a: VitalSign, b: VitalSign): boolean {
  if ((a.otherCause === true) !== (b.otherCause === true)) return b.otherCause === true;
  return a.value > b.value;
}

function isPresent(a: ClinicalSign, b: ClinicalSign): boolean {
  return countsAsPresent(a) && !countsAsPresent(b);
}

function countsAsPresent({ present, otherCause }: ClinicalSign): boolean {
  return present && otherCause !== true;
}

function needsMore(a: OxygenSupport, b: OxygenSupport): boolean {
  if ((a.otherCause === true) !== (b.otherCause === true)) return b.otherCause === true;
  const rank = OXYGEN_DEVICES.indexOf(a.device) - OXYGEN_DEVICES.indexOf(b.device);
  return rank === 0 ? (a.flow ?? 0) > (b.flow ?? 0) : rank > 0;
}

/** Step 8: support that was there before the infusion and is not more now. */
function isUnchanged(oxygen: OxygenSupport, baseline: OxygenSupport | undefined): boolean {
  if (baseline === undefined || baseline.device !== oxygen.device) return false;
  if (baseline.flow === undefined || oxygen.flow === undefined) return baseline.flow === oxygen.flow;
  return oxygen.flow <= baseline.flow;
}

function agesByDay(frame: CourseFrame): (day: number) => AgeRange | undefined {
  const ages = new Map<number, AgeRange | undefined>();
  return (day) => {
    if (!ages.has(day)) ages.set(day, ageAt(frame.record, dateOfDay(frame, day)));
    return ages.get(day);
  };
}
