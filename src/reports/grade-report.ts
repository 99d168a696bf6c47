import { chooseParameters, type ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import { type Interval, proportion } from '../statistics/comparison/proportion.ts';
import { COURSE_GRADE_PARAMETER_NAMES, type CourseGrade, deriveCourseGrades } from './course-grades.ts';
import { buildReportHeader, type ReportBasis, type ReportHeader } from './report-header.ts';
import type { AttritionStep, Cohort } from './select-cohort.ts';

/** `count` of the patients who could be graded. */
export interface GradeShare {
  readonly count: number;
  readonly n: number;
  /** Null without patients. */
  readonly share: number | null;
  readonly clopperPearson: Interval | null;
  readonly wilson: Interval | null;
}

/** One toxicity by one system (clinical specification 8.1 S10). */
export interface GradeTable {
  readonly toxicity: string;
  readonly system: string;
  readonly origin: CourseGrade['origin'];
  /** Patients with a grade that is certain: the denominator. */
  readonly n: number;
  readonly notGradable: number;
  /** Patients whose grade may be higher than the one found, by that grade; they are in no other number. */
  readonly atLeast: readonly { readonly grade: number; readonly count: number }[];
  readonly grades: readonly ({ readonly grade: number } & GradeShare)[];
  /** Grade 1 or more. */
  readonly any: GradeShare;
  /** From `severeFrom` on. */
  readonly severe: GradeShare;
  /** Of CRS and ICANS the parameter `severeFromGrade`; of others 3 (clinical specification 8.1 S10). */
  readonly severeFrom: number;
}

export interface GradeReport extends ReportHeader {
  readonly attrition: readonly AttritionStep[];
  readonly tables: readonly GradeTable[];
}

const MOST = 5;
const SEVERE_FROM = 3;

/** A table for each toxicity and grading system, over the index courses of the definition's cohort. */
export function buildGradeReport(cohort: Cohort, basis: ReportBasis): GradeReport {
  const { parameters = {} } = basis;
  const all = cohort.members.map((member) => deriveCourseGrades(member, parameters));
  const keys = new Map(all.flat().map((grade) => [keyOf(grade), grade]));
  const tables = [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { toxicity, system, origin }]) =>
      buildTable(
        { toxicity, system, origin, severeFrom: severeFromOf(toxicity, parameters) },
        all.map((grades) => grades.find((grade) => keyOf(grade) === key)),
      ),
    );
  const header = buildReportHeader('grades', cohort, basis, COURSE_GRADE_PARAMETER_NAMES);
  return { ...header, attrition: cohort.attrition, tables };
}

function severeFromOf(toxicity: string, parameters: ParameterOverrides): number {
  const isGraded = toxicity === 'CRS' || toxicity === 'ICANS';
  return isGraded ? chooseParameters(['severeFromGrade'], parameters).severeFromGrade : SEVERE_FROM;
}

function keyOf({ toxicity, system, origin }: CourseGrade): string {
  return `${toxicity} ${system} ${origin}`;
}

/** One entry for each patient; undefined where nothing of this toxicity and system is there. */
function buildTable(
  of: Pick<GradeTable, 'toxicity' | 'system' | 'origin' | 'severeFrom'>,
  grades: readonly (CourseGrade | undefined)[],
): GradeTable {
  const certain = grades.flatMap((one) => (one?.grade === undefined || one.atLeast ? [] : [one.grade]));
  const open = grades.flatMap((one) => (one?.grade !== undefined && one.atLeast ? [one.grade] : []));
  const n = certain.length;
  const share = (holds: (grade: number) => boolean) => shareOf(certain.filter(holds).length, n);
  const levels = Array.from({ length: MOST + 1 }, (_, grade) => grade);
  return {
    ...of,
    n,
    notGradable: grades.length - n - open.length,
    atLeast: levels
      .map((grade) => ({ grade, count: open.filter((one) => one === grade).length }))
      .filter(({ count }) => count > 0),
    grades: levels.map((grade) => ({ grade, ...share((one) => one === grade) })),
    any: share((grade) => grade >= 1),
    severe: share((grade) => grade >= of.severeFrom),
  };
}

function shareOf(count: number, n: number): GradeShare {
  const result = proportion(count, n);
  if (result.status !== 'computed') return { count, n, share: null, clopperPearson: null, wilson: null };
  const { estimate, clopperPearson, wilson } = result;
  return { count, n, share: estimate, clopperPearson, wilson };
}
