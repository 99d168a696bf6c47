/** Rows of a swimmer plot: what state each patient was in from day to day (clinical specification 4.6). */

import { B_CELL_PARAMETER_NAMES } from '../clinical/b-cells/b-cell-aplasia.ts';
import { TIMELINE_PARAMETER_NAMES } from '../clinical/course/course-timeline.ts';
import {
  chooseParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { dateFact } from '../clinical/record/fact-date.ts';
import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import { dayNumber } from '../core/partial-date.ts';
import { type CourseFacts, deriveEndpointFacts, type EndpointFacts } from '../endpoints/endpoint-facts.ts';
import { aplasiaOfMember, noResponseOfMember, timelineOfMember } from './member-results.ts';
import { buildReportOrigin, type ReportBasis, type ReportOrigin } from './report-header.ts';
import type { CoursePatient } from './select-cohort.ts';

export type SwimmerState =
  | 'INFUSED'
  | 'CR_MRD_NEG'
  | 'CR_MRD_POS'
  | 'CR_MRD_UNKNOWN'
  | 'NR'
  | 'RELAPSE'
  | 'HCT'
  | 'REINFUSED';

export interface SwimmerSegment {
  readonly state: SwimmerState;
  /** Days after the first infusion; a segment ends where the next begins. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Of a relapse: the antigen class. */
  readonly cd19?: string;
  /** Of a reinfusion: the number of the course. */
  readonly course?: number;
}

export interface SwimmerMarker {
  readonly kind: 'BCA_LOSS' | 'INTENSIVE_CARE' | 'TOCILIZUMAB';
  /** Of a loss by `bcaLossDateRule`, so it may end in .5. */
  readonly day: number;
}

export interface SwimmerRow {
  readonly patient: string;
  readonly infusion: PartialDate;
  readonly segments: readonly SwimmerSegment[];
  readonly markers: readonly SwimmerMarker[];
  /** Last day of the bar. */
  readonly endDay: number;
  /** CUTOFF and LAST_CONTACT bars end in an arrow: alive then. */
  readonly end: 'DEATH' | 'LAST_CONTACT' | 'CUTOFF';
}

export interface SwimmerReport extends ReportOrigin {
  /** Longest bar first. */
  readonly rows: readonly SwimmerRow[];
  /** Records without an infusion whose day is known. */
  readonly withoutRow: number;
}

/** What the report rests on. */
export const SWIMMER_REPORT_PARAMETER_NAMES: readonly ParameterName[] = [
  ...TIMELINE_PARAMETER_NAMES,
  ...Object.values(B_CELL_PARAMETER_NAMES),
  'mrdNearResponseDays',
];

export function buildSwimmerReport(
  records: readonly CohortRecord[],
  asOf: PartialDate,
  basis: ReportBasis,
): SwimmerReport {
  const { parameters = {} } = basis;
  const rows = records.flatMap((record) => rowOf(record.id, deriveEndpointFacts(record, asOf), parameters));
  rows.sort((a, b) => b.endDay - a.endDay || (a.patient < b.patient ? -1 : 1));
  return {
    ...buildReportOrigin('swimmer', records.length, asOf, basis, SWIMMER_REPORT_PARAMETER_NAMES),
    rows,
    withoutRow: records.length - rows.length,
  };
}

type Timeline = NonNullable<CourseFacts['timeline']>;

function rowOf(patient: string, facts: EndpointFacts, overrides: ParameterOverrides): readonly SwimmerRow[] {
  const course = facts.course(1);
  if (course === undefined) return [];
  const first = { facts, course };
  const timeline = timelineOfMember(first, overrides);
  if (timeline === undefined) return [];
  const { endDay, end } = endOf(facts, timeline);
  const changes = changesOf(first, timeline, overrides).filter(({ day }) => day <= endDay);
  return [
    {
      patient,
      infusion: timeline.infusion.date,
      segments: walk(changes, endDay),
      markers: markersOf(first, timeline, overrides).filter(({ day }) => day <= endDay),
      endDay,
      end,
    },
  ];
}

function endOf(facts: EndpointFacts, timeline: Timeline): Pick<SwimmerRow, 'endDay' | 'end'> {
  const dayOf = (date: PartialDate) => dayNumber(date) - timeline.infusionDay;
  const death = facts.dates.deathRecorded?.on;
  if (death !== undefined) return { endDay: Math.max(0, dayOf(death.date)), end: 'DEATH' };
  const cutoff = dayOf(facts.asOf);
  const contact = facts.dates.lastContact;
  const seen = contact === undefined ? 0 : Math.max(0, dayOf(contact.date));
  return seen >= cutoff ? { endDay: cutoff, end: 'CUTOFF' } : { endDay: seen, end: 'LAST_CONTACT' };
}

/** Something on a day that may change the state; in this order on one day. */
type Change =
  | { readonly day: number; readonly rank: 0; readonly state: 'RELAPSE'; readonly cd19: string }
  | { readonly day: number; readonly rank: 1; readonly state: 'NR' }
  | { readonly day: number; readonly rank: 2; readonly state: 'CR'; readonly mrd: SwimmerState }
  | { readonly day: number; readonly rank: 3; readonly state: 'MRD'; readonly mrd: SwimmerState }
  | { readonly day: number; readonly rank: 4; readonly state: 'HCT' }
  | { readonly day: number; readonly rank: 5; readonly state: 'REINFUSED'; readonly course: number };

function changesOf(
  first: CoursePatient,
  timeline: Timeline,
  overrides: ParameterOverrides,
): readonly Change[] {
  const { facts } = first;
  const { mrdNearResponseDays } = chooseParameters(['mrdNearResponseDays'], overrides);
  const changes: Change[] = [
    ...timeline.relapses.map(({ day, cd19 }): Change => ({ day, rank: 0, state: 'RELAPSE', cd19 })),
    ...timeline.remissions.map(
      ({ day }): Change => ({ day, rank: 2, state: 'CR', mrd: mrdNear(timeline, day, mrdNearResponseDays) }),
    ),
    ...timeline.mrd.map(({ day, result }): Change => ({ day, rank: 3, state: 'MRD', mrd: stateOf(result) })),
    ...timeline.therapies
      .filter(({ role }) => role === 'HCT')
      .map(({ day }): Change => ({ day, rank: 4, state: 'HCT' })),
    ...noResponseOf(first, 0, overrides),
  ];
  for (let k = 2; k <= facts.courseCount; k += 1) {
    const later = facts.course(k);
    if (later?.timeline === undefined) continue;
    const day = later.timeline.infusionDay - timeline.infusionDay;
    changes.push(
      { day, rank: 5, state: 'REINFUSED', course: k },
      ...noResponseOf({ facts, course: later }, day, overrides),
    );
  }
  return changes.sort((a, b) => a.day - b.day || a.rank - b.rank);
}

function noResponseOf(
  member: CoursePatient,
  offset: number,
  overrides: ParameterOverrides,
): readonly Change[] {
  const fact = noResponseOfMember(member, overrides);
  return fact === undefined ? [] : [{ day: fact.day + offset, rank: 1, state: 'NR' }];
}

function mrdNear({ mrd }: Timeline, day: number, nearDays: number): SwimmerState {
  const near = mrd.filter((one) => Math.abs(one.day - day) <= nearDays);
  const [nearest] = near.toSorted((a, b) => Math.abs(a.day - day) - Math.abs(b.day - day) || b.day - a.day);
  return nearest === undefined ? 'CR_MRD_UNKNOWN' : stateOf(nearest.result);
}

function stateOf(result: 'POSITIVE' | 'NEGATIVE'): SwimmerState {
  return result === 'POSITIVE' ? 'CR_MRD_POS' : 'CR_MRD_NEG';
}

function walk(changes: readonly Change[], endDay: number): readonly SwimmerSegment[] {
  const states: Omit<SwimmerSegment, 'toDay'>[] = [{ state: 'INFUSED', fromDay: 0 }];
  for (const change of changes) {
    const current = states.at(-1)?.state ?? 'INFUSED';
    const next = after(current, change);
    if (next === undefined) continue;
    states.push({ ...next, fromDay: change.day });
  }
  return states.map((segment, index) => ({ ...segment, toDay: states[index + 1]?.fromDay ?? endDay }));
}

/** Undefined where the state stays: after HCT, remission and MRD do not end it; only relapse or reinfusion do. */
function after(
  current: SwimmerState,
  change: Change,
): Pick<SwimmerSegment, 'state' | 'cd19' | 'course'> | undefined {
  const inRemission = current.startsWith('CR_');
  switch (change.state) {
    case 'RELAPSE':
      return current === 'RELAPSE' ? undefined : { state: 'RELAPSE', cd19: change.cd19 };
    case 'NR':
      return current === 'INFUSED' || current === 'REINFUSED' ? { state: 'NR' } : undefined;
    case 'CR': {
      if (current === 'HCT' || current === change.mrd) return undefined;
      return inRemission && change.mrd === 'CR_MRD_UNKNOWN' ? undefined : { state: change.mrd };
    }
    case 'MRD':
      return inRemission && current !== change.mrd ? { state: change.mrd } : undefined;
    case 'HCT':
      return { state: 'HCT' };
    case 'REINFUSED':
      return { state: 'REINFUSED', course: change.course };
  }
}

function markersOf(
  first: CoursePatient,
  timeline: Timeline,
  overrides: ParameterOverrides,
): readonly SwimmerMarker[] {
  const { record, dates } = first.facts;
  const lossDay = aplasiaOfMember(first, overrides).loss?.day;
  const dayOf = (fact: { readonly date: PartialDate; readonly course?: number }) =>
    dayNumber(dateFact(fact.date, fact.course, dates).date) - timeline.infusionDay;
  const { intensiveCare = [], supportiveDrugs = [] } = record.observations;
  const markers: SwimmerMarker[] = [
    ...(lossDay === undefined ? [] : [{ kind: 'BCA_LOSS', day: lossDay } as const]),
    ...intensiveCare.map((stay) => ({ kind: 'INTENSIVE_CARE', day: dayOf(stay) }) as const),
    ...supportiveDrugs
      .filter(({ agent }) => agent === 'tocilizumab')
      .map((drug) => ({ kind: 'TOCILIZUMAB', day: dayOf(drug) }) as const),
  ];
  const unique = new Map(markers.map((marker) => [`${marker.kind} ${marker.day}`, marker]));
  return [...unique.values()]
    .filter(({ day }) => day >= 0)
    .sort((a, b) => a.day - b.day || (a.kind < b.kind ? -1 : 1));
}
