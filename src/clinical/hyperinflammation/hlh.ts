import type { Laboratory, VitalSign } from '../../cohort/cohort-record.generated.ts';
import { anyOf, not, type Tristate } from '../../core/tristate.ts';
import { type CourseFrame, dateOfDay, isInCourse } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { ageAt, isYoungerThan } from '../record/age-at.ts';
import { joinEvidence } from '../record/fact-date.ts';
import type { Moment, Placed } from '../record/moment.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import {
  type Criterion,
  criterionOf,
  type HyperinflammationFacts,
  hyperinflammationFacts,
} from './hyperinflammation-facts.ts';

export type HlhVerdict = 'POSITIVE' | 'NEGATIVE' | 'INDETERMINATE';

/** HLH-2004 counted over the stretch of days that shows most. */
export interface Hlh extends DerivedResult {
  readonly status: HlhVerdict;
  /** Criteria met, and those that would be if everything unknown were: 0 to 8. */
  readonly metMin: number;
  readonly metMax: number;
  readonly criteria: readonly Criterion[];
  /** Last day of the stretch; absent where nothing was measured. */
  readonly day?: number;
}

const NEEDED = 5;

/** POSITIVE when five of eight are met, NEGATIVE when five cannot be reached, else INDETERMINATE. */
export function countHlh(statuses: readonly Tristate[]): Pick<Hlh, 'status' | 'metMin' | 'metMax'> {
  const metMin = statuses.filter((status) => status === 'MET').length;
  const metMax = metMin + statuses.filter((status) => status === 'UNKNOWN').length;
  if (metMin >= NEEDED) return { status: 'POSITIVE', metMin, metMax };
  return { status: metMax < NEEDED ? 'NEGATIVE' : 'INDETERMINATE', metMin, metMax };
}

/** Which of the three lines are low; two make the criterion. A line without a count leaves it open. */
function isBicytopenia(lines: readonly Tristate[]): Tristate {
  const low = lines.filter((line) => line === 'MET').length;
  const open = lines.filter((line) => line === 'UNKNOWN').length;
  if (low >= 2) return 'MET';
  return low + open >= 2 ? 'UNKNOWN' : 'NOT_MET';
}

/**
 * HLH by the criteria of 2004, five of eight (clinical specification 2.5): fever from 38.5 Cel, splenomegaly, two
 * low lines (haemoglobin below 9 g/dL, below 10 under four weeks of age; platelets below 100; neutrophils below
 * 1000), triglycerides from 265 mg/dL or fibrinogen up to 150, haemophagocytosis, low NK activity, ferritin from 500
 * ug/L, soluble CD25 from 2400 U/mL. Counted over every stretch of `hlhConcurrenceDays`; after lymphodepletion fever
 * and cytopenia say little, so IEC-HS is another variable. Throws RangeError on an override that is not allowed.
 */
export function deriveHlh(frame: CourseFrame, overrides: ParameterOverrides = {}): Hlh {
  const parameters = chooseParameters(['hlhConcurrenceDays', 'hlhToDay', 'baselineDays'], overrides);
  const index = indexFacts(frame, parameters);
  // The scan asks for statuses alone: of the many temperatures of a day the hottest tells.
  const scanned = { ...index, temperatures: hottestOfDay(index.temperatures) };
  const stretches = index.days.map((day) => ({
    day,
    criteria: criteriaOf(frame, scanned, day, parameters.hlhConcurrenceDays, () => []),
  }));
  const none = { day: undefined, criteria: criteriaOf(frame, index, -1, 0, () => []) };
  const worst = stretches.reduce<{
    readonly day: number | undefined;
    readonly criteria: readonly Criterion[];
  }>((best, stretch) => (isMore(stretch.criteria, best.criteria) ? stretch : best), none);
  const counted = countHlh(worst.criteria.map(({ status }) => status));
  const criteria =
    worst.day === undefined
      ? worst.criteria
      : criteriaOf(frame, index, worst.day, parameters.hlhConcurrenceDays, joinEvidence);
  return {
    definition: 'HLH_2004',
    version: '1',
    course: frame.course.number,
    parameters,
    ...counted,
    criteria,
    ...(worst.day === undefined ? {} : { day: worst.day }),
    flags: counted.status === 'POSITIVE' ? ['NON_SPECIFIC_AFTER_LYMPHODEPLETION'] : [],
    missing: criteria.filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id),
    evidence: joinEvidence(criteria.map(({ evidence }) => evidence)),
  };
}

/** More criteria met; of as many, fewer unknown; of as many, the earlier stretch stays. */
function isMore(a: readonly Criterion[], b: readonly Criterion[]): boolean {
  const count = (criteria: readonly Criterion[], status: Tristate) =>
    criteria.filter((criterion) => criterion.status === status).length;
  const met = count(a, 'MET') - count(b, 'MET');
  return met === 0 ? count(a, 'UNKNOWN') < count(b, 'UNKNOWN') : met > 0;
}

const ANALYTES = [
  'haemoglobin',
  'platelets',
  'anc',
  'triglycerides',
  'fibrinogen',
  'ferritin',
  'scd25',
] as const;
type Analyte = (typeof ANALYTES)[number];

