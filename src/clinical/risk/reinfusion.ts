import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import { type BCellAplasia, bCellStatusAt, namedBCellParameters } from '../b-cells/b-cell-aplasia.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { type CourseOutcome, deriveCourseOutcome } from '../course/course-outcome.ts';
import { TIMELINE_PARAMETER_NAMES, timelineParameters } from '../course/course-timeline.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import type { GradedToxicity } from '../toxicity/graded-toxicity.ts';
import { judgeReinfusionTriggers, type ReinfusionTrigger } from './reinfusion-triggers.ts';

/** What to look at beside the trigger; filled as far as the record knows. */
export interface ReinfusionChecklist {
  readonly previousProduct: string;
  /** The next infusion, where one was given. */
  readonly nextProduct?: string;
  readonly sameProduct?: boolean;
  readonly intervalDays?: number;
  readonly lymphodepletionBefore?: Tristate;
  /** CD19 class of the latest relapse. */
  readonly cd19?: string;
  /** Highest grades after this infusion; absent where they cannot be told. */
  readonly peakCrs?: number;
  readonly peakIcans?: number;
  /** A donor for a transplantation in its place. */
  readonly donorAvailable: Tristate;
  /** B cells 28 days after the next infusion. */
  readonly aplasiaAtDay28?: string;
}

export interface Reinfusion extends DerivedResult {
  readonly triggers: readonly ReinfusionTrigger[];
  readonly checklist: ReinfusionChecklist;
  readonly notes: readonly string[];
}

const PARAMETERS = [...TIMELINE_PARAMETER_NAMES, 'responseDeadlineDay', 'nrEarliestDay'] as const;

export interface ReinfusionBasis {
  readonly aplasia: BCellAplasia;
  /** Of the next course, where there is one. */
  readonly nextAplasia?: BCellAplasia;
  readonly crs: Pick<GradedToxicity, 'peak' | 'parameters'>;
  readonly icans: Pick<GradedToxicity, 'peak' | 'parameters'>;
}

/**
 * What speaks for and against another infusion after this one (clinical specification 6.9), from what was derived for
 * the same course by the same overrides. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveReinfusion(
  frame: CourseFrame,
  basis: ReinfusionBasis,
  overrides: ParameterOverrides = {},
): Reinfusion {
  const parameters = chooseParameters(PARAMETERS, overrides);
  const outcome = deriveCourseOutcome(
    frame.record,
    frame.course.number,
    { ...parameters, ...timelineParameters(overrides) },
    frame.dates,
  );
  const triggers = judgeReinfusionTriggers(frame, basis.aplasia, outcome);
  const { checklist, next } = checklistOf(frame, outcome, basis);
  return {
    definition: 'REINFUSION_CONSIDERATIONS',
    version: '1',
    course: frame.course.number,
    parameters: {
      ...basis.crs.parameters,
      ...basis.icans.parameters,
      ...namedBCellParameters(basis.aplasia.parameters),
      ...parameters,
    },
    triggers,
    checklist,
    notes: NOTES,
    flags: triggers.some(({ status, contraindication }) => status === 'MET' && contraindication)
      ? ['CD19_NEGATIVE_REVIEW']
      : [],
    missing: triggers.filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id),
    evidence: joinEvidence([...triggers.map(({ evidence }) => evidence), next]),
  };
}

/** Of a second infusion compared with the first, in the same patients (JI L21). */
const NOTES: readonly string[] = Object.freeze([
  'Second against first infusion (JI): dose, incidence and grade of CRS no different; CRES 33.3 % and 11.1 %; peak IL-17A lower; infections, severe thrombocytopenia and anaemia fewer.',
  'Lymphodepletion before a reinfusion for B-cell recovery went with response (CHOP: OR 33.57).',
]);

function checklistOf(
  frame: CourseFrame,
  { relapses }: CourseOutcome,
  { nextAplasia, crs, icans }: ReinfusionBasis,
): { readonly checklist: ReinfusionChecklist; readonly next: readonly Source[] } {
  const { course, record, dates } = frame;
  const [following] = record.courses
    .filter(({ number }) => number > course.number)
    .sort((a, b) => a.number - b.number);
  const previousProduct = course.product.code;
  const cd19 = relapses.filter(({ day }) => day <= frame.lastDay).at(-1)?.cd19;
  const donor = latestAssertion(record, 'DONOR_AVAILABLE');
  const base = {
    previousProduct,
    ...(cd19 === undefined ? {} : { cd19 }),
    ...(crs.peak === undefined ? {} : { peakCrs: crs.peak }),
    ...(icans.peak === undefined ? {} : { peakIcans: icans.peak }),
    donorAvailable: donor.status,
  };
  if (following === undefined) return { checklist: base, next: [] };
  const nextProduct = following.product.code;
  const known = previousProduct !== 'UNKNOWN' && nextProduct !== 'UNKNOWN';
  const on = dates.infusions.get(following.number)?.date;
  return {
    checklist: {
      ...base,
      nextProduct,
      ...(known ? { sameProduct: previousProduct === nextProduct } : {}),
      ...(on === undefined ? {} : { intervalDays: frame.dayOf(on) }),
      lymphodepletionBefore: following.lymphodepletion.length > 0 ? 'MET' : 'UNKNOWN',
      ...(nextAplasia === undefined ? {} : { aplasiaAtDay28: bCellStatusAt(nextAplasia, 28).status }),
    },
    next: following.infusion.sources,
  };
}
