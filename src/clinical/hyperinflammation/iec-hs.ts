import { daysBetween, type PartialDate } from '../../core/partial-date.ts';
import { anyOf, type Tristate } from '../../core/tristate.ts';
import { type CourseFrame, dateOfDay, isInCourse } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import type { Crs } from '../crs/crs.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { drugIntervals } from '../record/drug-intervals.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { hoursBetween } from '../record/moment.ts';
import { type Adjudication, deriveReportedGrades, type ReportedSystem } from '../toxicity/reported-grades.ts';
import {
  type Criterion,
  criterionOf,
  type HyperinflammationFacts,
  hyperinflammationFacts,
} from './hyperinflammation-facts.ts';
import {
  type CommonManifestation,
  commonManifestations,
  isAbove,
  judgeFerritin,
  type ManifestationFact,
} from './iec-hs-criteria.ts';

/** IEC-HS as a suggestion with its criteria; never a diagnosis. */
export interface IecHs extends DerivedResult {
  /** MET: the required and a common finding lie together, not before CRS began. */
  readonly possible: Tristate;
  /** First day on which both are there. */
  readonly day?: number;
  readonly date?: PartialDate;
  readonly required: Criterion;
  readonly common: readonly Criterion[];
  /** Findings that may be there too, within the concurrence time of the first day. */
  readonly further: readonly Criterion[];
  /** The lowest grade that the interventions show, 2 to 5; the grade itself is the clinician's. */
  readonly proposedMinimumGrade?: { readonly grade: number; readonly reasons: readonly string[] };
  readonly reported: readonly ReportedSystem[];
  readonly adjudications: readonly Adjudication[];
}

const PARAMETERS = [
  'iecHsConcurrenceHours',
  'iecHsRapidRiseFactor',
  'iecHsRapidRiseHours',
  'iecHsToDay',
  'baselineDays',
] as const;
type IecHsParameters = Pick<ClinicalParameters, (typeof PARAMETERS)[number]>;

const COMMON: readonly CommonManifestation[] = [
  'transaminases',
  'fibrinogen',
  'haemophagocytosis',
  'cytopenia',
];

/**
 * Possible immune effector cell-associated haemophagocytic syndrome (ASTCT working group, Hines 2023; clinical
 * specification 2.4). Ferritin in ug/L, transaminases in U/L with their upper limits, fibrinogen in mg/dL. `crs` is
 * that of the same course: findings before its onset do not count. Throws RangeError on an override that is not
 * allowed.
 */
export function deriveIecHs(
  frame: CourseFrame,
  crs: Pick<Crs, 'occurred' | 'onsetDay' | 'parameters'>,
  overrides: ParameterOverrides = {},
): IecHs {
  const parameters = chooseParameters(PARAMETERS, overrides);
  const facts = hyperinflammationFacts(frame, parameters.baselineDays);
  const fromDay = crs.onsetDay ?? 0;
  const inTime = ({ day }: { readonly day: number }) => day >= fromDay && day <= parameters.iecHsToDay;
  const ferritin = judgedFerritin(facts, parameters).filter(({ placed }) => inTime(placed));
  const manifestations = commonManifestations(facts).filter(({ placed }) => inTime(placed));
  const pair = firstPair(ferritin, manifestations, parameters.iecHsConcurrenceHours);
  const day = pair === undefined ? undefined : Math.max(pair[0].placed.day, pair[1].placed.day);
  const required = summary('ferritin', ferritin);
  const common = COMMON.map((id) => summary(id, nearFerritin(id, ferritin, manifestations, parameters)));
  const possible = pair === undefined ? withoutPair(required, common) : 'MET';
  const further = furtherFindings(frame, facts, day, parameters);
  const { systems, adjudications } = deriveReportedGrades(frame, 'IEC_HS');
  const proposed = proposeGrade(frame, possible, day);
  const alone = common.filter(({ status }) => status === 'MET').map(({ id }) => id);
  return {
    definition: 'IEC_HS_ASTCT_2023',
    version: '1',
    course: frame.course.number,
    parameters: { ...crs.parameters, ...parameters },
    possible,
    ...(day === undefined ? {} : { day, date: dateOfDay(frame, day) }),
    required,
    common,
    further,
    ...(proposed === undefined ? {} : { proposedMinimumGrade: proposed }),
    reported: systems,
    adjudications,
    flags: possible === 'MET' && alone.join() === 'cytopenia' ? ['CYTOPENIA_ALONE'] : [],
    missing: [
      ...[required, ...common].filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id),
      ...(crs.occurred === 'UNKNOWN' ? ['crs-onset'] : []),
    ],
    evidence: joinEvidence([
      ...[required, ...common].filter(({ status }) => status === 'MET').map(({ evidence }) => evidence),
      ...systems.map(({ evidence }) => evidence),
    ]),
  };
}

