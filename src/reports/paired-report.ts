/** First against second course in those who had both (clinical specification 8.1 S8): paired by patient. */
import { INFECTION_PARAMETER_NAMES } from '../clinical/immunity/infections.ts';
import {
  chooseParameters,
  type ParameterName,
  type ParameterOverrides,
} from '../clinical/parameters/clinical-parameters.ts';
import { MRD_NEGATIVE_CR_PARAMETER_NAMES } from '../clinical/response-results/mrd-negative-cr.ts';
import type { CohortRecord, Infusion, PartialDate } from '../cohort/cohort-record.generated.ts';
import { deriveEndpointFacts } from '../endpoints/endpoint-facts.ts';
import { type FisherTwoByTwo, fisherTwoByTwo } from '../statistics/comparison/fisher-two-by-two.ts';
import { type McNemar, mcNemar } from '../statistics/comparison/mcnemar.ts';
import { type SignedRank, signedRank } from '../statistics/comparison/signed-rank.ts';
import { pairedTTest, type TTest } from '../statistics/comparison/t-test.ts';
import type { Computed } from '../statistics/reason.ts';
import { COURSE_GRADE_PARAMETER_NAMES, deriveCourseGrades } from './course-grades.ts';
import { describeSample, type SampleDescription } from './describe-sample.ts';
import { infectionsOfMember, mrdNegativeRemissionOf } from './member-results.ts';
import { buildReportOrigin, type ReportBasis, type ReportOrigin } from './report-header.ts';
import type { CoursePatient } from './select-cohort.ts';

/** A yes-or-no fact of each course. */
export interface PairedShare {
  readonly what: string;
  /** Patients of whom both are known. */
  readonly n: number;
  readonly first: number;
  readonly second: number;
  readonly mcNemar: Computed<McNemar>;
  /** As if the courses were of different patients: what a publication may print, and not what the data are. */
  readonly fisherUnpaired: Computed<FisherTwoByTwo>;
}

/** A number of each course. */
export interface PairedNumber {
  readonly what: string;
  readonly n: number;
  readonly first: SampleDescription;
  readonly second: SampleDescription;
  readonly signedRank: Computed<SignedRank>;
  readonly pairedT: Computed<TTest>;
}

export interface PairedReport extends ReportOrigin {
  /** Patients with two courses or more. */
  readonly n: number;
  readonly shares: readonly PairedShare[];
  readonly numbers: readonly PairedNumber[];
}

type Reading<T> = (course: CoursePatient) => T | undefined;

/** First and second course of one patient. */
type Pair = readonly [CoursePatient, CoursePatient];

/** What the report rests on. */
export const PAIRED_REPORT_PARAMETER_NAMES: readonly ParameterName[] = [
  ...COURSE_GRADE_PARAMETER_NAMES,
  ...MRD_NEGATIVE_CR_PARAMETER_NAMES,
  ...INFECTION_PARAMETER_NAMES,
];

/** Courses are those against CD19, in order. */
export function buildPairedReport(
  records: readonly CohortRecord[],
  asOf: PartialDate,
  basis: ReportBasis,
): PairedReport {
  const pairs = records.flatMap((record): readonly Pair[] => {
    const facts = deriveEndpointFacts(record, asOf);
    const [first, second] = [facts.course(1), facts.course(2)];
    if (first === undefined || second === undefined) return [];
    return [
      [
        { facts, course: first },
        { facts, course: second },
      ],
    ];
  });
  const { parameters = {} } = basis;
  const { severeFromGrade } = chooseParameters(['severeFromGrade'], parameters);
  return {
    ...buildReportOrigin('paired', records.length, asOf, basis, PAIRED_REPORT_PARAMETER_NAMES),
    n: pairs.length,
    shares: [
      pairedShare('MRD-negative CR or CRi at day 28', pairs, (member) =>
        mrdNegativeRemissionOf(member, parameters),
      ),
      pairedShare('CRS, grade 1 or more', pairs, graded('CRS', 1, parameters)),
      pairedShare(`CRS, grade ${severeFromGrade} or more`, pairs, graded('CRS', severeFromGrade, parameters)),
      pairedShare('ICANS, grade 1 or more', pairs, graded('ICANS', 1, parameters)),
      pairedShare('CRES as reported, grade 1 or more', pairs, graded('CRES', 1, parameters)),
      pairedShare('infection, early', pairs, infected('early', parameters)),
      pairedShare('infection, late', pairs, infected('late', parameters)),
    ],
    numbers: [
      pairedNumber(
        'dose, 10*6 cells per kg',
        pairs,
        infusionOf((infusion) => infusion.dosePerKg),
      ),
      pairedNumber('CRS grade', pairs, gradeOf('CRS', parameters)),
      pairedNumber('ICANS grade', pairs, gradeOf('ICANS', parameters)),
      ...PEAKS.map(({ what, analyte }) => pairedNumber(what, pairs, extremeOf(analyte, 'highest'))),
      ...NADIRS.map(({ what, analyte }) => pairedNumber(what, pairs, extremeOf(analyte, 'lowest'))),
    ],
  };
}

