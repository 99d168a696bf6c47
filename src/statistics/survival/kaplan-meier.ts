import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { partitionByGroup } from '../data/survival-data.ts';
import { endOfTie, enteredBefore } from '../data/ties.ts';

/**
 * The product-limit estimate (Kaplan and Meier 1958), right-continuous, with Greenwood's sum. One entry in each
 * column for every distinct end of observation, ascending. At equal times events come before censorings.
 */
export interface KaplanMeierCurve {
  readonly n: number;
  readonly events: number;
  readonly time: Float64Array;
  readonly atRisk: Uint32Array;
  readonly eventCount: Uint32Array;
  readonly censoredCount: Uint32Array;
  readonly survival: Float64Array;
  /** Sum of d / (r (r - d)): the variance of ln S. Where S is 0 it keeps its last finite value. */
  readonly greenwood: Float64Array;
}

export interface GroupCurve {
  readonly label: string;
  readonly curve: KaplanMeierCurve;
}

/** Any status other than 0 is the event. With `entry`, a row is at risk after its entry up to its time. */
export function kaplanMeier(data: SurvivalData): KaplanMeierCurve {
  return productLimit(data, false);
}

/**
 * The curve of follow-up: censoring is the event and the event a censoring (Schemper and Smith 1996). Its median
 * is the median potential follow-up.
 */
export function reverseKaplanMeier(data: SurvivalData): KaplanMeierCurve {
  return productLimit(data, true);
}

/** A curve for each group, in the order of the labels; an empty group has a curve without points. */
export function kaplanMeierByGroup(data: SurvivalData, groups: Groups): readonly GroupCurve[] {
  return partitionByGroup(data, groups).map((part, code) => ({
    label: groups.labels[code] as string,
    curve: kaplanMeier(part),
  }));
}

function productLimit(data: SurvivalData, reversed: boolean): KaplanMeierCurve {
  const { time, status } = data;
  const n = time.length;
  const entered = data.entry === null ? null : data.entry.slice().sort();
  const columns = emptyColumns(n);
  let survival = 1;
  let greenwood = 0;
  let events = 0;
  let points = 0;
  let inside = entered === null ? n : 0;
  for (let i = 0; i < n; points += 1) {
    const now = time[i] as number;
    if (entered !== null) inside = enteredBefore(entered, inside, now);
    const atRisk = inside - i;
    const first = i;
    i = endOfTie(time, i);
    const died = countEvents(status, first, i, reversed);
    if (died > 0) {
      survival = died === atRisk ? 0 : survival * (1 - died / atRisk);
      if (survival > 0) greenwood += died / (atRisk * (atRisk - died));
    }
    events += died;
    columns.time[points] = now;
    columns.atRisk[points] = atRisk;
    columns.eventCount[points] = died;
    columns.censoredCount[points] = i - first - died;
    columns.survival[points] = survival;
    columns.greenwood[points] = greenwood;
  }
  return { n, events, ...firstPoints(columns, points) };
}

type CurveColumns = Omit<KaplanMeierCurve, 'n' | 'events'>;

/** Room for a point a row; rows of one time share theirs. */
function emptyColumns(n: number): CurveColumns {
  return {
    time: new Float64Array(n),
    atRisk: new Uint32Array(n),
    eventCount: new Uint32Array(n),
    censoredCount: new Uint32Array(n),
    survival: new Float64Array(n),
    greenwood: new Float64Array(n),
  };
}

function firstPoints(columns: CurveColumns, points: number): CurveColumns {
  return {
    time: columns.time.slice(0, points),
    atRisk: columns.atRisk.slice(0, points),
    eventCount: columns.eventCount.slice(0, points),
    censoredCount: columns.censoredCount.slice(0, points),
    survival: columns.survival.slice(0, points),
    greenwood: columns.greenwood.slice(0, points),
  };
}

function countEvents(status: Int32Array, from: number, to: number, reversed: boolean): number {
  let count = 0;
  for (let i = from; i < to; i += 1) if ((status[i] !== 0) !== reversed) count += 1;
  return count;
}
