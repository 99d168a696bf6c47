import type { CohortRecord, Course, Source } from '../../cohort/cohort-record.generated.ts';
import { addDays, earliestDay, type PartialDate } from '../../core/partial-date.ts';
import { type CourseOutcome, deriveCourseOutcome } from '../course/course-outcome.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { recordAsOf } from '../record/record-as-of.ts';
import { deriveRecordDates, type RecordDates } from '../record/record-dates.ts';
import type { NoResponseParameters } from '../response/no-response.ts';
import { B_CELL_DEFINITIONS, type BCellDefinitionId } from './b-cell-definitions.ts';
import {
  deriveObservationEnds,
  type ObservationEnd,
  type ObservationEndReason,
} from './b-cell-observation-end.ts';
import {
  type AssessedBCellSample,
  collectBCellDays,
  judgeBCellDays,
  markContamination,
} from './b-cell-series.ts';
import { type BCellStatus, deriveBCellStatusAt } from './b-cell-status.ts';
import { type BCellState, type BCellTimeline, deriveBCellTimeline } from './b-cell-timeline.ts';
import { type SixMonthWindow, windowEndDay } from './b-cell-window.ts';

/** Named parameters of the derivation; the project's conventions are the defaults (clinical specification 3). */
export interface BCellAplasiaParameters extends NoResponseParameters {
  readonly definition: BCellDefinitionId;
  /** Consecutive recovered samples that make a loss; a definition may ask for more. */
  readonly confirm: number;
  /** What stands for the day of the loss, beside its interval. */
  readonly lossDateRule: ClinicalParameters['bcaLossDateRule'];
  readonly neverAchievedFromDay: number;
  readonly carryForwardDays: number;
  /** After the last dose of a B-cell-depleting drug. */
  readonly depletingDrugBlockDays: number;
  /** A recovered sample so near to a relapse may have counted leukaemic cells. */
  readonly blastContaminationDays: number;
  /** Per microlitre: a percentage among fewer lymphocytes is for review. */
  readonly lowLymphocytesBelow: number;
  /** Evaluation day or data cut-off, a full date; facts dated later do not exist. */
  readonly asOf?: PartialDate;
}

/** Name of each in the table of parameters (`docs/parameters.md`). */
export const B_CELL_PARAMETER_NAMES = {
  definition: 'bcaDefinition',
  confirm: 'bcaConfirm',
  lossDateRule: 'bcaLossDateRule',
  neverAchievedFromDay: 'bcaNeverAchievedFromDay',
  carryForwardDays: 'bcaCarryForwardDays',
  depletingDrugBlockDays: 'bcaDepletingDrugBlockDays',
  blastContaminationDays: 'bcaBlastContaminationDays',
  lowLymphocytesBelow: 'bcaLowLymphocytesBelow',
  responseDeadlineDay: 'responseDeadlineDay',
  nrEarliestDay: 'nrEarliestDay',
} as const satisfies Record<Exclude<keyof BCellAplasiaParameters, 'asOf'>, keyof ClinicalParameters>;

/** The table's values, with what a call overrides. Throws RangeError on a value that is not allowed. */
export function bCellAplasiaParameters(overrides: ParameterOverrides = {}): BCellAplasiaParameters {
  const chosen = chooseParameters(Object.values(B_CELL_PARAMETER_NAMES), overrides);
  return {
    definition: chosen.bcaDefinition,
    confirm: chosen.bcaConfirm,
    lossDateRule: chosen.bcaLossDateRule,
    neverAchievedFromDay: chosen.bcaNeverAchievedFromDay,
    carryForwardDays: chosen.bcaCarryForwardDays,
    depletingDrugBlockDays: chosen.bcaDepletingDrugBlockDays,
    blastContaminationDays: chosen.bcaBlastContaminationDays,
    lowLymphocytesBelow: chosen.bcaLowLymphocytesBelow,
    responseDeadlineDay: chosen.responseDeadlineDay,
    nrEarliestDay: chosen.nrEarliestDay,
  };
}

/** The parameters of an episode by their names in the table. */
export function namedBCellParameters(parameters: BCellAplasiaParameters): Partial<ClinicalParameters> {
  return Object.fromEntries(
    Object.entries(B_CELL_PARAMETER_NAMES).map(([key, name]) => [
      name,
      parameters[key as keyof typeof B_CELL_PARAMETER_NAMES],
    ]),
  );
}

const B_CELL_APLASIA_DEFAULTS: BCellAplasiaParameters = Object.freeze(bCellAplasiaParameters());

/** A day of the episode with the full date and the facts that stand for it. */
export interface BCellMoment {
  readonly date: PartialDate;
  readonly day: number;
  readonly sources: readonly Source[];
}

