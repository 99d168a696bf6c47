import type { CohortRecord, Source, Therapy } from '../../cohort/cohort-record.generated.ts';
import { daysBetween, type PartialDate } from '../../core/partial-date.ts';
import type { CourseOutcome } from '../course/course-outcome.ts';
import { dateFact } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';

/** In the order that decides between ends of one day (clinical specification 4.4, rule 3). */
const OBSERVATION_END_REASONS = [
  'RELAPSE',
  'NO_RESPONSE',
  'DEATH',
  'HCT',
  'REINFUSION',
  'B_CELL_DEPLETING_DRUG',
  'CUTOFF',
  'LAST_CONTACT',
] as const;
export type ObservationEndReason = (typeof OBSERVATION_END_REASONS)[number];

/** Why B cells say nothing more about the CAR-T cells, and the last day on which they still did. */
export interface ObservationEnd {
  readonly reason: ObservationEndReason;
  /** Day from the infusion; the day before the event, or the event's own day where rule 1 says so. */
  readonly lastUsableDay: number;
  /** Day of the event itself. */
  readonly eventDay: number;
  /** Last day of the block, for a drug; absent where the end is for good. */
  readonly blockedUntilDay?: number;
  readonly sources: readonly Source[];
}

const DEPLETING: ReadonlySet<Therapy['kind']> = new Set(['BLINATUMOMAB', 'INOTUZUMAB', 'RITUXIMAB']);

export interface ObservationEndContext {
  readonly record: CohortRecord;
  readonly outcome: CourseOutcome;
  readonly infusionDate: PartialDate;
  readonly known: RecordDates;
  readonly depletingDrugBlockDays: number;
  /** Evaluation day or data cut-off. */
  readonly asOf?: PartialDate;
}

/**
 * Everything that ends the observation of B cells after one infusion, earliest last usable day first
 * (clinical specification 3.3, rule 1). A sample is itself a contact, so the last contact never cuts one off.
 */
export function deriveObservationEnds(context: ObservationEndContext): readonly ObservationEnd[] {
  const ends = [
    ...outcomeEnds(context.outcome),
    ...transplantEnds(context),
    ...drugEnds(context),
    ...reinfusionEnds(context),
    ...followUpEnds(context),
  ];
  const rank = (end: ObservationEnd) => OBSERVATION_END_REASONS.indexOf(end.reason);
  return ends.sort((a, b) => a.lastUsableDay - b.lastUsableDay || rank(a) - rank(b));
}

function outcomeEnds({ relapses, noResponse }: CourseOutcome): readonly ObservationEnd[] {
  const facts = [
    ...relapses.map((fact) => ({ reason: 'RELAPSE' as const, fact })),
    ...(noResponse === undefined ? [] : [{ reason: 'NO_RESPONSE' as const, fact: noResponse }]),
  ];
  return facts.map(({ reason, fact }) => dayBefore(reason, fact.day, fact.evidence));
}

function transplantEnds({ record, infusionDate, known }: ObservationEndContext): readonly ObservationEnd[] {
  return record.hcts.flatMap((hct) => {
    const graft = daysBetween(infusionDate, dateFact(hct.date, hct.course, known).date);
    if (graft <= 0) return [];
    const conditioning =
      hct.conditioningStart === undefined
        ? graft
        : daysBetween(infusionDate, dateFact(hct.conditioningStart, hct.course, known).date);
    return [dayBefore('HCT', conditioning > 0 ? Math.min(conditioning, graft) : graft, hct.sources)];
  });
}

function drugEnds(context: ObservationEndContext): readonly ObservationEnd[] {
  const { record, infusionDate, known, depletingDrugBlockDays } = context;
  const given = [
    ...record.laterTherapies.filter(({ kind }) => DEPLETING.has(kind)),
    ...(record.observations.supportiveDrugs ?? []).filter(({ agent }) => agent === 'rituximab'),
  ];
  return given.flatMap((drug) => {
    const start = daysBetween(infusionDate, dateFact(drug.date, drug.course, known).date);
    if (start <= 0) return [];
    const end =
      drug.endDate === undefined
        ? start
        : daysBetween(infusionDate, dateFact(drug.endDate, drug.course, known).date);
    const blockedUntilDay = Math.max(start, end) + depletingDrugBlockDays;
    return [{ ...dayBefore('B_CELL_DEPLETING_DRUG', start, drug.sources), blockedUntilDay }];
  });
}

function reinfusionEnds({ record, outcome, infusionDate, known }: ObservationEndContext) {
  return record.courses
    .filter(({ number }) => number > outcome.course)
    .flatMap(({ number, infusion }) => {
      const next = known.infusions.get(number);
      if (next === undefined) return [];
      return [onTheDay('REINFUSION', daysBetween(infusionDate, next.date), infusion.sources)];
    });
}

function followUpEnds({ infusionDate, known, asOf }: ObservationEndContext): readonly ObservationEnd[] {
  const { lastContact, deathRecorded } = known;
  const ends: ObservationEnd[] = [];
  if (deathRecorded?.on !== undefined) {
    ends.push(dayBefore('DEATH', daysBetween(infusionDate, deathRecorded.on.date), deathRecorded.evidence));
  }
  if (asOf !== undefined) ends.push(onTheDay('CUTOFF', daysBetween(infusionDate, asOf), []));
  if (lastContact !== undefined) {
    ends.push(onTheDay('LAST_CONTACT', daysBetween(infusionDate, lastContact.date), lastContact.evidence));
  }
  return ends;
}

function dayBefore(reason: ObservationEndReason, day: number, sources: readonly Source[]): ObservationEnd {
  return { reason, lastUsableDay: day - 1, eventDay: day, sources };
}

function onTheDay(reason: ObservationEndReason, day: number, sources: readonly Source[]): ObservationEnd {
  return { reason, lastUsableDay: day, eventDay: day, sources };
}
