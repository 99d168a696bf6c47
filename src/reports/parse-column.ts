/**
 * Columns beside the times of an analysis set, one value a patient: the names and elements that strata have, what was
 * measured after the infusion, and when something began (`hct-after`, in days after the infusion).
 */

import { B_CELL_PARAMETER_NAMES } from '../clinical/b-cells/b-cell-aplasia.ts';
import { drugGiven } from '../clinical/crs/crs.ts';
import { INFECTION_PARAMETER_NAMES, type Infections } from '../clinical/immunity/infections.ts';
import { deriveKinetics, KINETICS_PARAMETER_NAMES, type Kinetics } from '../clinical/kinetics/kinetics.ts';
import {
  chooseParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { ageAt } from '../clinical/record/age-at.ts';
import { isOfClass } from '../clinical/record/agent-classes.ts';
import { isBelowThreshold } from '../clinical/record/threshold.ts';
import { MRD_NEGATIVE_CR_PARAMETER_NAMES } from '../clinical/response-results/mrd-negative-cr.ts';
import type { Laboratory } from '../cohort/cohort-record.generated.ts';
import { rejection } from '../core/cartograph-error.ts';
import { quote } from '../core/finding.ts';
import { dayNumber, earliestDay } from '../core/partial-date.ts';
import { deathOf } from '../endpoints/candidates.ts';
import { readBaselineElement } from './baseline-element.ts';
import { parseElementPath } from './element-path.ts';
import {
  aplasiaOfMember,
  frameOfMember,
  infectionsOfMember,
  mrdNegativeRemissionOf,
  noResponseOfMember,
} from './member-results.ts';
import { EXPOSURES, NAMED_STRATA, type NamedStratum, type StratumValue } from './named-strata.ts';
import type { CoursePatient } from './select-cohort.ts';

export interface Column {
  readonly name: string;
  readonly valueOf: (patient: CoursePatient, overrides: ParameterOverrides) => StratumValue | undefined;
  /** Clinical parameters that the value rests on. */
  readonly parameters: readonly ParameterName[];
}

const VALUES: Readonly<Record<string, NamedStratum>> = {
  'age-months': { valueOf: ageInMonths },
  'diagnosis-to-infusion-days': { valueOf: daysSinceDiagnosis },
  'mrd-negative-remission': {
    valueOf: (patient, overrides) => asNumber(mrdNegativeRemissionOf(patient, overrides)),
    parameters: MRD_NEGATIVE_CR_PARAMETER_NAMES,
  },
  remission: { valueOf: remission, parameters: ['responseDeadlineDay', 'nrEarliestDay'] },
  'relapse-days': { valueOf: ({ course }) => course.timeline?.relapses[0]?.day },
  'bca-days': {
    valueOf: (patient, overrides) => {
      const { loss, lastAplasia } = aplasiaOfMember(patient, overrides);
      return loss === undefined ? lastAplasia?.day : loss.day;
    },
    parameters: Object.values(B_CELL_PARAMETER_NAMES),
  },
  cmax: ofKinetics(({ profile }) => profile.cmax),
  tmax: ofKinetics(({ profile }) => profile.tmax),
  tlast: ofKinetics(({ profile }) => profile.tlast),
  auc: ofKinetics(({ areas }) => areas[0].auc),
  'copies-day-28': ofKinetics(({ day28 }) => day28?.value),
  tocilizumab: { valueOf: (patient) => given(patient, (agent) => agent === 'tocilizumab') },
  steroids: { valueOf: (patient) => given(patient, (agent) => isOfClass(agent, 'CORTICOSTEROID')) },
  infection: infectionIn(({ early, late }) => early + late),
  'infection-early': infectionIn(({ early }) => early),
  'infection-late': infectionIn(({ late }) => late),
};

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
    return {
      ...inner,
      name,
      valueOf: (patient, overrides) => reaches(inner.valueOf(patient, overrides), Number(limit)),
    };
  }
  const extreme = EXTREME.exec(name);
  if (extreme !== null) {
    const [, form, analyte = ''] = extreme;
    return {
      name,
      valueOf: (patient) =>
        form === 'day-of-max' ? dayOfHighest(patient, analyte) : extremeOf(patient, analyte, form === 'max'),
      parameters: [],
    };
  }
  const own = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  const named = own ?? (Object.hasOwn(NAMED_STRATA, name) ? NAMED_STRATA[name] : undefined);
  if (named !== undefined) return { name, valueOf: named.valueOf, parameters: named.parameters ?? [] };
  const exposure = Object.hasOwn(EXPOSURES, name) ? EXPOSURES[name] : undefined;
  if (exposure !== undefined) {
    return {
      name,
      valueOf: (patient, overrides) => {
        const began = exposure.exposureOf(patient, overrides);
        return began === 'UNKNOWN' ? undefined : (began.day ?? undefined);
      },
      parameters: exposure.parameters ?? [],
    };
  }
  const path = parseElementPath(name);
  if (path !== undefined) {
    return { name, valueOf: (patient) => readBaselineElement(patient, path), parameters: [] };
  }
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

