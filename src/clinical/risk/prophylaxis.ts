import { allOf, anyOf, fromBoolean, not, type Tristate } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { Crs } from '../crs/crs.ts';
import { type CurrentGrade, currentCrsGrade } from '../crs/current-crs-grade.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { percentOfFraction } from '../record/percent-of-fraction.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import { writtenMeasure } from '../record/written-measure.ts';
import { deriveBurdenBeforeCells, type MarrowBurden } from '../response/burden-before-infusion.ts';
import {
  buildConsideration,
  type Consideration,
  type ConsiderationFactor,
  statedFactor,
} from './consideration.ts';

/**
 * Early tocilizumab: while the present grade of CRS is 1, and with a factor (clinical specification 6.3). Throws
 * RangeError on an override that the parameter does not allow.
 */
export function considerEarlyTocilizumab(
  frame: CourseFrame,
  crs: Crs,
  overrides: ParameterOverrides = {},
): Consideration {
  const parameters = chooseParameters(
    ['burdenLookbackDays', 'earlyTocilizumabBurden', 'crsGradeDescribesDays'],
    overrides,
  );
  const limit = parameters.earlyTocilizumabBurden === 'GT5' ? 5 : 25;
  const burden = burdenPercent(frame, parameters.burdenLookbackDays);
  const gradeOne = gradeOneFactor(currentCrsGrade(frame, crs, parameters.crsGradeDescribesDays));
  const factors: readonly ConsiderationFactor[] = [
    {
      id: 'high-burden',
      status: burden === undefined ? 'UNKNOWN' : not(isBelowThreshold(burden, 'LE', limit)),
      threshold: `> ${limit} %`,
      ...(burden === undefined ? {} : { observed: `${writtenMeasure(burden)} %` }),
      evidence: burden?.sources ?? [],
    },
    statedFactor(frame, 'cardiac-comorbidity', 'CARDIAC_COMORBIDITY'),
    statedFactor(frame, 'pulmonary-comorbidity', 'PULMONARY_COMORBIDITY'),
    { id: 'crs-onset-early', status: crs.onsetEarly, evidence: crs.episodes[0]?.evidence ?? [] },
  ];
  return buildConsideration(
    frame,
    { ...crs.parameters, ...parameters },
    {
      definition: 'PROPH_EARLY_TOCI',
      status: allOf([gradeOne.status, anyOf(factors.map(({ status }) => status))]),
      factors: [gradeOne, ...factors],
      notes: [
        'No formal recommendation of prophylaxis; early tocilizumab at grade 1 may be considered.',
        'Label, for information: below 30 kg 12 mg/kg, from 30 kg 8 mg/kg, at most 800 mg, 8 h apart, 4 doses.',
      ],
      citation: ['WH L241-245'],
    },
  );
}

/** Marrow blasts, or MRD as a percentage where none were counted, as in clinical specification 5.2 C.b. */
function burdenPercent(frame: CourseFrame, lookbackDays: number): MarrowBurden | undefined {
  const { blasts, mrdBeforeLymphodepletion: mrd } = deriveBurdenBeforeCells(
    { ...frame, infusionDate: frame.infusion.date },
    lookbackDays,
  );
  if (blasts !== undefined || mrd === undefined) return blasts;
  return { ...mrd, value: percentOfFraction(mrd.value) };
}

/** A grade that may be higher, and one of another day, leave open whether it is 1 now. */
function gradeOneFactor(current: CurrentGrade | undefined): ConsiderationFactor {
  const id = 'current-crs-grade-1';
  if (current === undefined) return { id, status: 'UNKNOWN', evidence: [] };
  const { grade, day, status, isCurrent, evidence } = current;
  const atLeast = status === 'AT_LEAST' ? ' or more' : '';
  const since = isCurrent ? '' : ', not graded since';
  return {
    id,
    status: isCurrent ? isGradeOne(current) : 'UNKNOWN',
    observed: `grade ${grade}${atLeast} on day ${day}${since}`,
    evidence,
  };
}

function isGradeOne({ grade, status }: CurrentGrade): Tristate {
  if (status === 'AT_LEAST' && grade <= 1) return 'UNKNOWN';
  return fromBoolean(grade === 1);
}

/** Seizure prophylaxis: with a history that asks for it (clinical specification 6.4). */
export function considerSeizureProphylaxis(frame: CourseFrame): Consideration {
  const factors = [
    statedFactor(frame, 'seizure-history', 'SEIZURE_HISTORY'),
    statedFactor(frame, 'pres-history', 'PRES_HISTORY'),
    statedFactor(frame, 'other-neurological-history', 'OTHER_NEUROLOGICAL_HISTORY'),
    statedFactor(frame, 'abnormal-neuro-imaging', 'ABNORMAL_NEURO_IMAGING'),
  ];
  return buildConsideration(
    frame,
    {},
    {
      definition: 'PROPH_SEIZURE',
      status: anyOf(factors.map(({ status }) => status)),
      factors,
      notes: ['Levetiracetam is not universal; it may be considered with one of these.'],
      citation: ['WH L253-256'],
    },
  );
}
