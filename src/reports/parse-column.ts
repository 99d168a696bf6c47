/**
 * Columns beside the times of an analysis set, one value a patient: the names and elements that strata have, what was
 * measured after the infusion, and when something began (`hct-after`, in days after the infusion).
 */

import { deriveBCellAplasia } from '../clinical/b-cells/b-cell-aplasia.ts';
import { frameCourse } from '../clinical/course/course-frame.ts';
import { deriveInfections } from '../clinical/immunity/infections.ts';
import { deriveKinetics, type Kinetics } from '../clinical/kinetics/kinetics.ts';
import { ageAt } from '../clinical/record/age-at.ts';
import { isBelowThreshold } from '../clinical/record/threshold.ts';
import type { Laboratory } from '../cohort/cohort-record.generated.ts';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { dayNumber, earliestDay } from '../core/partial-date.ts';
import { readBaselineElement } from './baseline-element.ts';
import { parseElementPath } from './element-path.ts';
import { deriveMrdNegativeRemission } from './mrd-negative-remission.ts';
import { EXPOSURES, NAMED_STRATA, type StratumValue } from './named-strata.ts';
import type { CoursePatient } from './select-cohort.ts';

export interface Column {
  readonly name: string;
  readonly valueOf: (patient: CoursePatient) => StratumValue | undefined;
}

const VALUES: Readonly<Record<string, Column['valueOf']>> = {
  'age-months': ({ facts, course }) => {
    const infusion = course.timeline?.infusion.date;
    const age = infusion === undefined ? undefined : ageAt(facts.record, infusion);
    return age?.minimumMonths === age?.maximumMonths ? age?.minimumMonths : undefined;
  },
  'diagnosis-to-infusion-days': ({ facts, course }) => {
    const infusion = course.timeline?.infusionDay;
    const dates = facts.record.disease.diagnoses.flatMap(({ date, verification }) =>
      date?.length === 10 && verification === 'CONFIRMED' ? [date] : [],
    );
    const [first] = dates.sort();
    return first === undefined || infusion === undefined
      ? undefined
      : infusion - dayNumber(earliestDay(first));
  },
  'mrd-negative-remission': ({ facts, course }) => {
    const found = deriveMrdNegativeRemission(facts.record, positionOf({ facts, course }), facts.asOf);
    return found === undefined ? undefined : Number(found);
  },
  remission: ({ course }) => {
    const { timeline } = course;
    if (timeline?.remissions.some(({ day }) => day <= RESPONSE_DEADLINE_DAY)) return 1;
    return course.noResponseBy(RESPONSE_DEADLINE_DAY) === undefined ? undefined : 0;
  },
  'relapse-days': ({ course }) => course.timeline?.relapses[0]?.day,
  'bca-days': ({ facts, course }) => {
    const { loss, lastAplasia } = deriveBCellAplasia(facts.record, course.course.number);
    return loss?.firstDetected.day ?? lastAplasia?.day;
  },
  cmax: (patient) => kineticsOf(patient)?.profile.cmax,
  tmax: (patient) => kineticsOf(patient)?.profile.tmax,
  tlast: (patient) => kineticsOf(patient)?.profile.tlast,
  auc: (patient) => kineticsOf(patient)?.areas[0].auc,
  'copies-day-28': (patient) => kineticsOf(patient)?.day28?.value,
  tocilizumab: (patient) => givenAgent(patient, ['tocilizumab']),
  steroids: (patient) =>
    givenAgent(patient, [
      'dexamethasone',
      'methylprednisolone',
      'hydrocortisone',
      'prednisolone',
      'prednisone',
    ]),
  infection: ({ facts, course }) => anyOfCourse(facts.record.observations.infections, course.course.number),
  'infection-early': (patient) => infectionIn(patient, 'early'),
  'infection-late': (patient) => infectionIn(patient, 'late'),
};

/** The response counts up to this day (clinical specification 4.4). */
const RESPONSE_DEADLINE_DAY = 42;
/** Extremes of a laboratory value in the course, and the day of the first highest one. */
const EXTREME = /^(max|min|day-of-max):([a-z0-9-]+)$/;
/** 1 from the limit on, 0 below it. */
const CUT = /^(.+):cut:(-?\d+(?:\.\d+)?)$/;