/** Highest values of the course (JI L21). */
const PEAKS = ['il-2', 'il-4', 'il-6', 'il-10', 'il-17a', 'ifn-gamma', 'tnf-alpha'].map((analyte) => ({
  what: `peak ${analyte}, pg/mL`,
  analyte,
}));

/** Lowest values of the course (JI L21). */
const NADIRS = [
  { what: 'nadir of neutrophils, 10*9/L', analyte: 'anc' },
  { what: 'nadir of haemoglobin, g/dL', analyte: 'haemoglobin' },
  { what: 'nadir of platelets, 10*9/L', analyte: 'platelets' },
];

function pairedShare(what: string, pairs: readonly Pair[], read: Reading<boolean>): PairedShare {
  const both = readPairs(pairs, read);
  const count = (holds: (pair: readonly [boolean, boolean]) => boolean) => both.filter(holds).length;
  const n = both.length;
  const [first, second] = [count(([a]) => a), count(([, b]) => b)];
  return {
    what,
    n,
    first,
    second,
    mcNemar: mcNemar(
      count(([a, b]) => a && !b),
      count(([a, b]) => b && !a),
    ),
    fisherUnpaired: fisherTwoByTwo([
      [first, n - first],
      [second, n - second],
    ]),
  };
}

function pairedNumber(what: string, pairs: readonly Pair[], read: Reading<number>): PairedNumber {
  const both = readPairs(pairs, read);
  const [first, second] = [both.map(([a]) => a), both.map(([, b]) => b)];
  return {
    what,
    n: both.length,
    first: describeSample(first),
    second: describeSample(second),
    signedRank: signedRank(first, second),
    pairedT: pairedTTest(first, second),
  };
}

function readPairs<T>(pairs: readonly Pair[], read: Reading<T>): readonly (readonly [T, T])[] {
  return pairs.flatMap((pair): readonly (readonly [T, T])[] => {
    const [first, second] = [read(pair[0]), read(pair[1])];
    return first === undefined || second === undefined ? [] : [[first, second]];
  });
}

function gradeOf(toxicity: string, overrides: ParameterOverrides): Reading<number> {
  return (member) => {
    const found = deriveCourseGrades(member, overrides).find((grade) => grade.toxicity === toxicity);
    return found?.atLeast === true ? undefined : found?.grade;
  };
}

function graded(toxicity: string, from: number, overrides: ParameterOverrides): Reading<boolean> {
  const read = gradeOf(toxicity, overrides);
  return (member) => {
    const grade = read(member);
    return grade === undefined ? undefined : grade >= from;
  };
}

function infusionOf(read: (infusion: Infusion) => number | undefined): Reading<number> {
  return ({ course }) => read(course.course.infusion);
}

function infected(phase: 'early' | 'late', overrides: ParameterOverrides): Reading<boolean> {
  return (member) => {
    const infections = infectionsOfMember(member, overrides);
    return infections && infections[phase] > 0;
  };
}

/** Bounds are no extremes. */
function extremeOf(analyte: string, which: 'highest' | 'lowest'): Reading<number> {
  return ({ facts, course: { course } }) => {
    const values = (facts.record.observations.laboratory ?? []).filter(
      (value) =>
        value.analyte === analyte && value.course === course.number && value.comparator === undefined,
    );
    if (values.length === 0) return undefined;
    const numbers = values.map(({ value }) => value);
    return which === 'highest' ? Math.max(...numbers) : Math.min(...numbers);
  };
}
