import type { Source } from '../../cohort/cohort-record.generated.ts';
import { allOf, anyOf, not, type Tristate } from '../../core/tristate.ts';
import type { BCellAplasia } from '../b-cells/b-cell-aplasia.ts';
import { type CourseFrame, isInCourse } from '../course/course-frame.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { dateFact, joinEvidence } from '../record/fact-date.ts';
import { laboratorySeries } from '../record/laboratory-series.ts';
import { latestAssertion } from '../record/latest-assertion.ts';
import { type Below, isBelowThreshold } from '../record/threshold.ts';
import { writtenMeasure } from '../record/written-measure.ts';
import type { BurdenBeforeCells, MarrowBurden } from '../response/burden-before-infusion.ts';
import { cytogeneticMarker } from './cytogenetic-marker.ts';
import { relapseSoonAfterHct } from './relapse-after-hct.ts';
import type { RiskFlagId } from './risk-flag-definitions.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';

export interface RiskFlagContext {
  readonly frame: CourseFrame;
  readonly burden: BurdenBeforeCells;
  readonly aplasia: BCellAplasia;
  readonly parameters: Pick<ClinicalParameters, 'lowDoseBelow' | 'earlyRelapseAfterHctMonths'>;
}

const UNKNOWN: RiskFlagReading = { status: 'UNKNOWN', evidence: [] };
const YEAR_DAYS = 365;

/** Those that rest on B-cell aplasia, and so on its parameters alone. */
export const APLASIA_FLAGS: ReadonlySet<RiskFlagId> = new Set([
  'RF_BCA_LOSS_6M',
  'RF_BCA_LOSS_12M',
  'RF_BCA_LOSS_ANY',
]);

/** Every flag of clinical specification 6.1, judged by itself. */
export function judgeRiskFlags(context: RiskFlagContext): Readonly<Record<RiskFlagId, RiskFlagReading>> {
  const { frame, burden, aplasia, parameters } = context;
  const { record, course } = frame;
  const exposure = course.fludarabineExposure;
  const high = burdenAbove(burden.blasts, 'LE', 5);
  const kmt2a = cytogeneticMarker(frame, 'KMT2A_REARRANGEMENT');
  const clone = latestAssertion(record, 'CD19_NEGATIVE_CLONE');
  return {
    RF_HIGH_BURDEN_GE5: burdenAbove(burden.blasts, 'LT', 5),
    RF_HIGH_BURDEN_GT5: high,
    RF_HIGH_BURDEN_GT40: burdenAbove(burden.blasts, 'LE', 40),
    RF_HIGH_BURDEN_GE1: burdenAbove(burden.blasts, 'LT', 1),
    RF_BLINA_NONRESPONSE: blinatumomabNonResponse(frame),
    RF_BLINA_EXPOSURE: exposedTo(frame, 'BLINATUMOMAB'),
    RF_BCA_LOSS_6M: lostBy(aplasia, undefined),
    RF_BCA_LOSS_12M: lostBy(aplasia, YEAR_DAYS),
    RF_BCA_LOSS_ANY: lostBy(aplasia, Number.POSITIVE_INFINITY),
    RF_ANTIGEN_LOSS_RISK: {
      status: anyOf([kmt2a.status, high.status, clone.status]),
      evidence: joinEvidence([kmt2a.evidence, high.evidence, clone.evidence]),
    },
    RF_LOW_DOSE: lowDose(frame, parameters.lowDoseBelow),
    RF_EARLY_POST_HCT_RELAPSE: earlyRelapseAutologous(frame, parameters.earlyRelapseAfterHctMonths),
    RF_FLU_SUBOPT_13_8: exposureBelow(exposure, 13.8),
    RF_FLU_SUBOPT_14: exposureBelow(exposure, 14),
    RF_TP53: cytogeneticMarker(frame, 'TP53_MUTATION'),
    RF_KMT2A: kmt2a,
    RF_ACTIVE_EMD: extramedullary(frame, () => true),
    RF_ISOLATED_CNS: extramedullary(frame, (sites) => sites.join() === 'CNS'),
    RF_PRIOR_CD22: exposedTo(frame, 'INOTUZUMAB'),
    RF_MRD_GE_1E3: mrdHigh(burden),
    RF_SEX_MALE: sexMale(frame),
    RF_IL6_RISE: interleukinRise(frame),
    RF_BLAST_PCT: blastNumber(burden.blasts),
  };
}