function ageInMonths({ facts, course }: CoursePatient): number | undefined {
  const infusion = course.timeline?.infusion.date;
  const age = infusion === undefined ? undefined : ageAt(facts.record, infusion);
  return age?.minimumMonths === age?.maximumMonths ? age?.minimumMonths : undefined;
}

function daysSinceDiagnosis({ facts, course }: CoursePatient): number | undefined {
  const infusion = course.timeline?.infusionDay;
  const dates = facts.record.disease.diagnoses.flatMap(({ date, verification }) =>
    date?.length === 10 && verification === 'CONFIRMED' ? [date] : [],
  );
  const [first] = dates.sort();
  return first === undefined || infusion === undefined ? undefined : infusion - dayNumber(earliestDay(first));
}

/**
 * By the deadline; one that another therapy brought about is none (clinical specification 4.1). Who relapsed or died by
 * then without one had none, as `$response` says of day 28.
 */
function remission(patient: CoursePatient, overrides: ParameterOverrides): number | undefined {
  const { timeline } = patient.course;
  const { responseDeadlineDay: deadline } = chooseParameters(['responseDeadlineDay'], overrides);
  const isBy = (fact: { readonly day: number } | undefined) => fact !== undefined && fact.day <= deadline;
  if (timeline === undefined) return undefined;
  if (isBy(timeline.remissions[0])) return Number(timeline.firstRemission !== undefined);
  const failed = noResponseOfMember(patient, overrides) !== undefined || isBy(timeline.relapses[0]);
  return failed || isBy(deathOf(patient.facts, timeline)) ? 0 : undefined;
}

function ofKinetics(read: (kinetics: Kinetics) => number | undefined): NamedStratum {
  return {
    valueOf: (patient, overrides) => {
      const frame = frameOfMember(patient);
      return frame === undefined ? undefined : read(deriveKinetics(frame, 'BLOOD', overrides));
    },
    parameters: KINETICS_PARAMETER_NAMES,
  };
}

function asNumber(state: boolean | undefined): number | undefined {
  return state === undefined ? undefined : Number(state);
}

/** As `$toxicity` says of tocilizumab. */
function given(patient: CoursePatient, isAgent: (agent: string) => boolean): number | undefined {
  const frame = frameOfMember(patient);
  const status = frame === undefined ? 'UNKNOWN' : drugGiven(frame, isAgent).status;
  return status === 'UNKNOWN' ? undefined : Number(status === 'MET');
}

function infectionIn(count: (infections: Infections) => number): NamedStratum {
  return {
    valueOf: (patient, overrides) => {
      const infections = infectionsOfMember(patient, overrides);
      return infections === undefined ? undefined : Number(count(infections) > 0);
    },
    parameters: INFECTION_PARAMETER_NAMES,
  };
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
