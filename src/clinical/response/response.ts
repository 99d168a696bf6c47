import type { CohortRecord, DiseaseStatus, MarrowBlasts } from '../../cohort/cohort-record.generated.ts';
import { earliestDay, latestDay } from '../../core/partial-date.ts';
import { type DatedFact, datedFact, dateFact, joinEvidence } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';
import { isBelowThreshold } from '../record/threshold.ts';

/** Marrow with this percentage of blasts or more is not in remission (clinical specification 4.1, 4.3). */
const REMISSION_BLASTS_BELOW_PERCENT = 5;

const DISEASE: ReadonlySet<DiseaseStatus['status']> = new Set(['RELAPSE', 'PROGRESSIVE', 'NR']);

/** One recorded disease status after the infusion day. */
export interface Response extends DatedFact {
  readonly status: DiseaseStatus['status'];
}

/** CR or CRi. */
export interface Remission extends DatedFact {
  readonly status: 'CR' | 'CRI' | 'REMISSION';
}

/** All that was said about the disease on one day after the infusion, beyond MRD. */
export interface DiseaseDay {
  /** Whole days after the infusion. */
  readonly day: number;
  readonly statuses: readonly Response[];
  readonly described: readonly DiseaseStatus[];
  /** CR or CRi, unless its opposite was recorded for the same day. */
  readonly remission?: Remission;
  /** All of the day but what could not be evaluated. */
  readonly assessed?: DatedFact;
  /** What speaks of disease: relapse, progression, no response, or blasts. */
  readonly disease?: DatedFact;
  readonly relapse: boolean;
  readonly progressive: boolean;
  readonly noResponse: boolean;
  /** Marrow blasts of 5 % or more that no remission and no "not evaluable" of the same day explains. */
  readonly blastsHigh: boolean;
  /** Marrow blasts below 5 % were counted. */
  readonly blastsLow: boolean;
  /** A remission and its opposite were recorded for the same day. */
  readonly conflict: boolean;
}

interface DayFacts {
  readonly day: number;
  readonly statuses: { readonly fact: DatedFact; readonly status: DiseaseStatus }[];
  readonly blasts: { readonly fact: DatedFact; readonly below: boolean | undefined }[];
}

/**
 * The disease day by day after the infusion, sorted. Statuses at the level of MRD are left out, except
 * remissions: a molecular remission is a remission.
 */
export function deriveDiseaseDays(
  record: CohortRecord,
  infusionDay: number,
  dates: RecordDates,
): readonly DiseaseDay[] {
  const days = new Map<number, DayFacts>();
  const at = (day: number): DayFacts => {
    const found = days.get(day) ?? { day, statuses: [], blasts: [] };
    days.set(day, found);
    return found;
  };
  for (const status of datedStatuses(record, infusionDay, dates)) {
    if (status.status.level === 'MOLECULAR' && remissionOf(status.status) === undefined) continue;
    at(status.fact.day).statuses.push(status);
  }
  for (const blasts of record.observations.marrowBlasts) {
    const fact = datedFact(dateFact(blasts.date, blasts.course, dates), infusionDay, blasts.sources);
    if (fact.day > 0) at(fact.day).blasts.push({ fact, below: isBelowRemissionLimit(blasts) });
  }
  return [...days.values()].map(judgeDay).sort((a, b) => a.day - b.day);
}

function remissionOf(status: DiseaseStatus): Remission['status'] | undefined {
  const { status: value } = status;
  return value === 'CR' || value === 'CRI' || value === 'REMISSION' ? value : undefined;
}

/** "<5" is below the limit, ">5" is not, "<20" does not tell. */
function isBelowRemissionLimit({ percent, comparator }: MarrowBlasts): boolean | undefined {
  const below = isBelowThreshold(
    comparator === undefined ? { value: percent } : { value: percent, comparator },
    'LT',
    REMISSION_BLASTS_BELOW_PERCENT,
  );
  return below === 'UNKNOWN' ? undefined : below === 'MET';
}

