import type { BCells, CohortRecord, Source } from '../../cohort/cohort-record.generated.ts';
import { daysBetween, type PartialDate, precisionOf } from '../../core/partial-date.ts';
import { dateFact } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import type { Relapse } from '../response/relapse.ts';
import type { BCellDefinition, BCellDefinitionId } from './b-cell-definitions.ts';
import {
  assessBCellSample,
  assessBCellSampleByAll,
  type BCellBasis,
  type BCellCall,
} from './b-cell-sample.ts';

type BCellSampleFlag = 'LOW_ALC_REVIEW' | 'DATE_IMPUTED' | 'POSSIBLE_BLAST_CONTAMINATION';

/** All B-cell values of one day, judged. */
export interface AssessedBCellSample {
  /** Full date; day 0 is the infusion, negative before it. */
  readonly date: PartialDate;
  readonly day: number;
  readonly items: readonly BCells[];
  /** By the definition in use. */
  readonly call: BCellCall;
  readonly basis: readonly BCellBasis[];
  readonly callsByDefinition: Readonly<Record<BCellDefinitionId, BCellCall>>;
  readonly discordant: boolean;
  readonly flags: readonly BCellSampleFlag[];
  readonly sources: readonly Source[];
}

/** All B-cell values of one day, before one definition is chosen. */
export type BCellDay = Omit<AssessedBCellSample, 'call' | 'basis'>;

/**
 * The B-cell samples of a record as days from one infusion, one sample a day, sorted. A value dated to a year
 * only says too little about its day and takes no part. Among fewer lymphocytes than `lowLymphocytesBelow`, per
 * microlitre, a percentage of them is unstable (clinical specification 3.2).
 */
export function collectBCellDays(
  record: CohortRecord,
  infusionDate: PartialDate,
  known: RecordDates,
  lowLymphocytesBelow: number,
): readonly BCellDay[] {
  const byDate = new Map<PartialDate, { readonly items: BCells[]; imputed: boolean }>();
  for (const item of record.observations.bCells) {
    if (precisionOf(item.date) === 'year') continue;
    const { date, dateImputed } = dateFact(item.date, item.course, known);
    const sample = byDate.get(date) ?? { items: [], imputed: false };
    sample.items.push(item);
    sample.imputed ||= dateImputed;
    byDate.set(date, sample);
  }
  const lowDates = datesOfLowLymphocytes(record, lowLymphocytesBelow);
  return [...byDate]
    .map(([date, { items, imputed }]) => ({
      date,
      day: daysBetween(infusionDate, date),
      items,
      ...namedCalls(items),
      flags: [
        ...(imputed ? (['DATE_IMPUTED'] as const) : []),
        ...(lowDates.has(date) && hasPercentage(items) ? (['LOW_ALC_REVIEW'] as const) : []),
      ],
      sources: items.flatMap((item) => item.sources),
    }))
    .sort((a, b) => a.day - b.day);
}

/** The same samples, judged by one definition. */
export function judgeBCellDays(
  days: readonly BCellDay[],
  definition: BCellDefinition,
): readonly AssessedBCellSample[] {
  return days.map((day) => {
    const { call, basis } = assessBCellSample(day.items, definition);
    return { ...day, call, basis };
  });
}

/**
 * Leukaemic CD19-positive cells are not B cells: a recovered sample near a relapse is not a loss, the relapse
 * takes precedence (rule 8).
 */
export function markContamination(
  sample: AssessedBCellSample,
  relapses: readonly Relapse[],
  withinDays: number,
): AssessedBCellSample {
  const near = relapses.some((relapse) => Math.abs(relapse.day - sample.day) <= withinDays);
  if (!near || sample.call !== 'R') return sample;
  return { ...sample, call: 'U', flags: [...sample.flags, 'POSSIBLE_BLAST_CONTAMINATION'] };
}

function namedCalls(items: readonly BCells[]) {
  const { calls, discordant } = assessBCellSampleByAll(items);
  return { callsByDefinition: calls, discordant };
}

function hasPercentage(items: readonly BCells[]): boolean {
  return items.some((item) => item.measure === 'PERCENT_OF_LYMPHOCYTES');
}

function datesOfLowLymphocytes(record: CohortRecord, below: number): ReadonlySet<PartialDate> {
  const dates = new Set<PartialDate>();
  for (const result of record.observations.laboratory ?? []) {
    if (result.analyte !== 'alc') continue;
    if (isBelowThreshold(result, 'LT', below) === 'MET') dates.add(result.date);
  }
  return dates;
}
