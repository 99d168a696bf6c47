import type { Transgene } from '../../cohort/cohort-record.generated.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { placeAll } from '../record/moment.ts';
import {
  type Auc,
  integrate,
  type KineticsProfile,
  type KineticsSample,
  readProfile,
} from './kinetics-curve.ts';

/** Kinetics of the transgene in one matrix; blood and marrow are never mixed. */
export interface Kinetics extends DerivedResult {
  readonly specimen: 'BLOOD' | 'MARROW';
  /** DETECTED: quantifiable at least once. NOT_DETECTED: never. NOT_ASSESSED: no sample after the infusion. */
  readonly expansion: 'DETECTED' | 'NOT_DETECTED' | 'NOT_ASSESSED';
  readonly profile: KineticsProfile;
  /** The chosen method first; both are always given. */
  readonly areas: readonly [Auc, Auc];
  /** The sample nearest to day 28, and its ratio to Cmax; a result below the limit has no level. */
  readonly day28?: { readonly day: number; readonly value?: number; readonly ratioToCmax?: number };
}

/** What the result depends on. */
export const KINETICS_PARAMETER_NAMES = [
  'lloq',
  'aucMethod',
  'aucToDay',
  'embeddedBlq',
  'aucType',
  'stopAfterBlq',
  'aucMinimumSamples',
  'day28FromDay',
  'day28ToDay',
] as const;

/**
 * Kinetics of the CAR transgene after one infusion (clinical specification 7): levels in copies per microgram of
 * genomic DNA, days as actually drawn, day 0 the infusion. Samples of the day of the infusion are taken as drawn
 * before it. A level at the limit of quantification is quantifiable. The series ends with the next infusion. Throws
 * RangeError on an override that the parameter does not allow.
 */
export function deriveKinetics(
  frame: CourseFrame,
  specimen: Kinetics['specimen'],
  overrides: ParameterOverrides = {},
): Kinetics {
  const parameters = chooseParameters(KINETICS_PARAMETER_NAMES, overrides);
  const used = (frame.record.observations.transgene ?? []).filter((fact) => matches(fact, specimen));
  const { samples, unplaced } = samplesOf(frame, used, parameters.lloq);
  const profile = readProfile(samples, parameters);
  const other = parameters.aucMethod === 'linear' ? 'linup_logdown' : 'linear';
  const areas = [
    integrate(profile, parameters.aucMethod, parameters),
    integrate(profile, other, parameters),
  ] as const;
  const day28 = levelAtDay28(profile, parameters);
  const after = samples.filter(({ day }) => day > 0);
  return {
    definition: 'CAR_KINETICS',
    version: '1',
    course: frame.course.number,
    parameters,
    specimen,
    expansion: profile.cmax !== undefined ? 'DETECTED' : after.length > 0 ? 'NOT_DETECTED' : 'NOT_ASSESSED',
    profile,
    areas,
    ...(day28 === undefined ? {} : { day28 }),
    flags: [
      ...new Set([
        ...profile.flags,
        ...areas[0].flags,
        ...(unplaced > 0 ? ['LEVEL_NOT_PLACEABLE'] : []),
        ...(used.some((fact) => fact.specimen === 'UNKNOWN') ? ['SPECIMEN_ASSUMED_BLOOD'] : []),
      ]),
    ],
    missing: after.length === 0 ? ['transgene'] : [],
    evidence: joinEvidence(
      placeAll(frame, used)
        .filter(({ day }) => day >= 0 && day <= frame.lastDay + 1)
        .map(({ fact }) => fact.sources),
    ),
  };
}

/** A specimen that is not named is taken for blood. */
function matches({ specimen }: Transgene, wanted: Kinetics['specimen']): boolean {
  return specimen === wanted || (wanted === 'BLOOD' && specimen === 'UNKNOWN');
}

/**
 * One level a day, the highest of it; sorted. The sample of the next infusion's own day is drawn before it and
 * belongs here. "Below a number" above the limit, and a number with another comparator below it, cannot be placed.
 */
function samplesOf(
  frame: CourseFrame,
  facts: readonly Transgene[],
  usualLloq: number,
): { readonly samples: readonly KineticsSample[]; readonly unplaced: number } {
  const days = new Map<number, KineticsSample>();
  let unplaced = 0;
  for (const { fact, day } of placeAll(frame, facts)) {
    if (day < 0 || day > frame.lastDay + 1) continue;
    const lloq = fact.lowerLimit ?? usualLloq;
    const value = readLevel(fact, lloq);
    if (value === null) {
      unplaced += 1;
      continue;
    }
    const known = days.get(day);
    if (known === undefined || (value ?? -1) > (known.value ?? -1)) days.set(day, { day, value, lloq });
  }
  return { samples: [...days.values()].sort((a, b) => a.day - b.day), unplaced };
}

/** Undefined: below the limit of quantification. Null: the comparator leaves it open. */
function readLevel(
  { copiesPerMicrogram: value, comparator }: Transgene,
  lloq: number,
): number | undefined | null {
  if (comparator === '<') return value <= lloq ? undefined : null;
  if (comparator === '<=') return value < lloq ? undefined : null;
  if (comparator !== undefined) return value >= lloq ? value : null;
  return value >= lloq ? value : undefined;
}

/** Nearest to day 28 within the window; of two as near the later. */
function levelAtDay28(
  { samples, cmax }: KineticsProfile,
  { day28FromDay, day28ToDay }: Pick<ClinicalParameters, 'day28FromDay' | 'day28ToDay'>,
): Kinetics['day28'] {
  const near = samples
    .filter(({ day }) => day >= day28FromDay && day <= day28ToDay)
    .sort((a, b) => Math.abs(a.day - 28) - Math.abs(b.day - 28) || b.day - a.day)[0];
  if (near === undefined) return undefined;
  const { day, value } = near;
  if (value === undefined) return { day };
  return { day, value, ...(cmax === undefined ? {} : { ratioToCmax: value / cmax }) };
}
