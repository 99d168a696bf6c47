import type { BCellCall } from './b-cell-sample.ts';

/** One judged sample; day 0 is the infusion. */
export interface BCellPoint {
  readonly day: number;
  readonly call: BCellCall;
}

export type BCellState =
  | 'NOT_ASSESSED' // no sample that can be judged
  | 'NOT_ASSESSABLE_YET' // only B cells, all before the day from which that counts
  | 'NEVER_ACHIEVED' // only B cells, at least once on or after that day
  | 'ONGOING_AT_END' // aplasia, not lost while it could be observed
  | 'LOST';

export interface BCellTimelineParameters {
  /** Consecutive recovered samples that make a loss. */
  readonly confirm: number;
  /** From this day on, B cells without earlier aplasia mean that it was never achieved. */
  readonly neverAchievedFromDay: number;
}

/** The interval (lastAplasia, firstDetected] in which aplasia was lost, in days from the infusion. */
interface BCellLossInterval {
  readonly lastAplasia: number;
  readonly firstDetected: number;
  readonly midpoint: number;
  /** First detected minus onset. */
  readonly durationFromOnset: number;
  /** The next judged sample after the first detection shows B cells too. */
  readonly confirmedByNextSample: boolean;
}

export interface BCellTimeline {
  readonly state: BCellState;
  /** First and latest judged sample that was usable. */
  readonly firstTest?: number;
  readonly lastTest?: number;
  /** First aplastic sample. */
  readonly onset?: number;
  readonly lastAplasia?: number;
  readonly loss?: BCellLossInterval;
  /** Recovered samples at the end of the series, fewer than `confirm`: the state before them still stands. */
  readonly lossUnconfirmed: boolean;
  /** The last usable day, where aplasia was not lost by then. */
  readonly censorDay?: number;
}

/**
 * Orders judged samples into one episode (clinical specification 3.3, rules 1 to 5): samples after day 0 and up
 * to `lastUsableDay`, those of one day as one; a loss needs an aplastic sample before it and `confirm`
 * recovered ones in a row. Samples that cannot be judged are passed over. Order of input does not matter.
 */
export function deriveBCellTimeline(
  points: readonly BCellPoint[],
  lastUsableDay: number,
  parameters: BCellTimelineParameters,
): BCellTimeline {
  const usable = oneADay(points.filter(({ day, call }) => call !== 'U' && day > 0 && day <= lastUsableDay));
  const [first] = usable;
  const last = usable.at(-1);
  if (first === undefined || last === undefined) return { state: 'NOT_ASSESSED', lossUnconfirmed: false };
  const base = { firstTest: first.day, lastTest: last.day };
  const onset = usable.find(({ call }) => call === 'A')?.day;
  if (onset === undefined) {
    const late = last.day >= parameters.neverAchievedFromDay;
    return { ...base, state: late ? 'NEVER_ACHIEVED' : 'NOT_ASSESSABLE_YET', lossUnconfirmed: false };
  }
  const lossAt = indexOfLoss(usable, parameters.confirm);
  const loss = lossAt === undefined ? undefined : lossInterval(usable, lossAt, onset);
  const lastAplasia = loss?.lastAplasia ?? usable.findLast(({ call }) => call === 'A')?.day ?? onset;
  if (loss !== undefined) return { ...base, state: 'LOST', onset, lastAplasia, loss, lossUnconfirmed: false };
  return {
    ...base,
    state: 'ONGOING_AT_END',
    onset,
    lastAplasia,
    lossUnconfirmed: last.call === 'R',
    censorDay: lastUsableDay,
  };
}

/** Sorted by day; where one day holds both calls, B cells were found that day. */
function oneADay(points: readonly BCellPoint[]): readonly BCellPoint[] {
  const days = new Map<number, BCellCall>();
  for (const { day, call } of points) days.set(day, days.get(day) === 'R' ? 'R' : call);
  return [...days].map(([day, call]) => ({ day, call })).sort((a, b) => a.day - b.day);
}

/** Index of the first of `confirm` recovered samples in a row that follow an aplastic one. */
function indexOfLoss(usable: readonly BCellPoint[], confirm: number): number | undefined {
  let start: number | undefined;
  let seenAplasia = false;
  for (const [index, { call }] of usable.entries()) {
    if (call === 'A') {
      seenAplasia = true;
      start = undefined;
    } else if (seenAplasia) {
      start ??= index;
      if (index - start + 1 >= confirm) return start;
    }
  }
  return undefined;
}

function lossInterval(
  usable: readonly BCellPoint[],
  index: number,
  onset: number,
): BCellLossInterval | undefined {
  const lastAplasia = usable[index - 1]?.day;
  const firstDetected = usable[index]?.day;
  if (lastAplasia === undefined || firstDetected === undefined) return undefined;
  return {
    lastAplasia,
    firstDetected,
    midpoint: (lastAplasia + firstDetected) / 2,
    durationFromOnset: firstDetected - onset,
    confirmedByNextSample: usable[index + 1]?.call === 'R',
  };
}