interface JudgedFerritin {
  readonly status: Tristate;
  readonly placed: ManifestationFact['placed'];
}

function judgedFerritin(
  facts: HyperinflammationFacts,
  parameters: IecHsParameters,
): readonly JudgedFerritin[] {
  const series = facts.laboratory('ferritin');
  const baseline = facts.baseline('ferritin');
  return series.map((placed, index) => ({
    status: judgeFerritin(index, series, baseline, parameters),
    placed,
  }));
}

type Pair = readonly [JudgedFerritin, ManifestationFact];

/** The pair within the concurrence time that is complete first. Both lists are walked in order of time. */
function firstPair(
  ferritin: readonly JudgedFerritin[],
  manifestations: readonly ManifestationFact[],
  hours: number,
): Pair | undefined {
  const met = manifestations
    .filter(({ status }) => status === 'MET')
    .sort((a, b) => a.placed.at - b.placed.at);
  // What is known by its day alone may lie a day further off on the axis than by the calendar.
  const reach = hours * 60 + 1440;
  let start = 0;
  let best: Pair | undefined;
  for (const required of ferritin) {
    if (required.status !== 'MET') continue;
    // Nothing that lies after a complete pair can be complete before it.
    if (best !== undefined && required.placed.at > completeAt(best)) break;
    while (start < met.length && (met[start]?.placed.at ?? 0) < required.placed.at - reach) start += 1;
    const near = firstNear(required, met, start, hours);
    const pair: Pair | undefined = near && [required, near];
    if (pair !== undefined && (best === undefined || completeAt(pair) < completeAt(best))) best = pair;
  }
  return best;
}

/** From `start` on, the first finding that lies within so many hours. */
function firstNear(
  { placed: required }: JudgedFerritin,
  met: readonly ManifestationFact[],
  start: number,
  hours: number,
): ManifestationFact | undefined {
  for (let index = start; index < met.length; index += 1) {
    const found = met[index];
    if (found === undefined || found.placed.at > required.at + hours * 60 + 1440) return undefined;
    if (Math.abs(hoursBetween(required, found.placed)) <= hours) return found;
  }
  return undefined;
}

function completeAt([required, common]: Pair): number {
  return Math.max(required.placed.at, common.placed.at);
}

/** Findings of one manifestation that lie near a ferritin that is high; all of them where none is. */
function nearFerritin(
  id: CommonManifestation,
  ferritin: readonly JudgedFerritin[],
  manifestations: readonly ManifestationFact[],
  { iecHsConcurrenceHours }: IecHsParameters,
): readonly ManifestationFact[] {
  const own = manifestations.filter((fact) => fact.id === id);
  const high = ferritin.filter(({ status }) => status === 'MET').map(({ placed }) => placed);
  if (high.length === 0) return own;
  const days = new Set(high.map(({ day }) => day));
  const reach = Math.ceil(iecHsConcurrenceHours / 24);
  return own.filter(({ placed }) => {
    for (let day = placed.day - reach; day <= placed.day + reach; day += 1) if (days.has(day)) return true;
    return false;
  });
}

