import type { CohortRecord, Course, DiseaseStatus } from '../../cohort/cohort-record.generated.ts';
import { dayNumber } from '../../core/partial-date.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { type DatedFact, datedFact, dateFact, type FactDate, joinEvidence } from '../record/fact-date.ts';
import type { RecordDates } from '../record/record-dates.ts';
import { deriveTherapyEvents, type TherapyEvent } from '../record/therapy-events.ts';
import {
  deriveMrdOccasions,
  MRD_PARAMETER_NAMES,
  type MrdOccasion,
  type MrdParameters,
  mrdParameters,
} from '../response/mrd.ts';
import { deriveMrdReemergence } from '../response/mrd-reemergence.ts';
import { cd19ClassOf, type MolecularRelapse, type Relapse, siteOf } from '../response/relapse.ts';
import { type DiseaseDay, deriveDiseaseDays, type Remission } from '../response/response.ts';

/**
 * A relapse recorded within so many days of another, without a remission between, describes the same one: what
 * it adds (antigen class, site) is that relapse's. Project convention.
 */
const SAME_RELAPSE_DAYS = 30;

/** The disease after one infusion, in order of time; what depends on a deadline is not decided here. */
export interface CourseTimeline {
  readonly course: number;
  readonly infusion: FactDate;
  /** Day of the infusion, counted from 1970-01-01. */
  readonly infusionDay: number;
  readonly days: readonly DiseaseDay[];
  readonly therapies: readonly TherapyEvent[];
  readonly mrd: readonly MrdOccasion[];
  /** Every day with CR or CRi, whoever brought it about. */
  readonly remissions: readonly Remission[];
  /** The first of them, unless another anti-leukaemic therapy began before that day (4.1). */
  readonly firstRemission?: Remission;
  readonly relapses: readonly Relapse[];
  readonly molecularRelapses: readonly MolecularRelapse[];
  /** "No response" recorded while in remission: it may mean MRD or B cells, so it is neither NR nor relapse. */
  readonly noResponseInRemission: readonly DatedFact[];
}

/** How MRD is read; the table of parameters where absent. */
export interface TimelineParameters {
  readonly mrd?: MrdParameters;
  readonly mrdReemergenceDays?: number;
}

/** What `timelineParameters` reads. */
export const TIMELINE_PARAMETER_NAMES = [...MRD_PARAMETER_NAMES, 'mrdReemergenceDays'] as const;

/** The table's values, with what a call overrides. Throws RangeError on a value that is not allowed. */
export function timelineParameters(overrides: ParameterOverrides): TimelineParameters {
  const { mrdReemergenceDays } = chooseParameters(['mrdReemergenceDays'], overrides);
  return { mrd: mrdParameters(overrides), mrdReemergenceDays };
}

/** Undefined where the infusion is known to the year only: no day can be counted from it. */
export function deriveCourseTimeline(
  record: CohortRecord,
  course: Course,
  dates: RecordDates,
  parameters: TimelineParameters = {},
): CourseTimeline | undefined {
  const infusion = dates.infusions.get(course.number);
  if (infusion === undefined) return undefined;
  const infusionDay = dayNumber(infusion.date);
  const days = deriveDiseaseDays(record, infusionDay, dates);
  const therapies = deriveTherapyEvents(record, course, dates);
  const mrd = deriveMrdOccasions(record, infusionDay, dates, parameters.mrd);
  const walked = walk(days);
  const firstRemission = ownRemission(walked.remissions[0], therapies);
  return {
    course: course.number,
    infusion,
    infusionDay,
    days,
    therapies,
    mrd,
    remissions: walked.remissions,
    ...(firstRemission === undefined ? {} : { firstRemission }),
    relapses: walked.relapses,
    molecularRelapses: molecularRelapses(record, infusionDay, dates, {
      mrd,
      therapies,
      reemergenceDays: parameters.mrdReemergenceDays,
      before: Math.min(
        walked.relapses[0]?.day ?? Number.POSITIVE_INFINITY,
        diseaseAfterClearance(days, walked, mrd),
      ),
    }),
    noResponseInRemission: walked.noResponseInRemission,
  };
}

/**
 * First day with blasts of 5 % or more once the disease had gone: from the first remission, or where none is
 * stated from the first negative MRD. What was there before does not keep MRD from re-emerging later.
 */
function diseaseAfterClearance(
  days: readonly DiseaseDay[],
  { remissions }: Walked,
  mrd: CourseTimeline['mrd'],
): number {
  const cleared = remissions[0]?.day ?? mrd.find(({ result }) => result === 'NEGATIVE')?.day;
  if (cleared === undefined) return Number.POSITIVE_INFINITY;
  return days.find(({ blastsHigh, day }) => blastsHigh && day > cleared)?.day ?? Number.POSITIVE_INFINITY;
}