interface HlhIndex {
  readonly days: readonly number[];
  readonly laboratory: ReadonlyMap<Analyte, readonly Placed<Laboratory>[]>;
  readonly temperatures: readonly Placed<VitalSign>[];
  readonly signs: HyperinflammationFacts['signs'];
}

function indexFacts(
  frame: CourseFrame,
  { hlhToDay, baselineDays }: { readonly hlhToDay: number; readonly baselineDays: number },
): HlhIndex {
  const facts = hyperinflammationFacts(frame, baselineDays);
  const inTime = ({ day }: Moment) => day <= hlhToDay;
  const laboratory = new Map(
    ANALYTES.map((analyte) => [analyte, facts.laboratory(analyte).filter(inTime)] as const),
  );
  const temperatures = frame.placed
    .vitalSigns('temperature')
    .filter((placed) => isInCourse(frame, placed) && inTime(placed));
  const signs = facts.signs.filter(inTime);
  const days = new Set(
    [...laboratory.values(), temperatures, signs].flatMap((list) => list.map(({ day }) => day)),
  );
  return { days: [...days].sort((a, b) => a - b), laboratory, temperatures, signs };
}

/** One temperature a day, the highest that has no other cause, else any; in order of time. */
function hottestOfDay(temperatures: readonly Placed<VitalSign>[]): readonly Placed<VitalSign>[] {
  const days = new Map<number, Placed<VitalSign>>();
  for (const placed of temperatures) {
    const known = days.get(placed.day);
    if (known === undefined || counted(placed) > counted(known)) days.set(placed.day, placed);
  }
  return [...days.values()];
}

function counted({ fact: { value, otherCause } }: Placed<VitalSign>): number {
  return otherCause === true ? Number.NEGATIVE_INFINITY : value;
}

type Join = typeof joinEvidence;

/** The eight criteria over so many days up to one; a scan of many stretches joins no evidence. */
function criteriaOf(
  frame: CourseFrame,
  index: HlhIndex,
  toDay: number,
  days: number,
  join: Join,
): readonly Criterion[] {
  const fromDay = toDay - days + 1;
  const within = <Fact>(list: readonly Placed<Fact>[]): readonly Fact[] => between(list, fromDay, toDay);
  const lab = (id: string, analyte: Analyte, judge: (value: Laboratory) => Tristate) =>
    criterionOf(id, within(index.laboratory.get(analyte) ?? []), judge, join);
  const sign = (name: string, id: string) =>
    criterionOf(
      id,
      within(index.signs).filter((each) => each.sign === name),
      ({ present, otherCause }) => (present && otherCause !== true ? 'MET' : 'NOT_MET'),
      join,
    );
  const infant = isYoungerThan(ageAt(frame.record, dateOfDay(frame, Math.max(toDay, 0))), 1 / 12) === true;
  const lines = [
    lab('haemoglobin', 'haemoglobin', (value) => isBelowThreshold(value, 'LT', infant ? 10 : 9)),
    lab('platelets', 'platelets', (value) => isBelowThreshold(value, 'LT', 100)),
    lab('anc', 'anc', (value) => isBelowThreshold(value, 'LT', 1000)),
  ];
  const fats = [
    lab('triglycerides', 'triglycerides', (value) => not(isBelowThreshold(value, 'LT', 265))),
    lab('fibrinogen', 'fibrinogen', (value) => isBelowThreshold(value, 'LE', 150)),
  ];
  return [
    criterionOf(
      'fever',
      within(index.temperatures),
      ({ value, otherCause }) => (value >= 38.5 && otherCause !== true ? 'MET' : 'NOT_MET'),
      join,
    ),
    sign('SPLENOMEGALY', 'splenomegaly'),
    together('bicytopenia', lines, isBicytopenia(lines.map(({ status }) => status)), join),
    together('triglycerides-or-fibrinogen', fats, anyOf(fats.map(({ status }) => status)), join),
    sign('HAEMOPHAGOCYTOSIS', 'haemophagocytosis'),
    sign('LOW_NK_ACTIVITY', 'nk-activity'),
    lab('ferritin', 'ferritin', (value) => not(isBelowThreshold(value, 'LT', 500))),
    lab('scd25', 'scd25', (value) => not(isBelowThreshold(value, 'LT', 2400))),
  ];
}

function together(id: string, parts: readonly Criterion[], status: Tristate, join: Join): Criterion {
  const deciding = status === 'MET' ? parts.filter((part) => part.status === 'MET') : parts;
  return { id, status, evidence: join(deciding.map(({ evidence }) => evidence)) };
}

/** Facts of a stretch of days from a list in order of time. */
function between<Fact>(list: readonly Placed<Fact>[], fromDay: number, toDay: number): readonly Fact[] {
  const facts: Fact[] = [];
  for (let index = firstFrom(list, fromDay); index < list.length; index += 1) {
    const placed = list[index];
    if (placed === undefined || placed.day > toDay) break;
    facts.push(placed.fact);
  }
  return facts;
}

function firstFrom(list: readonly Moment[], day: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.day ?? 0) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