/** Loss lies in (lastAplasia, firstDetected]; time-to-event uses firstDetected (rule 4). */
interface BCellLoss {
  readonly lastAplasia: BCellMoment;
  readonly firstDetected: BCellMoment;
  /** By `lossDateRule`, days from the infusion; absent where the interval alone is to speak. */
  readonly day?: number;
  /** Days from the infusion, may end in .5. */
  readonly midpoint: number;
  readonly durationFromOnset: number;
  readonly durationFromInfusion: number;
  readonly confirmedByNextSample: boolean;
  /** Judged on the first-detected day alone (clinical specification 3.3). */
  readonly within: Readonly<Record<SixMonthWindow, boolean>>;
}

interface BCellCensoring {
  readonly date: PartialDate;
  readonly day: number;
  readonly reason: ObservationEndReason;
}

/** One episode of B-cell aplasia: that of one infusion. */
export interface BCellAplasia {
  readonly course: number;
  readonly parameters: BCellAplasiaParameters;
  /** Absent where the record knows the infusion to the year only: nothing can be placed in time then. */
  readonly infusionDate?: PartialDate;
  readonly state: BCellState | 'INDETERMINATE';
  readonly firstTest?: BCellMoment;
  readonly onset?: BCellMoment;
  /** B cells were absent before lymphodepletion and at the first test: the onset is left-censored. */
  readonly preexistingAplasia: boolean;
  readonly lastAplasia?: BCellMoment;
  readonly loss?: BCellLoss;
  readonly lossUnconfirmed: boolean;
  /** Where aplasia lasted as long as it could be observed. */
  readonly censoredAt?: BCellCensoring;
  readonly possibleBlastContamination: boolean;
  /** What ends the observation, earliest first. */
  readonly observationEnds: readonly ObservationEnd[];
  /** All samples of the record, also those outside the observation. */
  readonly samples: readonly AssessedBCellSample[];
  /** Sources of the samples that were used. */
  readonly evidence: readonly Source[];
}

/**
 * B-cell aplasia after one infusion: its onset, its loss as an interval, or how long it was seen to last
 * (clinical specification 3.2, 3.3, 4.7). Throws RangeError when the record has no course of that number.
 */
export function deriveBCellAplasia(
  record: CohortRecord,
  courseNumber: number,
  overrides: Partial<BCellAplasiaParameters> = {},
  seen?: SeenRecord,
): BCellAplasia {
  const { definition, ...others } = { ...B_CELL_APLASIA_DEFAULTS, ...overrides };
  return prepareBCellAplasia(record, courseNumber, others, seen)(definition);
}

/** A record as of the day of evaluation, with its dates. */
export interface SeenRecord {
  readonly record: CohortRecord;
  readonly dates: RecordDates;
}

/** The same for several definitions: what does not depend on the definition is read once. */
export function prepareBCellAplasia(
  record: CohortRecord,
  courseNumber: number,
  overrides: Partial<Omit<BCellAplasiaParameters, 'definition'>> = {},
  seenRecord?: SeenRecord,
): (definition: BCellDefinitionId) => BCellAplasia {
  const parameters = { ...B_CELL_APLASIA_DEFAULTS, ...overrides };
  const { asOf } = parameters;
  const { record: seen, dates: known } = seenRecord ?? see(record, asOf);
  const outcome = deriveCourseOutcome(seen, courseNumber, parameters, known);
  const { infusionDate } = outcome;
  if (infusionDate === undefined) {
    return (definition) => withoutTimeline(courseNumber, { ...parameters, definition });
  }
  const days = collectBCellDays(seen, infusionDate, known, parameters.lowLymphocytesBelow);
  const ends = deriveObservationEnds({
    record: seen,
    outcome,
    infusionDate,
    known,
    depletingDrugBlockDays: parameters.depletingDrugBlockDays,
    ...(asOf === undefined ? {} : { asOf }),
  });
  const course = seen.courses.find(({ number }) => number === courseNumber);
  return (definition) => {
    const samples = judgeBCellDays(days, B_CELL_DEFINITIONS[definition]).map((sample) =>
      markContamination(sample, outcome.relapses, parameters.blastContaminationDays),
    );
    return describe({
      outcome,
      infusionDate,
      samples,
      ends,
      parameters: { ...parameters, definition },
      course,
    });
  };
}

function see(record: CohortRecord, asOf: PartialDate | undefined): SeenRecord {
  const seen = asOf === undefined ? record : recordAsOf(record, asOf);
  return { record: seen, dates: deriveRecordDates(seen) };
}

/** The status of the episode on a day counted from the infusion (rule 6). */
export function bCellStatusAt(
  aplasia: BCellAplasia,
  day: number,
): { readonly status: BCellStatus | 'INDETERMINATE'; readonly lossUnconfirmed: boolean } {
  if (aplasia.state === 'INDETERMINATE') return { status: 'INDETERMINATE', lossUnconfirmed: false };
  const parameters = { ...aplasia.parameters, confirm: confirmOf(aplasia.parameters) };
  return deriveBCellStatusAt(day, aplasia.samples, aplasia.observationEnds, parameters);
}

