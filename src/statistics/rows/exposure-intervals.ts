import { cutOf, tieCuts } from '../data/tie-cuts.ts';
import type { ExposureInput } from './landmark.ts';
import { checkExposure } from './landmark.ts';

/** One or two intervals (entry, time] for each patient, in the order of the input. */
export interface ExposureIntervals {
  readonly row: readonly number[];
  readonly entry: readonly number[];
  readonly time: readonly number[];
  readonly status: readonly number[];
  /** 0 before the exposure, 1 after it. */
  readonly exposed: readonly number[];
}

/**
 * Rows in which the exposure begins when it begins: for the curves of Simon and Makuch (1984), the test of Mantel
 * and Byar (1974), and Cox's regression with a time-dependent covariate. Until then a patient is counted as
 * unexposed, censored at the change. An exposure at the origin or before is exposed throughout; one at the end of
 * observation or after never counts, as nothing is observed under it.
 */
export function buildExposureIntervals(input: ExposureInput): ExposureIntervals {
  checkExposure(input);
  const rows = {
    row: [] as number[],
    entry: [] as number[],
    time: [] as number[],
    status: [] as number[],
    exposed: [] as number[],
  };
  const add = (row: number, entry: number, time: number, status: number, exposed: number) => {
    rows.row.push(row);
    rows.entry.push(entry);
    rows.time.push(time);
    rows.status.push(status);
    rows.exposed.push(exposed);
  };
  const merge = tieMerger(input);
  for (const [row, began] of input.exposure.entries()) {
    const time = merge(input.time[row] as number);
    const exposure = began === null ? null : merge(began);
    const status = input.status[row] as number;
    if (exposure === null || exposure >= time) add(row, ORIGIN, time, status, 0);
    else if (exposure <= 0) add(row, ORIGIN, time, status, 1);
    else {
      add(row, ORIGIN, exposure, 0, 0);
      add(row, exposure, time, status, 1);
    }
  }
  return rows;
}

/** An exposure that differs from the end of observation by rounding alone leaves no interval between them. */
function tieMerger({ time, exposure }: ExposureInput): (at: number) => number {
  const began = exposure.filter((at) => at !== null);
  const cuts = tieCuts(Float64Array.from([...Array.from(time), ...began]).sort());
  return cuts === null ? (at) => at : (at) => cutOf(cuts, at);
}

/** Just before the origin, so that an event at time 0 still finds its patient at risk. */
const ORIGIN = -1;
