import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import { deriveFromFacts } from '../endpoints/derive-endpoint.ts';
import { buildExposureIntervals } from '../statistics/rows/exposure-intervals.ts';
import { buildLandmarkRows } from '../statistics/rows/landmark.ts';
import type { Cohort, CohortMember } from './select-cohort.ts';
import { type ExposureStratum, type Stratum, UNKNOWN_STRATUM } from './stratum.ts';

/** Rows for the statistics, column by column. */
export interface CurveRows {
  readonly time: readonly number[];
  /** 0 censored, 1 event, 2 competing event. */
  readonly status: readonly number[];
  /** Where a row begins later than the origin. */
  readonly entry?: readonly number[];
  readonly labels: readonly string[];
  /** All labels in the order of the report, unknown last. */
  readonly levels: readonly string[];
  /** Status and type of each row, such as `EVENT RELAPSE`. */
  readonly outcomes: readonly string[];
  readonly landmark?: { readonly day: number; readonly eventBefore: number; readonly censoredBefore: number };
  readonly cautions: readonly string[];
}

const WHOLE = 'all';

export function buildCurveRows(
  cohort: Cohort,
  by: Stratum | undefined,
  overrides: ParameterOverrides = {},
): CurveRows {
  if (by === undefined) return simpleRows(cohort.members, () => WHOLE, []);
  switch (by.kind) {
    case 'fixed':
      return simpleRows(cohort.members, (member) => by.labelOf(member, overrides), by.cautions);
    case 'course':
      return courseRows(cohort);
    case 'landmark':
      return landmarkRows(exposed(cohort.members, by, overrides), by, by.landmark ?? 0);
    case 'time-varying':
      return varyingRows(exposed(cohort.members, by, overrides), by);
  }
}

function simpleRows(
  members: readonly CohortMember[],
  labelOf: (member: CohortMember) => string,
  cautions: readonly string[],
): CurveRows {
  const labels = members.map(labelOf);
  const own = labels.length === 0 ? [WHOLE] : labels;
  return {
    time: members.map(({ result }) => result.days),
    status: members.map(statusOf),
    labels,
    levels: levelsOf(own),
    outcomes: members.map(outcomeOf),
    cautions,
  };
}

/** One row for each course that a patient had; the definition starts from each in its turn. */
function courseRows({ members, definition }: Cohort): CurveRows {
  const rows = members.flatMap(
    (member): readonly { readonly label: string; readonly member: CohortMember }[] =>
      Array.from({ length: member.facts.courseCount }, (_, index) => index + 1).flatMap((indexCourse) => {
        const course = member.facts.course(indexCourse);
        const result = deriveFromFacts({ ...definition, indexCourse }, member.facts);
        const { status, days, type } = result;
        if (course === undefined || days === undefined || type === undefined) return [];
        if (status === 'NOT_APPLICABLE' || status === 'INDETERMINATE') return [];
        return [
          {
            label: `course ${indexCourse}`,
            member: { ...member, course, result: { ...result, status, days, type } },
          },
        ];
      }),
  );
  const caution =
    'a patient with several courses is in several groups; the test takes them as independent, the paired report does not';
  const labels = new Map(rows.map(({ label, member }) => [member, label]));
  return simpleRows(
    rows.map(({ member }) => member),
    (member) => labels.get(member) ?? UNKNOWN_STRATUM,
    [caution],
  );
}

interface Exposed {
  readonly members: readonly CohortMember[];
  readonly time: readonly number[];
  readonly status: readonly number[];
  readonly exposure: readonly (number | null)[];
  readonly cautions: readonly string[];
}

/** On the scale of the definition's clock; those of whom it is not known cannot be placed. */
function exposed(
  all: readonly CohortMember[],
  stratum: ExposureStratum,
  overrides: ParameterOverrides,
): Exposed {
  const known = all.flatMap((member) => {
    const exposure = stratum.exposureOf(member, overrides);
    return exposure === 'UNKNOWN' ? [] : [{ member, day: exposure.day }];
  });
  const left = all.length - known.length;
  return {
    members: known.map(({ member }) => member),
    time: known.map(({ member }) => member.result.days),
    status: known.map(({ member }) => statusOf(member)),
    exposure: known.map(({ member, day }) => (day === null ? null : day + member.infusionFromOrigin)),
    cautions: left === 0 ? [] : [`${left} of ${all.length} are left out: the record does not tell`],
  };
}

function landmarkRows(
  { members, cautions, ...input }: Exposed,
  stratum: ExposureStratum,
  landmark: number,
): CurveRows {
  const rows = buildLandmarkRows(input, landmark);
  const { before, after } = stratum.labels;
  const labels = [`${before} by day ${landmark}`, `${after} by day ${landmark}`] as const;
  return {
    time: rows.time,
    status: rows.status,
    labels: rows.exposed.map((code) => labels[code === 0 ? 0 : 1]),
    levels: labels,
    outcomes: rows.row.map((row) => outcomeAt(members, row)),
    landmark: { day: landmark, ...rows.excluded },
    cautions,
  };
}

function varyingRows({ members, cautions, ...input }: Exposed, stratum: ExposureStratum): CurveRows {
  const rows = buildExposureIntervals(input);
  const { before, after } = stratum.labels;
  const note = 'curves after Simon and Makuch: each holds at any time those who are in its state then';
  return {
    time: rows.time,
    status: rows.status,
    entry: rows.entry,
    labels: rows.exposed.map((code) => (code === 0 ? before : after)),
    levels: [before, after],
    outcomes: rows.row.map((row, at) => (rows.status[at] === 0 ? 'CENSORED' : outcomeAt(members, row))),
    cautions: [...cautions, note],
  };
}

function statusOf({ result }: CohortMember): number {
  if (result.status === 'CENSORED') return 0;
  return result.status === 'EVENT' ? 1 : 2;
}

function outcomeOf({ result }: CohortMember): string {
  return `${result.status} ${result.type}`;
}

function outcomeAt(members: readonly CohortMember[], row: number): string {
  const member = members[row];
  return member === undefined ? 'CENSORED' : outcomeOf(member);
}

/** Numbers by value, then texts; unknown last. */
function levelsOf(labels: readonly string[]): readonly string[] {
  const collator = (a: string, b: string): number => {
    const [x, y] = [leadingNumber(a), leadingNumber(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return a < b ? -1 : 1;
    return x - y || Number(!a.startsWith('<')) - Number(!b.startsWith('<'));
  };
  const known = [...new Set(labels)].filter((label) => label !== UNKNOWN_STRATUM).sort(collator);
  return labels.includes(UNKNOWN_STRATUM) ? [...known, UNKNOWN_STRATUM] : known;
}

function leadingNumber(label: string): number {
  return Number.parseFloat(label.replace(/^[<>=]+/, ''));
}
