import type { PartialDate } from '../core/partial-date.ts';
import { createRandom } from './random.ts';
import { localDateTime } from './resource-builders.ts';

/** Some of these are still the day before in UTC, and the day written is what counts. */
const HOURS = ['00:20', '07:45', '08:10', '11:30', '23:50'] as const;

/** The hour at which an infusion was given, the same in every dialect; a partial date has none. */
export function infusionMoment(infusionId: string, date: PartialDate): string {
  return date.length === 10 ? localDateTime(date, createRandom(`${infusionId}/hour`).pick(HOURS)) : date;
}