function datedStatuses(
  record: CohortRecord,
  infusionDay: number,
  dates: RecordDates,
): readonly { readonly fact: DatedFact; readonly status: DiseaseStatus }[] {
  const dated: { fact: DatedFact; status: DiseaseStatus }[] = [];
  for (const status of record.observations.diseaseStatus) {
    const fact = datedFact(dateFact(status.date, status.course, dates), infusionDay, status.sources);
    dated.push({ fact, status });
  }
  const firstRemission = dated
    .filter(({ fact, status }) => fact.day > 0 && !fact.dateImputed && remissionOf(status) !== undefined)
    .reduce<DatedFact | undefined>((a, { fact: b }) => (a === undefined || b.day < a.day ? b : a), undefined);
  return dated
    .map(({ fact, status }) => ({ fact: relapseAfterRemission(fact, status, firstRemission), status }))
    .filter(({ fact }) => fact.day > 0)
    .sort((a, b) => a.fact.day - b.fact.day || compareStatus(a.status, b.status));
}

/** A relapse known to the month presupposes the remission of that month (clinical specification 0.2). */
function relapseAfterRemission(
  fact: DatedFact,
  status: DiseaseStatus,
  firstRemission: DatedFact | undefined,
): DatedFact {
  if (!fact.dateImputed || status.status !== 'RELAPSE' || firstRemission === undefined) return fact;
  const { date, day } = firstRemission;
  if (fact.day <= 0 || fact.day >= day) return fact;
  if (date < earliestDay(status.date) || date > latestDay(status.date)) return fact;
  return { ...fact, date, day };
}

function compareStatus(a: DiseaseStatus, b: DiseaseStatus): number {
  if (a.status !== b.status) return a.status < b.status ? -1 : 1;
  return (a.sources[0]?.reference ?? '') < (b.sources[0]?.reference ?? '') ? -1 : 1;
}

function judgeDay({ day, statuses, blasts }: DayFacts): DiseaseDay {
  const has = (value: DiseaseStatus['status']): boolean =>
    statuses.some(({ status }) => status.status === value);
  const remissions = statuses.filter(({ status }) => remissionOf(status) !== undefined);
  const against = statuses.filter(({ status }) => DISEASE.has(status.status));
  // An imputed day is no contradiction: the two may well have lain days apart.
  const conflict =
    remissions.some(({ fact }) => !fact.dateImputed) && against.some(({ fact }) => !fact.dateImputed);
  const status = conflict ? undefined : bestRemission(remissions.map((dated) => dated.status));
  const explained = status !== undefined || (has('NOT_EVALUABLE') && against.length === 0);
  const high = explained ? [] : blasts.filter(({ below }) => below === false);
  const remission = joinFacts(remissions.map(({ fact }) => fact));
  const disease = joinFacts([...against, ...high].map(({ fact }) => fact));
  const evaluable = statuses.filter((dated) => dated.status.status !== 'NOT_EVALUABLE');
  const assessed = joinFacts([...evaluable, ...blasts].map(({ fact }) => fact));
  return {
    day,
    statuses: statuses.map((dated) => ({ ...dated.fact, status: dated.status.status })),
    described: against.map((dated) => dated.status),
    ...(status === undefined || remission === undefined ? {} : { remission: { ...remission, status } }),
    ...(assessed === undefined ? {} : { assessed }),
    ...(disease === undefined ? {} : { disease }),
    relapse: has('RELAPSE'),
    progressive: has('PROGRESSIVE'),
    noResponse: has('NR'),
    blastsHigh: high.length > 0,
    blastsLow: blasts.some(({ below }) => below === true),
    conflict,
  };
}

/** Facts of one day as one; its date is as sure as the surest of them. */
function joinFacts(facts: readonly DatedFact[]): DatedFact | undefined {
  const surest = facts.find(({ dateImputed }) => !dateImputed) ?? facts[0];
  return surest && { ...surest, evidence: joinEvidence(facts.map(({ evidence }) => evidence)) };
}

function bestRemission(statuses: readonly DiseaseStatus[]): Remission['status'] | undefined {
  for (const wanted of ['CR', 'CRI', 'REMISSION'] as const) {
    if (statuses.some(({ status }) => status === wanted)) return wanted;
  }
  return undefined;
}
