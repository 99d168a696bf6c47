import type { BCells, CohortRecord, Source } from '../cohort/cohort-record.generated.ts';
import { daysBetween, type PartialDate, precisionOf } from '../core/partial-date.ts';
import type { BCellDefinition, BCellDefinitionId } from './b-cell-definitions.ts';
import {
  assessBCellSample,
  assessBCellSampleByAll,
  type BCellBasis,
  type BCellCall,
} from './b-cell-sample.ts';
import { dateFact } from './fact-date.ts';
import type { RecordDates } from './record-dates.ts';
import type { Relapse } from './relapse.ts';
import { isBelowThreshold } from './threshold.ts';

/** Below this many lymphocytes per microlitre a percentage of them is unstable (clinical specification 3.2). */
const LOW_LYMPHOCYTES_PER_MICROLITRE = 200;

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

/**
 * The B-cell samples of a record as days from one infusion, one sample a day, sorted. A value dated to a year
 * only says too little about its day and takes no part.
 */
export function collectBCellSamples(
  record: CohortRecord,
  infusionDate: PartialDate,
  known: RecordDates,
  definition: BCellDefinition,
): readonly AssessedBCellSample[] {
  const byDate = new Map<PartialDate, { items: BCells[]; imputed: boolean }>();
  for (const item of record.observations.bCells) {
    if (precisionOf(item.date) === 'year') continue;
    const { date, dateImputed } = dateFact(item.date, item.course, known);
    const sample = byDate.get(date) ?? { items: [], imputed: false };
    byDate.set(date, { items: [...sample.items, item], imputed: sample.imputed || dateImputed });
  }
  return [...byDate]
    .map(([date, { items, imputed }]) => ({
      date,
      day: daysBetween(infusionDate, date),
      items,
      ...assessBCellSample(items, definition),
      ...namedCalls(items),
      flags: [
        ...(imputed ? (['DATE_IMPUTED'] as const) : []),
        ...(hasLowLymphocytes(record, date, items) ? (['LOW_ALC_REVIEW'] as const) : []),
      ],
      sources: items.flatMap((item) => item.sources),
    }))
    .sort((a, b) => a.day - b.day);
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

function hasLowLymphocytes(record: CohortRecord, date: PartialDate, items: readonly BCells[]): boolean {
  if (!items.some((item) => item.measure === 'PERCENT_OF_LYMPHOCYTES')) return false;
  return (record.observations.laboratory ?? []).some(
    (result) =>
      result.analyte === 'alc' &&
      result.date === date &&
      isBelowThreshold(result, 'LT', LOW_LYMPHOCYTES_PER_MICROLITRE) === 'MET',
  );
}
