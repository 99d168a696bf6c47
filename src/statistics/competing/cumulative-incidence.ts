import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { partitionByGroup } from '../data/survival-data.ts';
import { endOfTie, enteredBefore } from '../data/ties.ts';
import { type IncidencePoints, jackknifeVariance } from './jackknife-variance.ts';
import { sumOfTerms } from './sum-of-terms.ts';

/** One cause; each column has an entry for every distinct end of observation. */
export interface CauseIncidence {
  /** 1, 2, … */
  readonly cause: number;
  readonly events: number;
  readonly eventCount: Uint32Array;
  readonly incidence: Float64Array;
  /** By the infinitesimal jackknife, as R's `survival` has it. */
  readonly varianceJackknife: Float64Array;
  /** Of counting-process theory, corrected for ties, as R's `cmprsk` has it. */
  readonly varianceAalen: Float64Array;
}

/**
 * The estimate of Aalen and Johansen (1978) of the probability of having had each cause. Incidences and the
 * survival from all causes sum to 1 at every time.
 */
export interface CumulativeIncidence {
  readonly n: number;
  readonly time: Float64Array;
  readonly atRisk: Uint32Array;
  readonly censoredCount: Uint32Array;
  /** Free of every cause. */
  readonly survival: Float64Array;
  readonly causes: readonly CauseIncidence[];
}

export interface GroupIncidence {
  readonly label: string;
  readonly curves: CumulativeIncidence;
}

/** Incidence of each of `causes` causes, status 1 up to `causes`. With `entry`, a row is at risk after its entry. */
export function cumulativeIncidence(data: SurvivalData, causes: number): CumulativeIncidence {
  const points = tabulate(data, causes);
  return {
    n: data.time.length,
    time: points.time,
    atRisk: points.atRisk,
    censoredCount: points.counts[0] as Uint32Array,
    survival: points.survival,
    causes: Array.from({ length: causes }, (_, index) => causeIncidence(data, points, index + 1)),
  };
}

/** The same for each group, in the order of the labels. */
export function cumulativeIncidenceByGroup(
  data: SurvivalData,
  causes: number,
  groups: Groups,
): readonly GroupIncidence[] {
  return partitionByGroup(data, groups).map((part, code) => ({
    label: groups.labels[code] as string,
    curves: cumulativeIncidence(part, causes),
  }));
}

interface Points extends IncidencePoints {
  readonly time: Float64Array;
}

function tabulate(data: SurvivalData, causes: number): Points {
  const { time, status } = data;
  const n = time.length;
  const columns = {
    time: new Float64Array(n),
    atRisk: new Uint32Array(n),
    counts: Array.from({ length: causes + 1 }, () => new Uint32Array(n)),
    survival: new Float64Array(n),
  };
  const entered = data.entry === null ? null : data.entry.slice().sort();
  let points = 0;
  let survival = 1;
  let inside = entered === null ? n : 0;
  for (let i = 0; i < n; points += 1) {
    const end = endOfTie(time, i);
    if (entered !== null) inside = enteredBefore(entered, inside, time[i] as number);
    const atRisk = inside - i;
    columns.time[points] = time[i] as number;
    columns.atRisk[points] = atRisk;
    for (let row = i; row < end; row += 1) {
      const counts = columns.counts[status[row] as number] as Uint32Array;
      counts[points] = (counts[points] as number) + 1;
    }
    const events = end - i - ((columns.counts[0] as Uint32Array)[points] as number);
    survival = events === atRisk ? 0 : survival * (1 - events / atRisk);
    columns.survival[points] = survival;
    i = end;
  }
  return {
    time: columns.time.slice(0, points),
    atRisk: columns.atRisk.slice(0, points),
    counts: columns.counts.map((counts) => counts.slice(0, points)),
    survival: columns.survival.slice(0, points),
  };
}

function causeIncidence(data: SurvivalData, points: Points, cause: number): CauseIncidence {
  const eventCount = points.counts[cause] as Uint32Array;
  const incidence = new Float64Array(points.time.length);
  let sum = 0;
  let events = 0;
  for (let i = 0; i < incidence.length; i += 1) {
    const before = i === 0 ? 1 : (points.survival[i - 1] as number);
    sum += (before * (eventCount[i] as number)) / (points.atRisk[i] as number);
    events += eventCount[i] as number;
    incidence[i] = sum;
  }
  return {
    cause,
    events,
    eventCount,
    incidence,
    varianceJackknife: jackknifeVariance(data, points, cause, incidence),
    varianceAalen: aalenVariance(points, eventCount, incidence),
  };
}

function eventsAt(points: Points, i: number): number {
  let events = 0;
  for (let status = 1; status < points.counts.length; status += 1) {
    events += (points.counts[status] as Uint32Array)[i] as number;
  }
  return events;
}

/** Aalen (1978), each of d tied events among r counting for 1 - (d - 1) / (r - 1). */
function aalenVariance(points: Points, eventCount: Uint32Array, incidence: Float64Array): Float64Array {
  const variance = new Float64Array(incidence.length);
  const sums = { constant: 0, linear: 0, quadratic: 0 };
  for (let i = 0; i < incidence.length; i += 1) {
    const atRisk = points.atRisk[i] as number;
    const ofCause = eventCount[i] as number;
    const others = eventsAt(points, i) - ofCause;
    const before = i === 0 ? 1 : (points.survival[i - 1] as number);
    const after = points.survival[i] as number;
    const reached = incidence[i] as number;
    const inverse = after > 0 ? 1 / after : 0;
    const scale = before / atRisk;
    if (after > 0) addSpread(sums, scale * scale * untied(others, atRisk), reached * inverse, inverse);
    addSpread(sums, scale * scale * untied(ofCause, atRisk), 1 + reached * inverse, inverse);
    variance[i] = sumOfTerms(sums.constant, -2 * reached * sums.linear, reached * reached * sums.quadratic);
  }
  return variance;
}

interface SpreadSums {
  constant: number;
  linear: number;
  quadratic: number;
}

function addSpread(sums: SpreadSums, spread: number, level: number, inverse: number): void {
  sums.constant += level * level * spread;
  sums.linear += level * inverse * spread;
  sums.quadratic += inverse * inverse * spread;
}

function untied(count: number, atRisk: number): number {
  return count > 1 ? count * (1 - (count - 1) / (atRisk - 1)) : count;
}
