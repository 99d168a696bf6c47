import { allOf, type Tristate } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { laboratorySeries } from '../record/laboratory-series.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import type { DiseaseDay } from '../response/response.ts';
import type { ResponseCategory } from './response-result.ts';

/** CR asks for neutrophils of 1.0 x 10*9/L or more, and platelets of 100 x 10*9/L or more (clinical specification 4.1). */
const NEUTROPHILS_PER_MICROLITRE = 1000;
const PLATELETS = 100;

export interface RemissionCategory {
  readonly category: Extract<ResponseCategory, 'CR' | 'CRi' | 'CR_OR_CRi'>;
  readonly flags: readonly string[];
  readonly missing: readonly string[];
}

/**
 * CR or CRi of one day in remission, as recorded. A remission that does not say which is CRi where the counts have not
 * recovered; counts that have do not make it CR, because nothing on record tells of transfusions. Undefined for a day
 * without a remission. Counts are those nearest to the day, at most `nearDays` away.
 */
export function categoryOfRemission(
  frame: CourseFrame,
  day: DiseaseDay,
  nearDays: number,
): RemissionCategory | undefined {
  const status = day.remission?.status;
  if (status === undefined && !(day.blastsLow && day.disease === undefined)) return undefined;
  const recovered = countsRecovered(frame, day.day, nearDays);
  if (status === 'CR') {
    return { category: 'CR', flags: recovered === 'NOT_MET' ? ['COUNTS_NOT_RECOVERED'] : [], missing: [] };
  }
  if (status === 'CRI') return { category: 'CRi', flags: [], missing: [] };
  const fromMarrow = status === undefined;
  return {
    category: recovered === 'NOT_MET' ? 'CRi' : 'CR_OR_CRi',
    flags: fromMarrow ? ['REMISSION_FROM_MARROW_ALONE'] : [],
    missing: [
      ...(fromMarrow ? ['disease-status'] : []),
      ...(recovered === 'UNKNOWN' ? ['anc', 'platelets'] : []),
      ...(recovered === 'NOT_MET' ? [] : ['transfusion-independence']),
    ],
  };
}

function countsRecovered(frame: CourseFrame, day: number, nearDays: number): Tristate {
  return allOf([
    reaches(frame, 'anc', NEUTROPHILS_PER_MICROLITRE, day, nearDays),
    reaches(frame, 'platelets', PLATELETS, day, nearDays),
  ]);
}

/** By the nearest count; of two as near the later; of one day the lowest. */
function reaches(
  frame: CourseFrame,
  analyte: string,
  limit: number,
  day: number,
  nearDays: number,
): Tristate {
  const [nearest] = laboratorySeries(frame, analyte)
    .filter((placed) => Math.abs(placed.day - day) <= nearDays && placed.day > 0)
    .toSorted(
      (a, b) => Math.abs(a.day - day) - Math.abs(b.day - day) || b.day - a.day || a.fact.value - b.fact.value,
    );
  if (nearest === undefined) return 'UNKNOWN';
  const below = isBelowThreshold(nearest.fact, 'LT', limit);
  if (below === 'UNKNOWN') return 'UNKNOWN';
  return below === 'MET' ? 'NOT_MET' : 'MET';
}
