import { SIX_MONTH_WINDOWS, windowEndDay } from '../clinical/b-cells/b-cell-window.ts';
import { deriveRecordDates, type RecordDates } from '../clinical/record/record-dates.ts';
import type { CohortRecord } from '../cohort/cohort-record.generated.ts';
import {
  addDays,
  earliestDay,
  imputeDate,
  isPartialDate,
  latestDay,
  type PartialDate,
  precisionOf,
} from '../core/partial-date.ts';
import type { HctParameters } from './hct-parameters.ts';

/**
 * The days on which an assessment can differ from that of the day before, ascending: the day of every fact and
 * the day after it, the ends of the windows that count from an infusion, and the days on which an aplastic
 * sample becomes stale. On all other days the assessment is that of the day before.
 */
export function deriveChangeDays(record: CohortRecord, parameters: HctParameters): readonly PartialDate[] {
  const dates = deriveRecordDates(record);
  const written = new Set<PartialDate>();
  const { findings: _, ...facts } = record;
  collectDates(facts, written);
  const days = new Set<PartialDate>();
  const add = (day: PartialDate): void => {
    days.add(day);
    days.add(addDays(day, 1));
  };
  for (const date of written) for (const day of meanings(date)) add(day);
  for (const day of windowDays(dates, parameters)) add(day);
  const known = [...written].flatMap(meanings);
  for (const { date } of record.observations.bCells) {
    for (const day of sampleDays(date, known)) add(addDays(day, parameters.staleDays));
  }
  return [...days].sort();
}

/** Every text of a record that is a date; nothing else in it looks like one. */
function collectDates(value: unknown, found: Set<PartialDate>): void {
  if (typeof value === 'string') {
    if (/^\d{4}(?:-|$)/.test(value) && isPartialDate(value)) found.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) collectDates(child, found);
}

/** A partial date counts by a day imputed within it, or by its first day; its clamps are days of other facts. */
function meanings(date: PartialDate): readonly PartialDate[] {
  if (precisionOf(date) === 'day') return [date];
  return [earliestDay(date), imputeDate(date).date, latestDay(date)];
}

/** Every day that a sample may count by: what its date means, and the days of facts that an imputed day is clamped to. */
function sampleDays(date: PartialDate, known: readonly PartialDate[]): readonly PartialDate[] {
  if (precisionOf(date) === 'day') return [date];
  const within = known.filter((day) => earliestDay(date) <= day && day <= latestDay(date));
  return [...meanings(date), ...within];
}

function windowDays({ infusions }: RecordDates, parameters: HctParameters): readonly PartialDate[] {
  const { neverAchievedFromDay, mrdEarliestDay, cd28WindowFromDay, cd28WindowToDay, toleranceDays } =
    parameters;
  return [...infusions.values()].flatMap(({ date }) => {
    const ends = SIX_MONTH_WINDOWS.map((window) => windowEndDay(date, window));
    return [
      ...ends,
      ...ends.map((end) => end - toleranceDays),
      neverAchievedFromDay,
      mrdEarliestDay,
      cd28WindowFromDay - 1,
      cd28WindowFromDay,
      cd28WindowToDay,
    ].map((day) => addDays(date, day));
  });
}
