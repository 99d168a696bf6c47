/** Strata by name; each reads one fact of a member. */

import { type CourseFrame, frameCourse } from '../clinical/course/course-frame.ts';
import { deriveCrs } from '../clinical/crs/crs.ts';
import { deriveIcans } from '../clinical/neurotoxicity/icans.ts';
import { findProduct } from '../clinical/record/product-table.ts';
import type { Measured } from '../clinical/record/threshold.ts';
import type { GradedToxicity } from '../clinical/toxicity/graded-toxicity.ts';
import type { Tristate } from '../core/tristate.ts';
import { deriveBurden } from '../eligibility/burden.ts';
import { assessHighBurden } from '../eligibility/criteria/assess-high-burden.ts';
import { deriveHctBasis } from '../eligibility/hct-basis.ts';
import { buildHctContext, type HctContext } from '../eligibility/hct-context.ts';
import { HCT_DEFAULTS } from '../eligibility/hct-parameters.ts';
import type { CoursePatient } from './select-cohort.ts';
import { type Exposure, UNKNOWN_STRATUM } from './stratum.ts';

/** A label, a number, or a number with a comparator, as `<0.0001`. */
export type StratumValue = string | number | Measured;

/** A value that can be grouped as it is or, where it is a number, be cut. */
export interface NamedStratum {
  readonly valueOf: (member: CoursePatient) => StratumValue | undefined;
  readonly cautions?: readonly string[];
}

const EARLY =
  'classified by the first weeks after the infusion: who died or relapsed in them had less time to be seen';

export const NAMED_STRATA: Readonly<Record<string, NamedStratum>> = {
  product: { valueOf: ({ course }) => knownCode(course.course.product.code) },
  costimulation: {
    valueOf: ({ course: { course } }) =>
      (course.product.costimulation ?? findProduct(course.product.code)?.costimulation)?.toSorted().join('+'),
  },
  burden: {
    valueOf: (member) => {
      const burden = deriveBurden(contextOf(member), HCT_DEFAULTS.burdenLookbackDays);
      const { result } = assessHighBurden(burden, HCT_DEFAULTS.highBurden);
      return told(result, 'high', 'not high');
    },
  },
  'pre-ld-blasts': { valueOf: (member) => burdenOf(member).preLdBlasts },
  'pre-ld-mrd': { valueOf: (member) => burdenOf(member).preLdMrd },
  'post-ld-mrd': { valueOf: (member) => burdenOf(member).postLdMrd },
  'prior-hct': {
    valueOf: (member) => told(deriveHctBasis(contextOf(member)).priorHct.answer, 'prior HCT', 'no prior HCT'),
  },
  'crs-grade': { valueOf: (member) => gradeOf(member, deriveCrs), cautions: [EARLY] },
  'icans-grade': { valueOf: (member) => gradeOf(member, deriveIcans), cautions: [EARLY] },
  site: { valueOf: ({ course }) => sitesOf(course.course.infusion.sources.map(({ site }) => site)) },
  sex: { valueOf: ({ facts }) => facts.record.patient.sex?.value },
};

/** What may begin after the infusion, by the day on which it did. */
export const EXPOSURES: Readonly<
  Record<
    string,
    {
      readonly labels: { readonly before: string; readonly after: string };
      readonly exposureOf: (member: CoursePatient) => Exposure;
    }
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
    exposureOf: ({ course }) => {
      const { onset, loss } = course.aplasia();
      return onset === undefined ? 'UNKNOWN' : { day: loss?.day ?? null };
    },
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

function burdenOf(member: CoursePatient): ReturnType<typeof deriveBurden> {
  return deriveBurden(contextOf(member), HCT_DEFAULTS.burdenLookbackDays);
}

/** A grade that may be higher is none to divide by, and neither is the 0 of one whom nobody looked at. */
function gradeOf(
  { facts, course }: CoursePatient,
  derive: (frame: CourseFrame) => GradedToxicity,
): number | undefined {
  const frame = frameCourse(facts.record, course.course.number);
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
