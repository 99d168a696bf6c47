import type { Source } from '../../cohort/cohort-record.generated.ts';
import type { Tristate } from '../../core/tristate.ts';
import { type BCellAplasia, bCellStatusAt } from '../b-cells/b-cell-aplasia.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import { deriveCourseOutcome } from '../course/course-outcome.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import { placeAll } from '../record/moment.ts';
import type { GradedToxicity } from '../toxicity/graded-toxicity.ts';

/** A reason for which a second infusion is given, with what is known of its benefit. */
export interface ReinfusionTrigger {
  readonly id:
    | 'BCA_LOSS_IN_REMISSION'
    | 'MARROW_HAEMATOGONES'
    | 'CD19_POSITIVE_RELAPSE'
    | 'CD19_NEGATIVE_RELAPSE'
    | 'MRD_RELAPSE'
    | 'NO_RESPONSE';
  readonly status: Tristate;
  /** A CD19-directed reinfusion is not logical here: to be reviewed as a contraindication. */
  readonly contraindication: boolean;
  readonly effect: string;
  readonly citation: readonly string[];
  readonly evidence: readonly Source[];
}

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

export interface ReinfusionBasis {
  readonly aplasia: BCellAplasia;
  /** Of the next course, where there is one. */
  readonly nextAplasia?: BCellAplasia;
  readonly crs: Pick<GradedToxicity, 'peak'>;
  readonly icans: Pick<GradedToxicity, 'peak'>;
}

/**
 * What speaks for and against another infusion after this one (clinical specification 6.9), from what was derived for
 * the same course.
 */
export function deriveReinfusion(frame: CourseFrame, basis: ReinfusionBasis): Reinfusion {
  const triggers = triggersOf(frame, basis.aplasia);
  const { checklist, next } = checklistOf(frame, basis);
  return {
    definition: 'REINFUSION_CONSIDERATIONS',
    version: '1',
    course: frame.course.number,
    parameters: {},
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

function triggersOf(frame: CourseFrame, aplasia: BCellAplasia): readonly ReinfusionTrigger[] {
  const outcome = deriveCourseOutcome(frame.record, frame.course.number, {}, frame.dates);
  const relapses = outcome.relapses.filter(({ day }) => day <= frame.lastDay);
  const molecular = outcome.molecularRelapses.filter(({ day }) => day <= frame.lastDay);
  const ofClass = (cd19: string) => relapses.filter((relapse) => relapse.cd19 === cd19);
  const assessed = outcome.responses.some(
    ({ day, status }) => day <= frame.lastDay && status !== 'NOT_EVALUABLE',
  );
  const relapsed = (found: readonly { readonly evidence: readonly Source[] }[]): Tristate => {
    if (found.length > 0) return 'MET';
    return !assessed || relapses.some(({ cd19 }) => cd19 === 'UNKNOWN') ? 'UNKNOWN' : 'NOT_MET';
  };
  const mrdLookedFor = placeAll(frame, frame.record.observations.mrd).some((placed) =>
    isInCourse(frame, placed),
  );
  const positive = ofClass('POS');
  const negative = ofClass('NEG');
  const trigger = (
    id: ReinfusionTrigger['id'],
    status: Tristate,
    evidence: readonly Source[],
    effect: string,
    citation: readonly string[],
  ): ReinfusionTrigger => ({
    id,
    status,
    contraindication: id === 'CD19_NEGATIVE_RELAPSE',
    effect,
    citation,
    evidence,
  });
  const all = (found: readonly { readonly evidence: readonly Source[] }[]) =>
    joinEvidence(found.map(({ evidence }) => evidence));
  return [
    trigger(
      'BCA_LOSS_IN_REMISSION',
      lossStatus(aplasia),
      aplasia.loss?.firstDetected.sources ?? [],
      'CHOP: CR with B-cell aplasia in 15 of 40 for B-cell recovery',
      ['WH L436', 'Blood Adv 2024;8:2182'],
    ),
    haematogones(frame, trigger),
    trigger(
      'CD19_POSITIVE_RELAPSE',
      relapsed(positive),
      all(positive),
      'MRD-negative CR 4 of 9 at the second infusion, all at the first; CHOP 5 of 10',
      ['BEL L29', 'JI L21'],
    ),
    trigger(
      'CD19_NEGATIVE_RELAPSE',
      relapsed(negative),
      all(negative),
      'A CD19-directed product is not logical',
      ['clinical-spec 6.9'],
    ),
    trigger(
      'MRD_RELAPSE',
      molecular.length > 0 ? 'MET' : mrdLookedFor ? 'NOT_MET' : 'UNKNOWN',
      all(molecular),
      'CRS of grade 3 or more only in the setting of MRD or relapse',
      ['Blood Adv 2024;8:2182'],
    ),
    trigger(
      'NO_RESPONSE',
      outcome.noResponse !== undefined ? 'MET' : outcome.firstRemission === undefined ? 'UNKNOWN' : 'NOT_MET',
      outcome.noResponse?.evidence ?? [],
      'CHOP: 0 of 8',
      ['Blood Adv 2024;8:2182'],
    ),
  ];
}

function lossStatus({ loss, state }: BCellAplasia): Tristate {
  if (loss !== undefined) return 'MET';
  return state === 'ONGOING_AT_END' ? 'NOT_MET' : 'UNKNOWN';
}

function haematogones(
  frame: CourseFrame,
  trigger: (
    id: ReinfusionTrigger['id'],
    status: Tristate,
    evidence: readonly Source[],
    effect: string,
    citation: readonly string[],
  ) => ReinfusionTrigger,
): ReinfusionTrigger {
  const seen = frame.placed
    .clinicalSigns()
    .filter((placed) => placed.fact.sign === 'MARROW_HAEMATOGONES' && isInCourse(frame, placed))
    .map(({ fact }) => fact);
  const found = seen.filter(({ present }) => present);
  const deciding = found.length > 0 ? found : seen;
  return trigger(
    'MARROW_HAEMATOGONES',
    found.length > 0 ? 'MET' : seen.length > 0 ? 'NOT_MET' : 'UNKNOWN',
    joinEvidence(deciding.map(({ sources }) => sources)),
    'Benefit clearer than for full recovery; CHOP: CR with B-cell aplasia in 18 of 23',
    ['WH L436', 'Blood Adv 2024;8:2182'],
  );
}

function checklistOf(
  frame: CourseFrame,
  { nextAplasia, crs, icans }: ReinfusionBasis,
): { readonly checklist: ReinfusionChecklist; readonly next: readonly Source[] } {
  const { course, record, dates } = frame;
  const following = record.courses
    .filter(({ number }) => number > course.number)
    .sort((a, b) => a.number - b.number)[0];
  const previousProduct = course.product.code;
  const { relapses } = deriveCourseOutcome(record, course.number, {}, dates);
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