interface Episode {
  readonly outcome: CourseOutcome;
  readonly infusionDate: PartialDate;
  readonly samples: readonly AssessedBCellSample[];
  readonly ends: readonly ObservationEnd[];
  readonly parameters: BCellAplasiaParameters;
  readonly course: Course | undefined;
}

function describe({ outcome, infusionDate, samples, ends, parameters, course }: Episode): BCellAplasia {
  const lastUsableDay = ends[0]?.lastUsableDay ?? samples.at(-1)?.day ?? 0;
  const timeline = deriveBCellTimeline(samples, lastUsableDay, {
    ...parameters,
    confirm: confirmOf(parameters),
  });
  const used = samples.filter(({ day, call }) => day > 0 && day <= lastUsableDay && call !== 'U');
  const moment = (day: number | undefined): BCellMoment | undefined => {
    const sample = used.find((candidate) => candidate.day === day);
    return sample && { date: sample.date, day: sample.day, sources: sample.sources };
  };
  const firstTest = moment(timeline.firstTest);
  const onset = moment(timeline.onset);
  const lastAplasia = moment(timeline.lastAplasia);
  const loss = describeLoss(timeline, infusionDate, parameters.lossDateRule, moment);
  const censoredAt = timeline.censorDay === undefined ? undefined : censoring(ends[0], infusionDate);
  return {
    course: outcome.course,
    parameters,
    infusionDate,
    state: timeline.state,
    ...(firstTest === undefined ? {} : { firstTest }),
    ...(onset === undefined ? {} : { onset }),
    preexistingAplasia: used[0]?.call === 'A' && wasAplasticBefore(samples, course),
    ...(lastAplasia === undefined ? {} : { lastAplasia }),
    ...(loss === undefined ? {} : { loss }),
    lossUnconfirmed: timeline.lossUnconfirmed,
    ...(censoredAt === undefined ? {} : { censoredAt }),
    possibleBlastContamination: samples.some(({ flags }) => flags.includes('POSSIBLE_BLAST_CONTAMINATION')),
    observationEnds: ends,
    samples,
    evidence: used.flatMap(({ sources }) => sources),
  };
}

function describeLoss(
  { loss }: BCellTimeline,
  infusionDate: PartialDate,
  rule: BCellAplasiaParameters['lossDateRule'],
  moment: (day: number) => BCellMoment | undefined,
): BCellLoss | undefined {
  if (loss === undefined) return undefined;
  const lastAplasia = moment(loss.lastAplasia);
  const firstDetected = moment(loss.firstDetected);
  if (lastAplasia === undefined || firstDetected === undefined) return undefined;
  const isWithin = (window: SixMonthWindow) => loss.firstDetected <= windowEndDay(infusionDate, window);
  return {
    lastAplasia,
    firstDetected,
    ...(rule === 'INTERVAL' ? {} : { day: rule === 'MIDPOINT' ? loss.midpoint : loss.firstDetected }),
    midpoint: loss.midpoint,
    durationFromOnset: loss.durationFromOnset,
    durationFromInfusion: loss.firstDetected,
    confirmedByNextSample: loss.confirmedByNextSample,
    within: {
      M6_D183: isWithin('M6_D183'),
      M6_D182: isWithin('M6_D182'),
      M6_D180: isWithin('M6_D180'),
      M6_CAL: isWithin('M6_CAL'),
    },
  };
}

function censoring(end: ObservationEnd | undefined, infusionDate: PartialDate): BCellCensoring | undefined {
  if (end === undefined) return undefined;
  return { date: addDays(infusionDate, end.lastUsableDay), day: end.lastUsableDay, reason: end.reason };
}

/** The latest judged sample before lymphodepletion, or before the infusion where none is recorded. */
function wasAplasticBefore(samples: readonly AssessedBCellSample[], course: Course | undefined): boolean {
  const starts = (course?.lymphodepletion ?? []).map(({ date }) => earliestDay(date)).sort();
  const [start] = starts;
  const before = samples.filter(({ day, date, call }) => {
    return call !== 'U' && (start === undefined ? day < 0 : date <= start);
  });
  return before.at(-1)?.call === 'A';
}

function confirmOf({ definition, confirm }: BCellAplasiaParameters): number {
  return Math.max(confirm, B_CELL_DEFINITIONS[definition].minimumConfirm);
}

function withoutTimeline(course: number, parameters: BCellAplasiaParameters): BCellAplasia {
  return {
    course,
    parameters,
    state: 'INDETERMINATE',
    preexistingAplasia: false,
    lossUnconfirmed: false,
    possibleBlastContamination: false,
    observationEnds: [],
    samples: [],
    evidence: [],
  };
}
