/** Strata by name; each reads one fact of a member. */

import { B_CELL_PARAMETER_NAMES } from '../clinical/b-cells/b-cell-aplasia.ts';
import type { CourseFrame } from '../clinical/course/course-frame.ts';
import { CRS_PARAMETER_NAMES, deriveCrs } from '../clinical/crs/crs.ts';
import { deriveIcans, ICANS_PARAMETER_NAMES } from '../clinical/neurotoxicity/icans.ts';
import {
  chooseParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { findProduct } from '../clinical/record/product-table.ts';
import type { Measured } from '../clinical/record/threshold.ts';
import type { GradedToxicity } from '../clinical/toxicity/graded-toxicity.ts';
import type { Tristate } from '../core/tristate.ts';
import { deriveBurden } from '../eligibility/burden.ts';
import { assessHighBurden } from '../eligibility/criteria/assess-high-burden.ts';
import { deriveHctBasis } from '../eligibility/hct-basis.ts';
import { buildHctContext, type HctContext } from '../eligibility/hct-context.ts';
import { HCT_DEFAULTS } from '../eligibility/hct-parameters.ts';
import { aplasiaOfMember, frameOfMember } from './member-results.ts';
import type { CoursePatient } from './select-cohort.ts';
import { type ExposureStratum, UNKNOWN_STRATUM } from './stratum.ts';

/** A label, a number, or a number with a comparator, as `<0.0001`. */
export type StratumValue = string | number | Measured;

/** A value that can be grouped as it is or, where it is a number, be cut. */
export interface NamedStratum {
  readonly valueOf: (member: CoursePatient, overrides: ParameterOverrides) => StratumValue | undefined;
  /** Clinical parameters that the value rests on; none where absent. */
  readonly parameters?: readonly ParameterName[];
  readonly cautions?: readonly string[];
}

const LOOKBACK: readonly ParameterName[] = ['burdenLookbackDays'];

const EARLY =
  'classified by the first weeks after the infusion: who died or relapsed in them had less time to be seen';

export const NAMED_STRATA: Readonly<Record<string, NamedStratum>> = {
  product: { valueOf: ({ course }) => knownCode(course.course.product.code) },
  costimulation: {
    valueOf: ({ course: { course } }) =>
      (course.product.costimulation ?? findProduct(course.product.code)?.costimulation)?.toSorted().join('+'),
  },
  burden: {
    valueOf: (member, overrides) => {
      const { result } = assessHighBurden(burdenOf(member, overrides), HCT_DEFAULTS.highBurden);
      return told(result, 'high', 'not high');
    },
    parameters: LOOKBACK,
  },
  'pre-ld-blasts': {
    valueOf: (member, overrides) => burdenOf(member, overrides).preLdBlasts,
    parameters: LOOKBACK,
  },
  'pre-ld-mrd': {
    valueOf: (member, overrides) => burdenOf(member, overrides).preLdMrd,
    parameters: LOOKBACK,
  },
  'post-ld-mrd': {
    valueOf: (member, overrides) => burdenOf(member, overrides).postLdMrd,
    parameters: LOOKBACK,
  },
  'prior-hct': {
    valueOf: (member) => told(deriveHctBasis(contextOf(member)).priorHct.answer, 'prior HCT', 'no prior HCT'),
  },
  'crs-grade': {
    valueOf: (member, overrides) => gradeOf(member, (frame) => deriveCrs(frame, overrides)),
    parameters: CRS_PARAMETER_NAMES,
    cautions: [EARLY],
  },
  'icans-grade': {
    valueOf: (member, overrides) => gradeOf(member, (frame) => deriveIcans(frame, overrides)),
    parameters: ICANS_PARAMETER_NAMES,
    cautions: [EARLY],
  },
  site: { valueOf: ({ course }) => sitesOf(course.course.infusion.sources.map(({ site }) => site)) },
  sex: { valueOf: ({ facts }) => facts.record.patient.sex?.value },
};

/** What may begin after the infusion, by the day on which it did. */
export const EXPOSURES: Readonly<
  Record<
    string,
    Pick<ExposureStratum, 'labels' | 'exposureOf'> & { readonly parameters?: readonly ParameterName[] }
  >
> = {
  'hct-after': {
    labels: { before: 'no HCT', after: 'HCT' },
    exposureOf: ({ course }) => ({
      day: course.timeline?.therapies.find(({ role }) => role === 'HCT')?.day ?? null,
    }),
  },
  'bca-loss': {
    labels: { before: 'B-cell aplasia', after: 'loss of B-cell aplasia' },
    exposureOf: (member, overrides) => {
      const { onset, loss } = aplasiaOfMember(member, overrides);
      if (onset === undefined) return 'UNKNOWN';
      if (loss === undefined) return { day: null };
      return loss.day === undefined ? 'UNKNOWN' : { day: loss.day };
    },
    parameters: Object.values(B_CELL_PARAMETER_NAMES),
  },
  'new-therapy': {
    labels: { before: 'no further therapy', after: 'further therapy' },
    exposureOf: ({ course }) => ({
      day: course.timeline?.therapies.find(({ role }) => role === 'NEW_THERAPY')?.day ?? null,
    }),
  },
  reinfusion: {
    labels: { before: 'no reinfusion', after: 'reinfusion' },
    exposureOf: ({ course }) => ({
      day: course.timeline?.therapies.find(({ role }) => role === 'REINFUSION')?.day ?? null,
    }),
  },
};

function contextOf({ facts, course }: CoursePatient): HctContext {
  return buildHctContext(facts.record, facts.asOf, course.course);
}

/** As the risk flags see it: the look-back of the rule set for HCT is the rule set's own. */
function burdenOf(member: CoursePatient, overrides: ParameterOverrides): ReturnType<typeof deriveBurden> {
  const { burdenLookbackDays } = chooseParameters(['burdenLookbackDays'], overrides);
  return deriveBurden(contextOf(member), burdenLookbackDays);
}

/** A grade that may be higher is none to divide by, and neither is the 0 of one whom nobody looked at. */
function gradeOf(member: CoursePatient, derive: (frame: CourseFrame) => GradedToxicity): number | undefined {
  const frame = frameOfMember(member);
  const toxicity = frame === undefined ? undefined : derive(frame);
  if (toxicity === undefined || toxicity.occurred === 'UNKNOWN') return undefined;
  return toxicity.peakStatus === 'EXACT' ? toxicity.peak : undefined;
}

function told(state: Tristate, yes: string, no: string): string | undefined {
  if (state === 'UNKNOWN') return undefined;
  return state === 'MET' ? yes : no;
}

function knownCode(code: string): string | undefined {
  return code === UNKNOWN_STRATUM ? undefined : code;
}

function sitesOf(sites: readonly string[]): string | undefined {
  return sites.length === 0 ? undefined : [...new Set(sites)].sort().join('+');
}
