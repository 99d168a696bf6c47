import type { Infection, Laboratory } from '../../cohort/cohort-record.generated.ts';
import { allOf, type Tristate } from '../../core/tristate.ts';
import { type CourseFrame, dateOfDay, isInCourse } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { ageAt, isYoungerThan } from '../record/age-at.ts';
import { isOfClass } from '../record/agent-classes.ts';
import { type DrugInterval, drugIntervals } from '../record/drug-intervals.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { laboratorySeries } from '../record/laboratory-series.ts';
import { type Placed, placeAll } from '../record/moment.ts';
import { isBelowThreshold } from '../record/threshold.ts';

/** One IgG level, mg/dL. */
export interface IggSample {
  readonly day: number;
  readonly value: number;
  readonly comparator?: Laboratory['comparator'];
  /** `HYPOGAMMA_400`: below the limit; UNKNOWN where a comparator leaves it open. */
  readonly below: Tristate;
  /** `IGG_NOT_NATIVE`: immunoglobulin was given shortly before. UNKNOWN where no supportive drug is recorded at all. */
  readonly notNative: Tristate;
}

export interface Immunoglobulin extends DerivedResult {
  readonly samples: readonly IggSample[];
  /** Any sample below the limit. */
  readonly hypogammaglobulinaemia: Tristate;
  readonly firstBelowDay?: number;
  /** Days on which immunoglobulin was given. */
  readonly replacementDays: readonly number[];
  /** `IGRT_CONSIDER_HIGHER_TARGET` at the latest sample. */
  readonly considerHigherTarget: Tristate;
}

const PARAMETERS = [
  'hypogammaBelow',
  'immunoglobulinNotNativeDays',
  'onReplacementDays',
  'recurrentInfections',
  'recurrentInfectionDays',
  'iggReviewBelowYears',
] as const;
type ImmunoglobulinParameters = Pick<ClinicalParameters, (typeof PARAMETERS)[number]>;

/**
 * IgG after one infusion, replacement, and whether a higher target may be considered (WH L235; clinical
 * specification 2.6). Throws RangeError on an override that the parameter does not allow.
 */
export function deriveImmunoglobulin(frame: CourseFrame, overrides: ParameterOverrides = {}): Immunoglobulin {
  const parameters = chooseParameters(PARAMETERS, overrides);
  const series = laboratorySeries(frame, 'igg').filter((placed) => isInCourse(frame, placed));
  const drugs = frame.record.observations.supportiveDrugs ?? [];
  const given = drugIntervals(frame, ['IMMUNOGLOBULIN']);
  const wasGiven = givenWithin(given, drugs.length > 0);
  const samples = series.map((placed): IggSample => {
    const { value, comparator } = placed.fact;
    return {
      day: placed.day,
      value,
      ...(comparator === undefined ? {} : { comparator }),
      below: isBelowThreshold(placed.fact, 'LT', parameters.hypogammaBelow),
      notNative: wasGiven(placed.day, parameters.immunoglobulinNotNativeDays),
    };
  });
  const low = samples.filter(({ below }) => below === 'MET');
  const hypogamma =
    low.length > 0 ? 'MET' : samples.length > 0 && samples.every(isNotBelow) ? 'NOT_MET' : 'UNKNOWN';
  const latest = samples.at(-1);
  const [first] = low;
  return {
    definition: 'HYPOGAMMA_400',
    version: '1',
    course: frame.course.number,
    parameters,
    samples,
    hypogammaglobulinaemia: hypogamma,
    ...(first === undefined ? {} : { firstBelowDay: first.day }),
    replacementDays: given
      .filter((each) => isInCourse(frame, each) && isOfClass(each.agent, 'IMMUNOGLOBULIN'))
      .map(({ day }) => day),
    considerHigherTarget: higherTarget(frame, latest, wasGiven, parameters),
    flags: [
      ...(low.some(({ day }) => isInfant(frame, day, parameters)) ? ['AGE_BELOW_2Y_REVIEW'] : []),
      ...(samples.some(({ notNative }) => notNative === 'MET') ? ['IGG_NOT_NATIVE'] : []),
    ],
    missing: hypogamma === 'UNKNOWN' ? ['igg'] : [],
    evidence: joinEvidence([
      ...evidenceOf(series, samples, hypogamma),
      ...given.map(({ drug }) => drug.sources),
    ]),
  };
}

function isNotBelow({ below }: IggSample): boolean {
  return below === 'NOT_MET';
}

function evidenceOf(series: readonly Placed<Laboratory>[], samples: readonly IggSample[], status: Tristate) {
  return series.filter((_, index) => samples[index]?.below === status).map(({ fact }) => fact.sources);
}

type GivenWithin = (day: number, days: number) => Tristate;

/** Whether immunoglobulin was given on that day or so many days before it. */
function givenWithin(given: readonly DrugInterval[], anyDrugRecorded: boolean): GivenWithin {
  const lastDays = given.map(({ day, endDay }) => ({ day, endDay }));
  return (day, days) => {
    const found = lastDays.some((drug) => drug.day <= day && drug.endDay >= day - days);
    if (found) return 'MET';
    return anyDrugRecorded ? 'NOT_MET' : 'UNKNOWN';
  };
}

/** On replacement, at or above the limit, and infections recur. */
function higherTarget(
  frame: CourseFrame,
  latest: IggSample | undefined,
  wasGiven: GivenWithin,
  parameters: ImmunoglobulinParameters,
): Tristate {
  if (latest === undefined) return 'UNKNOWN';
  const { below, day } = latest;
  const enough = below === 'UNKNOWN' ? 'UNKNOWN' : below === 'MET' ? 'NOT_MET' : 'MET';
  return allOf([enough, wasGiven(day, parameters.onReplacementDays), infectionsRecur(frame, parameters)]);
}

/**
 * So many treated infections within the period, or one that was invasive or led to admission. None recorded leaves it
 * open: late infections are rarely recorded systematically (PKU L878).
 */
function infectionsRecur(
  frame: CourseFrame,
  { recurrentInfections, recurrentInfectionDays }: ImmunoglobulinParameters,
): Tristate {
  const infections = placeAll(frame, frame.record.observations.infections).filter((each) =>
    isInCourse(frame, each),
  );
  if (infections.some(({ fact }) => fact.invasive === true || fact.hospitalised === true)) return 'MET';
  const treated = infections.filter(({ fact }) => isTreated(fact)).map(({ day }) => day);
  const crowded = treated.some((day, index) => {
    const last = treated[index + recurrentInfections - 1];
    return last !== undefined && last - day <= recurrentInfectionDays;
  });
  return crowded ? 'MET' : 'UNKNOWN';
}

function isTreated({ treated }: Infection): boolean {
  return treated === true;
}

function isInfant(
  frame: CourseFrame,
  day: number,
  { iggReviewBelowYears }: ImmunoglobulinParameters,
): boolean {
  return isYoungerThan(ageAt(frame.record, dateOfDay(frame, day)), iggReviewBelowYears) === true;
}