/** Above the limit (`LE` is not high) or from the limit on (`LT` is not high). */
function burdenAbove(blasts: MarrowBurden | undefined, notHigh: Below, limit: number): RiskFlagReading {
  const threshold = `${notHigh === 'LE' ? '>' : '>='} ${limit} %`;
  if (blasts === undefined) return { ...UNKNOWN, threshold };
  return {
    status: not(isBelowThreshold(blasts, notHigh, limit)),
    observed: `${writtenMeasure(blasts)} %`,
    threshold,
    evidence: blasts.sources,
  };
}

/** A number without a threshold is there or is not known. */
function blastNumber(blasts: MarrowBurden | undefined): RiskFlagReading {
  if (blasts === undefined) return UNKNOWN;
  return { status: 'UNKNOWN', observed: `${writtenMeasure(blasts)} %`, evidence: blasts.sources };
}

function mrdHigh({ mrdBeforeLymphodepletion, mrdAfterLymphodepletion }: BurdenBeforeCells): RiskFlagReading {
  const known = [mrdBeforeLymphodepletion, mrdAfterLymphodepletion].filter((mrd) => mrd !== undefined);
  const threshold = '>= 1e-3';
  if (known.length === 0) return { ...UNKNOWN, threshold };
  return {
    status: anyOf(known.map((mrd) => not(isBelowThreshold(mrd, 'LT', 1e-3)))),
    observed: known.map(writtenMeasure).join(', '),
    threshold,
    evidence: joinEvidence(known.map(({ sources }) => sources)),
  };
}

function blinatumomabNonResponse(frame: CourseFrame): RiskFlagReading {
  const stated = frame.record.observations.assertions.filter(
    ({ question }) => question === 'BLINATUMOMAB_RESPONSE',
  );
  const latest = stated
    .map(({ date = '' }) => date)
    .sort()
    .at(-1);
  const decisive = stated.filter(({ date = '' }) => date === latest);
  const answers = new Set(decisive.map(({ answer }) => answer).filter((answer) => answer !== 'UNKNOWN'));
  const [answer] = answers;
  const evidence = joinEvidence(decisive.map(({ sources }) => sources));
  if (answers.size === 1 && answer === 'NON_RESPONSE')
    return { status: 'MET', observed: 'non-response', evidence };
  if (answers.size === 1 && answer === 'RESPONSE')
    return { status: 'NOT_MET', observed: 'response', evidence };
  const exposure = exposedTo(frame, 'BLINATUMOMAB');
  return exposure.status === 'NOT_MET' ? { ...exposure, observed: 'never given' } : { ...UNKNOWN, evidence };
}

/** Given before the infusion. Only an explicit "never" is a no, and only blinatumomab is asked about. */
function exposedTo(frame: CourseFrame, kind: 'BLINATUMOMAB' | 'INOTUZUMAB'): RiskFlagReading {
  const { priorTherapies, laterTherapies } = frame.record;
  const given = [...priorTherapies, ...laterTherapies].filter(
    (therapy) =>
      therapy.kind === kind && dateFact(therapy.date, therapy.course, frame.dates).date < frame.infusion.date,
  );
  if (given.length > 0) return { status: 'MET', evidence: joinEvidence(given.map(({ sources }) => sources)) };
  if (kind === 'INOTUZUMAB') return UNKNOWN;
  const { status, evidence } = latestAssertion(frame.record, 'BLINATUMOMAB_EXPOSURE');
  return { status, evidence };
}

/** `lastDay` undefined: within six months by the default window. Not lost so far is no answer for the time to come. */
function lostBy(aplasia: BCellAplasia, lastDay: number | undefined): RiskFlagReading {
  const { loss, lastAplasia, state } = aplasia;
  const limit = lastDay ?? 183;
  const threshold = Number.isFinite(limit) ? `<= day ${limit}` : 'any day';
  if (loss !== undefined) {
    const met = lastDay === undefined ? loss.within.M6_D183 : loss.firstDetected.day <= limit;
    const evidence = joinEvidence([loss.lastAplasia.sources, loss.firstDetected.sources]);
    const observed = `lost between day ${loss.lastAplasia.day} and ${loss.firstDetected.day}`;
    // Lost after the limit as detected; the interval may reach back before it.
    const straddles = !met && loss.lastAplasia.day < limit;
    return { status: met ? 'MET' : straddles ? 'UNKNOWN' : 'NOT_MET', observed, threshold, evidence };
  }
  if (state === 'ONGOING_AT_END' && lastAplasia !== undefined && lastAplasia.day >= limit) {
    const observed = `aplasia on day ${lastAplasia.day}`;
    return { status: 'NOT_MET', observed, threshold, evidence: lastAplasia.sources };
  }
  return { ...UNKNOWN, observed: state, threshold };
}

