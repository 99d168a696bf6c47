import type { Groups } from '../data/groups.ts';
import type { SurvivalData } from '../data/survival-data.ts';
import { checkGroups } from '../data/survival-data.ts';
import { endOfTie } from '../data/ties.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { factorSymmetric, quadraticForm } from '../linear/symmetric-factor.ts';
import type { Computed } from '../reason.ts';
import { notComputed } from '../reason.ts';
import { rejectEntry } from './reject-entry.ts';

export interface GrayTest {
  readonly cause: number;
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
}

/** What a group has come to before a time. */
interface GroupState {
  readonly atRisk: Float64Array;
  readonly survival: Float64Array;
  readonly incidence: Float64Array;
  readonly events: Float64Array;
  readonly others: Float64Array;
  readonly left: Float64Array;
}

/** Sums of the variance of Gray's score, groups by groups or by group. */
interface VarianceSums {
  /** Groups by groups, this time's and their integral. */
  readonly now: Float64Array;
  readonly integral: Float64Array;
  readonly outer: Float64Array;
  readonly mixed: Float64Array;
  readonly plain: Float64Array;
}

/**
 * Gray's test (1988) that the cumulative incidence of `cause` is the same in all groups: a weighted comparison of
 * subdistribution hazards, with rho 0 and the tie corrections of R's `cmprsk`.
 */
export function grayTest(data: SurvivalData, groups: Groups, cause: number): Computed<GrayTest> {
  rejectEntry(data, "Gray's test");
  checkGroups(data, groups);
  const k = groups.labels.length;
  const state = startState(groups, k);
  const occupied = state.atRisk.filter((count) => count > 0).length;
  if (data.time.length === 0) return notComputed('no-observations');
  if (occupied < 2) return notComputed('too-few-groups');
  if (!data.status.includes(cause)) return notComputed('no-events');
  const score = new Float64Array(k);
  const sums: VarianceSums = {
    now: new Float64Array(k * k),
    integral: new Float64Array(k * k),
    outer: new Float64Array(k * k),
    mixed: new Float64Array(k * k),
    plain: new Float64Array(k),
  };
  let pooled = 0;
  for (let i = 0; i < data.time.length; ) {
    const end = endOfTie(data.time, i);
    count(state, data, groups.codes, cause, i, end);
    pooled = step(state, score, sums, pooled);
    i = end;
  }
  return testOf(score, sums, k, cause);
}

function startState(groups: Groups, k: number): GroupState {
  const atRisk = new Float64Array(k);
  for (const code of groups.codes) atRisk[code] = (atRisk[code] as number) + 1;
  return {
    atRisk,
    survival: new Float64Array(k).fill(1),
    incidence: new Float64Array(k),
    events: new Float64Array(k),
    others: new Float64Array(k),
    left: new Float64Array(k),
  };
}

function count(
  state: GroupState,
  data: SurvivalData,
  codes: Int32Array,
  cause: number,
  from: number,
  to: number,
): void {
  state.events.fill(0);
  state.others.fill(0);
  state.left.fill(0);
  for (let i = from; i < to; i += 1) {
    const group = codes[data.order[i] as number] as number;
    state.left[group] = (state.left[group] as number) + 1;
    const status = data.status[i];
    if (status === cause) state.events[group] = (state.events[group] as number) + 1;
    else if (status !== 0) state.others[group] = (state.others[group] as number) + 1;
  }
}

/** Takes one time into the sums; gives the pooled incidence after it. */
function step(state: GroupState, score: Float64Array, sums: VarianceSums, pooled: number): number {
  const k = score.length;
  let events = 0;
  let others = 0;
  let scaledRisk = 0;
  let weightedRisk = 0;
  for (let g = 0; g < k; g += 1) {
    events += state.events[g] as number;
    others += state.others[g] as number;
    if (!((state.atRisk[g] as number) > 0)) continue;
    scaledRisk += scaled(state, g);
    weightedRisk += scaled(state, g) * (1 - (state.incidence[g] as number));
  }
  let after = pooled;
  if (events + others > 0) {
    after = pooled + events / scaledRisk;
    const hazard = events / (scaledRisk * (1 - pooled));
    for (let g = 0; g < k; g += 1) {
      const share = scaled(state, g) * (1 - (state.incidence[g] as number));
      score[g] = (score[g] as number) + (state.events[g] as number) - (events * share) / weightedRisk;
      addWeights(state, sums, g, scaledRisk, hazard);
    }
    for (let g = 0; g < k; g += 1) {
      if ((state.atRisk[g] as number) > 0) addVariance(state, sums, g, events, scaledRisk, after);
    }
  }
  advance(state);
  return after;
}

