import type { CohortRecord, Mrd } from '../../cohort/cohort-record.generated.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { type DatedFact, datedFact, dateFact, joinEvidence } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';

/** `NEG_INSUFFICIENT`: nothing found, by an assay that could not have found 1e-4; it is no negative. */
export type MrdCategory = 'POS' | 'POS_NQ' | 'NEG' | 'NEG_INSUFFICIENT' | 'INDETERMINATE';

export interface MrdParameters {
  /** From this fraction on, flow cytometry is positive. */
  readonly flowPositiveFrom: number;
  /** A negative counts only from an assay that detects this fraction or less. */
  readonly sufficientSensitivity: number;
  /** What a method usually detects, for a negative that does not say: a fraction; none for an unknown method. */
  readonly assumedSensitivity: Readonly<Partial<Record<Mrd['method'], number>>>;
}

export const MRD_PARAMETER_NAMES = [
  'mrdFlowPositiveFrom',
  'mrdSufficientSensitivity',
  'mrdAssumedSensitivity',
  'mrdAssumedSensitivityNgs',
] as const satisfies readonly (keyof ClinicalParameters)[];

/**
 * The table's values, with what a call overrides (clinical specification 4.2). Throws RangeError on a value that is not
 * allowed.
 */
export function mrdParameters(overrides: ParameterOverrides = {}): MrdParameters {
  const chosen = chooseParameters(MRD_PARAMETER_NAMES, overrides);
  const usual = chosen.mrdAssumedSensitivity;
  return {
    flowPositiveFrom: chosen.mrdFlowPositiveFrom,
    sufficientSensitivity: chosen.mrdSufficientSensitivity,
    assumedSensitivity: {
      FCM: usual,
      RQ_PCR: usual,
      FUSION_QPCR: usual,
      NGS: chosen.mrdAssumedSensitivityNgs,
    },
  };
}

const MRD_PARAMETERS = mrdParameters();

/** Reads one result by its method (clinical specification 4.2). What the laboratory called positive stays so. */
export function assessMrd(mrd: Mrd, parameters: MrdParameters = MRD_PARAMETERS): MrdCategory {
  const byValue = mrd.value === undefined ? 'UNKNOWN' : readValue(mrd, mrd.value, parameters);
  if (byValue === 'POSITIVE' || mrd.call === 'POSITIVE') return 'POS';
  if (mrd.call === 'POSITIVE_NOT_QUANTIFIABLE') return 'POS_NQ';
  if (mrd.call === 'INDETERMINATE') return 'INDETERMINATE';
  if (mrd.call !== 'NEGATIVE' && byValue === 'UNKNOWN') return 'INDETERMINATE';
  const sensitivity = sensitivityOf(mrd, parameters);
  return sensitivity !== undefined && sensitivity <= parameters.sufficientSensitivity
    ? 'NEG'
    : 'NEG_INSUFFICIENT';
}

/** Flow cytometry has a threshold; molecular methods are positive with anything that they find. */
function readValue(mrd: Mrd, value: number, parameters: MrdParameters): 'POSITIVE' | 'BELOW' | 'UNKNOWN' {
  const { comparator, method } = mrd;
  const threshold = parameters.flowPositiveFrom;
  const isFloor = comparator === '>' || comparator === '>=';
  const isCeiling = comparator === '<' || comparator === '<=';
  if (isCeiling) return 'BELOW';
  if (method === 'FCM' || method === 'UNKNOWN') {
    if (value >= threshold) return 'POSITIVE';
    // A trace below the threshold is negative by flow cytometry; another method would call it positive.
    return isFloor || (method === 'UNKNOWN' && value > 0) ? 'UNKNOWN' : 'BELOW';
  }
  return value > 0 || comparator === '>' ? 'POSITIVE' : 'BELOW';
}

/** "<1e-3" says how little the assay could see, whatever is stated beside it; a quantified trace proves it. */
function sensitivityOf({ value, comparator, sensitivity, method }: Mrd, parameters: MrdParameters) {
  const isCeiling = comparator === '<' || comparator === '<=';
  if (isCeiling && value !== undefined && value > 0) return Math.max(value, sensitivity ?? 0);
  if (sensitivity !== undefined) return sensitivity;
  return value !== undefined && value > 0 ? value : parameters.assumedSensitivity[method];
}

/** All MRD of one day read together. */
export interface MrdOccasion extends DatedFact {
  readonly result: 'POSITIVE' | 'NEGATIVE';
}

/**
 * MRD after the infusion day, one verdict a day, sorted. Marrow decides (a specimen that is not named is taken
 * for marrow); blood can show disease but cannot exclude it, other specimens say nothing about it. Positive by
 * any method is positive. Days without a clear result are left out.
 */
export function deriveMrdOccasions(
  record: CohortRecord,
  infusionDay: number,
  dates: RecordDates,
  parameters: MrdParameters = MRD_PARAMETERS,
): readonly MrdOccasion[] {
  const days = new Map<number, MrdOccasion[]>();
  for (const mrd of record.observations.mrd) {
    const result = resultOf(mrd, parameters);
    if (result === undefined) continue;
    const fact = datedFact(dateFact(mrd.date, mrd.course, dates), infusionDay, mrd.sources);
    if (fact.day <= 0) continue;
    const sameDay = days.get(fact.day);
    if (sameDay === undefined) days.set(fact.day, [{ ...fact, result }]);
    else sameDay.push({ ...fact, result });
  }
  const occasions: MrdOccasion[] = [];
  for (const sameDay of days.values()) {
    const positives = sameDay.filter(({ result }) => result === 'POSITIVE');
    const deciding = positives.length > 0 ? positives : sameDay;
    const surest = deciding.find(({ dateImputed }) => !dateImputed) ?? deciding[0];
    if (surest === undefined) continue;
    occasions.push({ ...surest, evidence: joinEvidence(deciding.map(({ evidence }) => evidence)) });
  }
  return occasions.sort((a, b) => a.day - b.day);
}

function resultOf(mrd: Mrd, parameters: MrdParameters): MrdOccasion['result'] | undefined {
  if (mrd.specimen === 'CSF' || mrd.specimen === 'OTHER') return undefined;
  const category = assessMrd(mrd, parameters);
  if (category === 'POS' || category === 'POS_NQ') return 'POSITIVE';
  return category === 'NEG' && mrd.specimen !== 'BLOOD' ? 'NEGATIVE' : undefined;
}
