import type { SupportiveDrug } from '../../cohort/cohort-record.generated.ts';
import { latestDay } from '../../core/partial-date.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { type AgentClass, agentName, isOfClass } from './agent-classes.ts';
import type { Moment, Placed } from './moment.ts';

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
  return frame.placed
    .supportiveDrugs()
    .filter(({ fact }) => classes.some((name) => isOfClass(fact.agent, name)))
    .map((placed) => intervalOf(frame, placed));
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