/** At risk, as many as there would be had nobody been censored, up to the size of the group. */
function scaled(state: GroupState, g: number): number {
  const atRisk = state.atRisk[g] as number;
  return atRisk > 0 ? atRisk / (state.survival[g] as number) : 0;
}

function addWeights(state: GroupState, sums: VarianceSums, g: number, total: number, hazard: number): void {
  const k = sums.plain.length;
  const own = scaled(state, g);
  for (let h = 0; h < k; h += 1) {
    const weight = (g === h ? own : 0) - (own * scaled(state, h)) / total;
    sums.now[g * k + h] = weight;
    sums.integral[g * k + h] = (sums.integral[g * k + h] as number) + weight * hazard;
  }
}

/** The part of group g: its events of the cause under the pooled hazard, then its own events of other causes. */
function addVariance(
  state: GroupState,
  sums: VarianceSums,
  g: number,
  events: number,
  scaledRisk: number,
  pooled: number,
): void {
  const atRisk = state.atRisk[g] as number;
  const before = state.survival[g] as number;
  const own = state.others[g] as number;
  const survival = (before * (atRisk - (state.events[g] as number) - own)) / atRisk;
  if (events > 0) {
    const ratio = survival > 0 ? 1 - (1 - pooled) / survival : 1;
    const untied = events > 1 ? 1 - (events - 1) / (scaledRisk * before - 1) : 1;
    addSpread(sums, g, 1, ratio, (untied * before * events) / (scaledRisk * atRisk));
  }
  if (own > 0 && survival > 0) {
    const untied = own > 1 ? 1 - (own - 1) / (atRisk - 1) : 1;
    const spread = (untied * before * before * own) / (atRisk * atRisk);
    addSpread(sums, g, 0, -(1 - pooled) / survival, spread);
  }
}

function addSpread(sums: VarianceSums, g: number, direct: number, ratio: number, spread: number): void {
  const k = sums.plain.length;
  const weight = (i: number) =>
    direct * (sums.now[i * k + g] as number) - ratio * (sums.integral[i * k + g] as number);
  sums.plain[g] = (sums.plain[g] as number) + ratio * ratio * spread;
  for (let i = 0; i < k; i += 1) {
    sums.mixed[i * k + g] = (sums.mixed[i * k + g] as number) + weight(i) * ratio * spread;
    for (let j = 0; j < k; j += 1) {
      sums.outer[i * k + j] = (sums.outer[i * k + j] as number) + weight(i) * weight(j) * spread;
    }
  }
}

function advance(state: GroupState): void {
  for (let g = 0; g < state.atRisk.length; g += 1) {
    const atRisk = state.atRisk[g] as number;
    if (!(atRisk > 0)) continue;
    const events = state.events[g] as number;
    const before = state.survival[g] as number;
    state.incidence[g] = (state.incidence[g] as number) + (before * events) / atRisk;
    state.survival[g] = (before * (atRisk - events - (state.others[g] as number))) / atRisk;
    state.atRisk[g] = atRisk - (state.left[g] as number);
  }
}

/** The last occupied group is left out, as the scores sum to 0. */
function testOf(score: Float64Array, sums: VarianceSums, k: number, cause: number): Computed<GrayTest> {
  const tested = [...score.keys()].filter((g) => {
    return (sums.plain[g] as number) > 0 || (score[g] as number) !== 0;
  });
  tested.pop();
  const variance = Float64Array.from(tested.flatMap((i) => tested.map((j) => varianceOf(sums, i, j, k))));
  const factor = factorSymmetric(variance, tested.length);
  if (tested.length === 0 || factor.rank < tested.length) return notComputed('variance-singular');
  const chiSquare = quadraticForm(
    factor,
    tested.map((g) => score[g] as number),
  );
  const df = tested.length;
  return { status: 'computed', cause, chiSquare, df, p: chiSquareUpperTail(chiSquare, df) };
}

function varianceOf(sums: VarianceSums, i: number, j: number, k: number): number {
  let sum = sums.outer[i * k + j] as number;
  for (let g = 0; g < k; g += 1) {
    const ci = sums.integral[i * k + g] as number;
    const cj = sums.integral[j * k + g] as number;
    sum += ci * cj * (sums.plain[g] as number);
    sum += ci * (sums.mixed[j * k + g] as number) + cj * (sums.mixed[i * k + g] as number);
  }
  return sum;
}
