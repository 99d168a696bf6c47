import type { SupportiveDrug } from '../cohort/cohort-record.generated.ts';
import { latestDay } from '../core/partial-date.ts';
import { type AgentClass, agentName, isOfClass } from './agent-classes.ts';
import { type CourseFrame, type Moment, type Placed, placeAll } from './course-frame.ts';

/** One administration on the axis of a frame. `end` is exclusive; an instant lasts one minute. */
export interface DrugInterval extends Moment {
  readonly agent: string;
  readonly endAt: number;
  readonly endDay: number;
  /** Both ends are known to the minute, or it was an instant. */
  readonly exact: boolean;
  readonly drug: SupportiveDrug;
}

/** Administrations of some classes of drugs, in order of their start. */
export function drugIntervals(frame: CourseFrame, classes: readonly AgentClass[]): readonly DrugInterval[] {
  const wanted = (frame.record.observations.supportiveDrugs ?? []).filter(({ agent }) =>
    classes.some((name) => isOfClass(agent, name)),
  );
  return placeAll(frame, wanted).map((placed) => intervalOf(frame, placed));
}

function intervalOf(frame: CourseFrame, placed: Placed<SupportiveDrug>): DrugInterval {
  const { fact: drug, day, at, timed } = placed;
  const agent = agentName(drug.agent);
  const end = endOf(frame, drug);
  if (end === undefined) {
    return { day, at, timed, agent, endAt: at + 1, endDay: day, exact: timed, drug };
  }
  return {
    day,
    at,
    timed,
    agent,
    endAt: Math.max(end.at, at + 1),
    endDay: Math.max(end.day, day),
    exact: timed && end.timed,
    drug,
  };
}

function endOf(frame: CourseFrame, drug: SupportiveDrug): Moment | undefined {
  const { endDate, endTime, endEpochMinute } = drug;
  if (endDate === undefined) return undefined;
  return frame.momentOf({
    date: latestDay(endDate),
    ...(endTime === undefined ? {} : { time: endTime }),
    ...(endEpochMinute === undefined ? {} : { epochMinute: endEpochMinute }),
  });
}

/** Vasopressors running at one moment, as far as the times tell. */
export interface Concurrent {
  /** Surely running together. */
  readonly agents: readonly string[];
  readonly sources: readonly DrugInterval[];
  /** Others ran on the same day; whether at the same time is not known. */
  readonly undecided: boolean;
}

/** An administration longer than this is an entry that nobody closed. */
const LONGEST_DAYS = 366;

/** The administrations that touch each day. */
export function intervalsByDay(
  intervals: readonly DrugInterval[],
): ReadonlyMap<number, readonly DrugInterval[]> {
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

const NONE_RUNNING: Concurrent = Object.freeze({ agents: [], sources: [], undecided: false });

/**
 * Which administrations of one day ran at a moment of it: by time where times are known. One that began on an
 * earlier day and ended on a later one ran all day. Of those that are known to touch the day and no more, one
 * surely ran beside those; whether two overlapped, or whether one ran at a given hour, is not known.
 */
export function concurrentAt(
  onDay: readonly DrugInterval[],
  { day, at, timed }: Moment,
  rule: 'OVERLAP' | 'SAME_DAY',
): Concurrent {
  if (onDay.length === 0) return NONE_RUNNING;
  if (rule === 'SAME_DAY') return { agents: namesOf(onDay), sources: onDay, undecided: false };
  const allDay = onDay.filter((interval) => interval.day < day && day < interval.endDay);
  const rest = onDay.filter((interval) => !allDay.includes(interval));
  const running = rest.filter(
    (interval) => timed && interval.exact && interval.at <= at && at < interval.endAt,
  );
  const sure = [...allDay, ...running];
  const agents = new Set(namesOf(sure));
  const touching = rest.filter(({ agent, exact }) => !agents.has(agent) && !(timed && exact));
  const further = namesOf(touching);
  const open = further.filter((agent) => agent !== 'vasopressin').length;
  const [one] = further;
  if (one === undefined || running.length > 0) {
    return { agents: [...agents].sort(), sources: sure, undecided: open > 0 };
  }
  const added = touching.filter(({ agent }) => agent === one);
  return { agents: [...agents, one].sort(), sources: [...sure, ...added], undecided: open > 1 };
}

function namesOf(intervals: readonly DrugInterval[]): readonly string[] {
  return [...new Set(intervals.map(({ agent }) => agent))].sort();
}