/** Throws `parameter-invalid` for what is no column. */
export function parseColumn(name: string): Column {
  const cut = CUT.exec(name);
  if (cut !== null) {
    const [, of = '', limit] = cut;
    const inner = parseColumn(of);
    return { name, valueOf: (patient) => reaches(inner.valueOf(patient), Number(limit)) };
  }
  const extreme = EXTREME.exec(name);
  if (extreme !== null) {
    const [, form, analyte = ''] = extreme;
    return {
      name,
      valueOf: (patient) =>
        form === 'day-of-max' ? dayOfHighest(patient, analyte) : extremeOf(patient, analyte, form === 'max'),
    };
  }
  const own = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (own !== undefined) return { name, valueOf: own };
  const named = Object.hasOwn(NAMED_STRATA, name) ? NAMED_STRATA[name] : undefined;
  if (named !== undefined) return { name, valueOf: named.valueOf };
  const exposure = Object.hasOwn(EXPOSURES, name) ? EXPOSURES[name] : undefined;
  if (exposure !== undefined) {
    return {
      name,
      valueOf: (patient) => {
        const began = exposure.exposureOf(patient);
        return began === 'UNKNOWN' ? undefined : (began.day ?? undefined);
      },
    };
  }
  const path = parseElementPath(name);
  if (path !== undefined) return { name, valueOf: (patient) => readBaselineElement(patient, path) };
  throw rejection('parameter-invalid', `${quote(name)} is no column`, {
    found: quote(name),
    expected: [
      ...Object.keys(VALUES),
      ...Object.keys(NAMED_STRATA),
      ...Object.keys(EXPOSURES),
      'max:ANALYTE, min:ANALYTE, day-of-max:ANALYTE',
      'an element such as course.infusion.dosePerKg; any number with :cut:LIMIT',
    ].join(', '),
  });
}

function kineticsOf({ facts, course }: CoursePatient): Kinetics | undefined {
  const frame = frameCourse(facts.record, course.course.number);
  return frame === undefined ? undefined : deriveKinetics(frame, 'BLOOD');
}

/** 1 where one of them was given in the course; unknown where no record of supportive drugs exists. */
function givenAgent({ facts, course }: CoursePatient, agents: readonly string[]): number | undefined {
  const { supportiveDrugs } = facts.record.observations;
  const given = supportiveDrugs?.filter(({ agent }) => agents.includes(agent));
  return anyOfCourse(supportiveDrugs === undefined ? undefined : given, course.course.number);
}

function anyOfCourse(
  facts: readonly { readonly course?: number }[] | undefined,
  number: number,
): number | undefined {
  return facts === undefined ? undefined : Number(facts.some(({ course }) => course === number));
}

/** Unknown where no record of infections exists. */
function infectionIn({ facts, course }: CoursePatient, phase: 'early' | 'late'): number | undefined {
  const frame = frameCourse(facts.record, course.course.number);
  if (frame === undefined || facts.record.observations.infections === undefined) return undefined;
  return Number(deriveInfections(frame)[phase] > 0);
}

/** Bounds are no values. */
function valuesOf({ facts, course }: CoursePatient, analyte: string): readonly Laboratory[] {
  return (facts.record.observations.laboratory ?? [])
    .filter((one) => one.analyte === analyte && one.course === course.course.number)
    .filter(({ comparator }) => comparator === undefined);
}

function extremeOf(patient: CoursePatient, analyte: string, highest: boolean): number | undefined {
  const values = valuesOf(patient, analyte).map(({ value }) => value);
  if (values.length === 0) return undefined;
  return highest ? Math.max(...values) : Math.min(...values);
}

/** Days after the infusion. */
function dayOfHighest(patient: CoursePatient, analyte: string): number | undefined {
  const infusion = patient.course.timeline?.infusionDay;
  const values = valuesOf(patient, analyte).filter(({ date }) => date.length === 10);
  if (infusion === undefined || values.length === 0) return undefined;
  const peak = Math.max(...values.map(({ value }) => value));
  const days = values.filter(({ value }) => value === peak).map(({ date }) => dayNumber(date) - infusion);
  return Math.min(...days);
}

function reaches(value: StratumValue | undefined, limit: number): number | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  switch (isBelowThreshold(typeof value === 'number' ? { value } : value, 'LT', limit)) {
    case 'MET':
      return 0;
    case 'NOT_MET':
      return 1;
    case 'UNKNOWN':
      return undefined;
  }
}

/** Which CD19 course of the patient it is, from 1. */
function positionOf({ facts, course }: CoursePatient): number {
  for (let k = 1; k <= facts.courseCount; k += 1) {
    if (facts.course(k)?.course.number === course.course.number) return k;
  }
  return 1;
}
