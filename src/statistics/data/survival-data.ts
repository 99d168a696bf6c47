/**
 * Times with what ended them, checked, sorted once, times that differ by rounding alone merged as R merges them.
 * Everything that follows patients over time reads this.
 */
import { ascendingOrder } from './ascending-order.ts';
import type { Groups } from './groups.ts';
import { InputFindings } from './input-findings.ts';
import { cutOf, tieCuts } from './tie-cuts.ts';

export interface SurvivalInput {
  /** End of observation, in any unit; finite, not negative. */
  readonly time: ArrayLike<number>;
  /** What ended it: 0 censored, 1 the event; with competing risks 1, 2, … the causes. */
  readonly status: ArrayLike<number>;
  /** Start of observation where that is not the origin (delayed entry, time-dependent rows): before `time`. */
  readonly entry?: ArrayLike<number>;
}

/** Rows in ascending order of time. */
export interface SurvivalData {
  readonly time: Float64Array;
  /** 0 censored, 1, 2, … the causes. */
  readonly status: Int32Array;
  /** At risk after this time; null where everyone is at risk from the origin. */
  readonly entry: Float64Array | null;
  /** Row of the input for each sorted row. */
  readonly order: Uint32Array;
}

/**
 * One event or censoring for each row. Throws `statistics-input-invalid` with every bad row: a time that is
 * negative or not finite, a status other than 0 or 1, an entry that is not before its time, unequal lengths.
 */
export function parseSurvival(input: SurvivalInput): SurvivalData {
  return parseRows(input, 1);
}

/** The same with causes 1, 2, … up to `causes`. */
export function parseCompetingRisks(input: SurvivalInput, causes: number): SurvivalData {
  return parseRows(input, causes);
}

function parseRows(input: SurvivalInput, causes: number): SurvivalData {
  checkRows(input, causes);
  const entered = input.entry === undefined ? null : Float64Array.from(input.entry);
  const unsorted = Float64Array.from(input.time);
  const order = ascendingOrder(unsorted);
  const n = unsorted.length;
  const time = new Float64Array(n);
  const status = new Int32Array(n);
  const entry = entered === null ? null : new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const row = order[i] as number;
    time[i] = unsorted[row] as number;
    status[i] = input.status[row] as number;
    if (entry !== null && entered !== null) entry[i] = entered[row] as number;
  }
  const data = { time, status, entry, order };
  mergeTies(data);
  return data;
}

function checkRows(input: SurvivalInput, causes: number): void {
  const findings = new InputFindings();
  const { time, status, entry } = input;
  if (status.length !== time.length || (entry !== undefined && entry.length !== time.length)) {
    findings.table('The columns have different lengths', 'one time, status and entry for each row');
    findings.throwIfAny();
  }
  const statusExpected = causes === 1 ? '0 or 1' : `a whole number from 0 to ${causes}`;
  for (let row = 0; row < time.length; row += 1) {
    const end = time[row] as number;
    const code = status[row] as number;
    if (!(end >= 0 && end < Number.POSITIVE_INFINITY))
      findings.row(row, 'time', end, 'a number of 0 or more');
    if (!(Number.isInteger(code) && code >= 0 && code <= causes)) {
      findings.row(row, 'status', code, statusExpected);
    }
    if (entry === undefined) continue;
    const start = entry[row] as number;
    if (!(Number.isFinite(start) && start < end))
      findings.row(row, 'entry', start, 'a number before its time');
  }
  findings.throwIfAny();
}

function mergeTies(data: SurvivalData): void {
  const { time, entry, order } = data;
  const cuts = tieCuts(entry === null ? time : allTimes(time, entry));
  if (cuts === null) return;
  const findings = new InputFindings();
  for (let i = 0; i < time.length; i += 1) {
    time[i] = cutOf(cuts, time[i] as number);
    if (entry === null) continue;
    const start = entry[i] as number;
    entry[i] = cutOf(cuts, start);
    if (entry[i] === time[i])
      findings.row(order[i] as number, 'entry', start, 'an interval wider than rounding');
  }
  findings.throwIfAny();
}

function allTimes(time: Float64Array, entry: Float64Array): Float64Array {
  const all = new Float64Array(time.length + entry.length);
  all.set(time);
  all.set(entry, time.length);
  return all.sort();
}

/** The rows of each group, each still in ascending order of time. Groups without rows give empty data. */
export function partitionByGroup(data: SurvivalData, groups: Groups): SurvivalData[] {
  checkGroups(data, groups);
  const counts = new Uint32Array(groups.labels.length);
  for (const code of groups.codes) counts[code] = (counts[code] as number) + 1;
  const parts = Array.from(counts, (n) => ({
    time: new Float64Array(n),
    status: new Int32Array(n),
    entry: data.entry === null ? null : new Float64Array(n),
    order: new Uint32Array(n),
  }));
  const filled = new Uint32Array(parts.length);
  for (let i = 0; i < data.time.length; i += 1) {
    const code = groups.codes[data.order[i] as number] as number;
    const part = parts[code] as (typeof parts)[number];
    const place = filled[code] as number;
    filled[code] = place + 1;
    part.time[place] = data.time[i] as number;
    part.status[place] = data.status[i] as number;
    part.order[place] = data.order[i] as number;
    if (part.entry !== null && data.entry !== null) part.entry[place] = data.entry[i] as number;
  }
  return parts;
}

/** Throws `statistics-input-invalid` when the groups are not one for each row. */
export function checkGroups(data: SurvivalData, groups: Groups): void {
  if (groups.codes.length === data.time.length) return;
  const findings = new InputFindings();
  findings.table('The groups have another length than the times', 'one group for each row');
  findings.throwIfAny();
}
