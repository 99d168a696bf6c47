import type { DrugInterval } from './drug-intervals.ts';
import type { Moment } from './moment.ts';

/** Drugs running at one moment, as far as the times tell. */
export interface Concurrent {
  /** Surely running together. */
  readonly agents: readonly string[];
  readonly sources: readonly DrugInterval[];
  /** Others ran on the same day; whether at the same time is not known. */
  readonly undecided: boolean;
}

/** An administration longer than this is an entry that nobody closed. */
const LONGEST_DAYS = 366;

const NONE_RUNNING: Concurrent = Object.freeze({ agents: [], sources: [], undecided: false });

/**
 * Which administrations ran at a moment: by time where times are known. One that began on an earlier day and ended on a
 * later one ran all day. Of those that are known to touch the day and no more, one surely ran beside those; whether two
 * overlapped, or whether one ran at a given hour, is not known. By `SAME_DAY` all of a day run together. A moment costs
 * no more than what runs at it, whatever else the day holds.
 */
export function concurrentDrugs(
  intervals: readonly DrugInterval[],
  rule: 'OVERLAP' | 'SAME_DAY',
): (moment: Moment) => Concurrent {
  const days = new Map<number, (moment: Moment) => Concurrent>();
  for (const [day, onDay] of intervalsByDay(intervals)) {
    const all: Concurrent = { agents: namesOf(onDay), sources: onDay, undecided: false };
    days.set(day, rule === 'SAME_DAY' ? () => all : overlapsOn(day, onDay));
  }
  return (moment) => days.get(moment.day)?.(moment) ?? NONE_RUNNING;
}

/** The administrations that touch each day, in the order given. */
function intervalsByDay(intervals: readonly DrugInterval[]): ReadonlyMap<number, readonly DrugInterval[]> {
  const days = new Map<number, DrugInterval[]>();
  for (const interval of intervals) {
    const last = Math.min(interval.endDay, interval.day + LONGEST_DAYS);
    for (let day = interval.day; day <= last; day += 1) {
      const known = days.get(day);
      if (known === undefined) days.set(day, [interval]);
      else known.push(interval);
    }
  }
  return days;
}

function overlapsOn(day: number, onDay: readonly DrugInterval[]): (moment: Moment) => Concurrent {
  const allDay = onDay.filter((interval) => interval.day < day && day < interval.endDay);
  const rest = onDay.filter((interval) => !allDay.includes(interval));
  const runningAt = runningExactly(rest.filter(({ exact }) => exact));
  const timeless = rest.filter(({ exact }) => !exact);
  const untimed = together(allDay, [], rest);
  const alone = together(allDay, [], timeless);
  return ({ at, timed }) => {
    if (!timed) return untimed;
    const running = runningAt(at);
    return running.length === 0 ? alone : together(allDay, running, timeless);
  };
}

function together(
  allDay: readonly DrugInterval[],
  running: readonly DrugInterval[],
  touchingDay: readonly DrugInterval[],
): Concurrent {
  const sure = [...allDay, ...running];
  const agents = new Set(namesOf(sure));
  const touching = touchingDay.filter(({ agent }) => !agents.has(agent));
  const further = namesOf(touching);
  const open = further.filter((agent) => agent !== 'vasopressin').length;
  const [one] = further;
  if (one === undefined || running.length > 0) {
    return { agents: [...agents].sort(), sources: sure, undecided: open > 0 };
  }
  const added = touching.filter(({ agent }) => agent === one);
  return { agents: [...agents, one].sort(), sources: [...sure, ...added], undecided: open > 1 };
}

/** Intervals with exact times that hold a minute; looked for backwards from the last that began by then. */
function runningExactly(intervals: readonly DrugInterval[]): (at: number) => readonly DrugInterval[] {
  const inOrder = intervals.toSorted((a, b) => a.at - b.at);
  const latestEnd: number[] = [];
  for (const { endAt } of inOrder) latestEnd.push(Math.max(endAt, latestEnd.at(-1) ?? endAt));
  return (at) => {
    const running: DrugInterval[] = [];
    for (let index = lastBegun(inOrder, at); index >= 0 && (latestEnd[index] ?? at) > at; index -= 1) {
      const interval = inOrder[index];
      if (interval !== undefined && interval.endAt > at) running.push(interval);
    }
    return running.reverse();
  };
}

function lastBegun(inOrder: readonly DrugInterval[], at: number): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((inOrder[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function namesOf(intervals: readonly DrugInterval[]): readonly string[] {
  return [...new Set(intervals.map(({ agent }) => agent))].sort();
}