interface Walked {
  readonly remissions: Remission[];
  readonly relapses: Relapse[];
  readonly noResponseInRemission: DatedFact[];
}

/** Remission to relapse and back, day by day. */
function walk(days: readonly DiseaseDay[]): Walked {
  const walked: Walked = { remissions: [], relapses: [], noResponseInRemission: [] };
  let inRemission = false;
  for (const day of days) {
    if (day.remission !== undefined) {
      walked.remissions.push(day.remission);
      inRemission = true;
    }
    const { disease } = day;
    const basis = relapseBasis(day, inRemission);
    if (disease === undefined) continue;
    if (basis !== undefined) {
      addRelapse(walked, describeRelapse(day, disease, basis), inRemission);
      inRemission = false;
    } else if (day.noResponse && inRemission) {
      walked.noResponseInRemission.push(disease);
    }
  }
  return walked;
}

/** A recorded relapse is one even where no remission was recorded before it. */
function relapseBasis(day: DiseaseDay, inRemission: boolean): Relapse['basis'] | undefined {
  if (day.relapse) return 'RECORDED';
  if (!inRemission) return undefined;
  if (day.progressive) return 'PROGRESSION';
  return day.blastsHigh ? 'MARROW_BLASTS' : undefined;
}

function describeRelapse(
  { described, blastsHigh }: DiseaseDay,
  disease: DatedFact,
  basis: Relapse['basis'],
): Relapse {
  const site = siteOf(described, blastsHigh);
  return {
    ...disease,
    basis,
    cd19: cd19ClassOf(described),
    ...(site === undefined ? {} : { site }),
    lineageSwitch: described.some(({ lineageSwitch }) => lineageSwitch === true),
  };
}

function addRelapse({ relapses }: Walked, relapse: Relapse, afterRemission: boolean): void {
  const last = relapses.at(-1);
  if (last === undefined || afterRemission || relapse.day - last.day > SAME_RELAPSE_DAYS) {
    relapses.push(relapse);
    return;
  }
  const site = last.site ?? relapse.site;
  const cd19 = last.cd19 === 'UNKNOWN' ? relapse.cd19 : last.cd19;
  if (site === last.site && cd19 === last.cd19) return;
  relapses[relapses.length - 1] = {
    ...last,
    cd19,
    ...(site === undefined ? {} : { site }),
    lineageSwitch: last.lineageSwitch || (last.cd19 === 'UNKNOWN' && relapse.lineageSwitch),
    evidence: joinEvidence([last.evidence, relapse.evidence]),
  };
}

/** A remission is drawn before the therapy of its day; maintenance and support do not bring one about. */
function ownRemission(
  first: Remission | undefined,
  therapies: readonly TherapyEvent[],
): Remission | undefined {
  if (first === undefined) return undefined;
  const others = therapies.some(
    ({ role, day }) => role !== 'MAINTENANCE' && role !== 'SUPPORT' && day < first.day,
  );
  return others ? undefined : first;
}

function molecularRelapses(
  record: CohortRecord,
  infusionDay: number,
  dates: RecordDates,
  seen: {
    readonly mrd: readonly MrdOccasion[];
    readonly therapies: readonly TherapyEvent[];
    readonly before: number;
    readonly reemergenceDays: number | undefined;
  },
): readonly MolecularRelapse[] {
  const found: MolecularRelapse[] = [];
  for (const status of record.observations.diseaseStatus) {
    if (status.level !== 'MOLECULAR' || !isWorse(status)) continue;
    const fact = datedFact(dateFact(status.date, status.course, dates), infusionDay, status.sources);
    if (fact.day > 0) found.push({ ...fact, basis: 'RECORDED', cd19: cd19ClassOf([status]) });
  }
  const reemerged = deriveMrdReemergence(seen.mrd, seen.therapies, seen.before, seen.reemergenceDays);
  if (reemerged !== undefined) {
    const { result: _, ...fact } = reemerged;
    found.push({ ...fact, basis: 'MRD_REEMERGENCE', cd19: 'UNKNOWN' });
  }
  // On one day the recorded one comes first: it may know the antigen class.
  return found.sort(
    (a, b) => a.day - b.day || rank(a) - rank(b) || (a.cd19 < b.cd19 ? -1 : Number(a.cd19 > b.cd19)),
  );
}

function rank(relapse: MolecularRelapse): number {
  return (relapse.basis === 'RECORDED' ? 0 : 2) + (relapse.cd19 === 'UNKNOWN' ? 1 : 0);
}

function isWorse(status: DiseaseStatus): boolean {
  return status.status === 'RELAPSE' || status.status === 'PROGRESSIVE';
}