function summary(id: string, judged: readonly JudgedFerritin[]): Criterion {
  const statuses = new Map(judged.map(({ placed, status }) => [placed.fact, status]));
  return criterionOf(
    id,
    judged.map(({ placed }) => placed.fact),
    (fact) => statuses.get(fact) ?? 'UNKNOWN',
  );
}

function withoutPair(required: Criterion, common: readonly Criterion[]): Tristate {
  if (required.status !== 'MET') return required.status;
  return anyOf(common.map(({ status }) => status)) === 'NOT_MET' ? 'NOT_MET' : 'UNKNOWN';
}

const ABOVE_NORMAL = [
  ['ldh', ['ldh']],
  ['coagulation', ['inr', 'pt', 'aptt']],
  ['direct-bilirubin', ['direct-bilirubin']],
] as const;

const SIGNS = [
  ['splenomegaly', 'SPLENOMEGALY'],
  ['pulmonary-signs', 'PULMONARY_SIGNS'],
  ['renal-insufficiency', 'RENAL_INSUFFICIENCY'],
] as const;

function furtherFindings(
  frame: CourseFrame,
  facts: HyperinflammationFacts,
  day: number | undefined,
  { iecHsConcurrenceHours }: IecHsParameters,
): readonly Criterion[] {
  if (day === undefined) return [];
  const reach = Math.ceil(iecHsConcurrenceHours / 24);
  const near = <Fact>(list: readonly { readonly day: number; readonly fact: Fact }[]): readonly Fact[] =>
    list.filter((placed) => Math.abs(placed.day - day) <= reach).map(({ fact }) => fact);
  const temperatures = frame.placed.vitalSigns('temperature');
  return [
    ...ABOVE_NORMAL.map(([id, analytes]) =>
      criterionOf(
        id,
        analytes.flatMap((analyte) => near(facts.laboratory(analyte))),
        (value) => isAbove(value, value.upperLimit),
      ),
    ),
    criterionOf('triglycerides', near(facts.laboratory('triglycerides')), (value) => isAbove(value, 265)),
    ...SIGNS.map(([id, name]) =>
      criterionOf(
        id,
        near(facts.signs).filter((each) => each.sign === name),
        ({ present }) => (present ? 'MET' : 'NOT_MET'),
      ),
    ),
    criterionOf('fever', near(temperatures), ({ value }) => (value >= 38 ? 'MET' : 'NOT_MET')),
  ];
}

/**
 * What was done from the first day on shows a lowest grade: a drug against IEC-HS grade 2, ventilation with
 * pulmonary signs of hyperinflammation grade 4, death by it grade 5.
 */
function proposeGrade(
  frame: CourseFrame,
  possible: Tristate,
  day: number | undefined,
): IecHs['proposedMinimumGrade'] {
  const { followUp } = frame.record;
  const death = frame.dates.deathRecorded?.on?.date;
  const diedDay = death === undefined ? undefined : daysBetween(frame.infusion.date, death);
  if (followUp.death?.cause === 'IEC_HS' && diedDay !== undefined && diedDay <= frame.lastDay) {
    return { grade: 5, reasons: ['death'] };
  }
  if (possible !== 'MET' || day === undefined) return undefined;
  const since = <Fact extends { readonly day: number; readonly at: number; readonly timed: boolean }>(
    list: readonly Fact[],
  ): readonly Fact[] => list.filter((placed) => isInCourse(frame, placed) && placed.day >= day);
  const signs = since(frame.placed.clinicalSigns());
  const pulmonary = signs.some(({ fact }) => fact.sign === 'PULMONARY_SIGNS' && fact.present);
  const ventilated = since(frame.placed.oxygenSupport()).some(
    ({ fact }) => fact.device === 'MECHANICAL_VENTILATION' && fact.otherCause !== true,
  );
  if (pulmonary && ventilated) return { grade: 4, reasons: ['ventilation'] };
  const drugs = since(drugIntervals(frame, ['HYPERINFLAMMATION'])).map(({ agent }) => agent);
  return drugs.length === 0 ? undefined : { grade: 2, reasons: [...new Set(drugs)].sort() };
}