function lowDose({ course }: CourseFrame, below: number | null): RiskFlagReading {
  const { dosePerKg, sources } = course.infusion;
  if (dosePerKg === undefined) return UNKNOWN;
  const observed = `${dosePerKg} 10*6/kg`;
  if (below === null) return { status: 'UNKNOWN', observed, evidence: sources };
  const status = dosePerKg < below ? 'MET' : 'NOT_MET';
  return { status, observed, threshold: `< ${below} 10*6/kg`, evidence: sources };
}

function exposureBelow(
  exposure: CourseFrame['course']['fludarabineExposure'],
  limit: number,
): RiskFlagReading {
  const threshold = `< ${limit} mg.h/L`;
  if (exposure === undefined) return { ...UNKNOWN, threshold };
  const { auc: value, comparator, sources } = exposure;
  const measured = comparator === undefined ? { value } : { value, comparator };
  const status = isBelowThreshold(measured, 'LT', limit);
  return { status, observed: `${writtenMeasure(measured)} mg.h/L`, threshold, evidence: sources };
}

function earlyRelapseAutologous(frame: CourseFrame, months: number): RiskFlagReading {
  const early = relapseSoonAfterHct(frame, months);
  const { cellSource } = frame.course.product;
  const autologous: Tristate =
    cellSource === undefined ? 'UNKNOWN' : cellSource === 'AUTOLOGOUS' ? 'MET' : 'NOT_MET';
  return { ...early, status: allOf([early.status, autologous]) };
}

/** The latest statement about the disease before the infusion, if it is one of disease with its sites. */
function extramedullary(frame: CourseFrame, fits: (sites: readonly string[]) => boolean): RiskFlagReading {
  const before = frame.record.observations.diseaseStatus.filter(
    (status) => dateFact(status.date, status.course, frame.dates).date <= frame.infusion.date,
  );
  const latest = before
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const decisive = before.filter(({ date, status }) => date === latest && status !== 'NOT_EVALUABLE');
  const evidence: readonly Source[] = joinEvidence(decisive.map(({ sources }) => sources));
  if (decisive.length === 0) return UNKNOWN;
  const disease = decisive.filter(
    ({ status }) => status !== 'CR' && status !== 'CRI' && status !== 'REMISSION',
  );
  if (disease.length === 0) return { status: 'NOT_MET', observed: 'remission', evidence };
  const sites = [...new Set(disease.flatMap((status) => status.sites ?? []))].sort();
  if (sites.length === 0) return { ...UNKNOWN, evidence };
  const outside = sites.some((site) => site !== 'MARROW');
  return { status: outside && fits(sites) ? 'MET' : 'NOT_MET', observed: sites.join(', '), evidence };
}

function sexMale({ record }: CourseFrame): RiskFlagReading {
  const { sex } = record.patient;
  if (sex === undefined || sex.value === 'UNKNOWN' || sex.value === 'OTHER') return UNKNOWN;
  return { status: sex.value === 'MALE' ? 'MET' : 'NOT_MET', observed: sex.value, evidence: sex.sources };
}

function interleukinRise(frame: CourseFrame): RiskFlagReading {
  const series = laboratorySeries(frame, 'il-6').filter((placed) => isInCourse(frame, placed));
  const states = series.map(
    ({ fact }): Tristate =>
      fact.upperLimit === undefined ? 'UNKNOWN' : not(isBelowThreshold(fact, 'LE', fact.upperLimit)),
  );
  if (series.length === 0) return UNKNOWN;
  const status = anyOf(states);
  const deciding = series.filter((_, index) => states[index] === status).map(({ fact }) => fact);
  const peak = Math.max(...series.map(({ fact }) => fact.value));
  return {
    status,
    observed: `peak ${peak} pg/mL`,
    evidence: joinEvidence(deciding.map(({ sources }) => sources)),
  };
}
