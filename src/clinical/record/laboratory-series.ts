import type { Laboratory } from '../../cohort/cohort-record.generated.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { DailyValues } from './daily-values.ts';
import type { Placed } from './moment.ts';
import { isBelowThreshold } from './threshold.ts';

/** Values of one analyte with a full date, before and after the infusion, in order of time. */
export function laboratorySeries(frame: CourseFrame, analyte: string): readonly Placed<Laboratory>[] {
  return frame.placed.laboratory(analyte);
}

/** Cells that a count above a limit stands at least beyond. */
const JUST_ABOVE = 1;

/**
 * The lowest value of each day. "Below a number" is taken as that number where it decides something by itself: where
 * it lies at or below `placeable`; else the result cannot be placed and is left out, as is one above a number so low.
 */
export function lowestOfDay(
  series: readonly Placed<Laboratory>[],
  placeable: number,
): { readonly values: DailyValues; readonly unplaced: number } {
  const values = new Map<number, number>();
  let unplaced = 0;
  for (const { fact, day } of series) {
    const { value, comparator } = fact;
    const below = comparator === '<' || comparator === '<=';
    if (below ? isBelowThreshold(fact, 'LE', placeable) !== 'MET' : isOpen(fact, placeable)) {
      unplaced += 1;
      continue;
    }
    const known = values.get(day);
    const read = comparator === '>' ? value + JUST_ABOVE : value;
    if (known === undefined || read < known) values.set(day, read);
  }
  return { values, unplaced };
}

function isOpen({ value, comparator }: Laboratory, placeable: number): boolean {
  return (comparator === '>' && value < placeable) || (comparator === '>=' && value <= placeable);
}
