import { deriveIcaht, ICAHT_PARAMETER_NAMES } from '../clinical/blood-counts/icaht.ts';
import type { CourseFrame } from '../clinical/course/course-frame.ts';
import { CRS_PARAMETER_NAMES, deriveCrs } from '../clinical/crs/crs.ts';
import { deriveIcans, ICANS_PARAMETER_NAMES } from '../clinical/neurotoxicity/icans.ts';
import type { ParameterOverrides } from '../clinical/parameters/clinical-parameters.ts';
import type { GradeStatus } from '../clinical/toxicity/graded.ts';
import type { GradedToxicity } from '../clinical/toxicity/graded-toxicity.ts';
import { deriveReportedGrades } from '../clinical/toxicity/reported-grades.ts';
import type { ToxicityGrade } from '../cohort/cohort-record.generated.ts';
import { frameOfMember } from './member-results.ts';
import type { CoursePatient } from './select-cohort.ts';

type ReportedToxicity = ToxicityGrade['toxicity'];

/** The highest grade of one toxicity in one course, by one system. */
export interface CourseGrade {
  readonly toxicity: string;
  /** Grades of different systems are never pooled. */
  readonly system: string;
  /** DECIDED: from adjudication, computation and report as they were weighed. REPORTED: as somebody wrote it. */
  readonly origin: 'DECIDED' | 'REPORTED';
  /** Absent where the patient cannot be graded. */
  readonly grade?: number;
  /** The grade may be higher. */
  readonly atLeast: boolean;
}

const REPORTED: readonly ReportedToxicity[] = [
  'CRS',
  'ICANS',
  'CRES',
  'ICAHT',
  'IEC_HS',
  'HLH',
  'GVHD',
  'NEUTROPENIA',
  'OTHER',
];

/** What the grades depend on. */
export const COURSE_GRADE_PARAMETER_NAMES = [
  ...CRS_PARAMETER_NAMES,
  ...ICANS_PARAMETER_NAMES,
  ...ICAHT_PARAMETER_NAMES,
] as const;

/** Nothing where the infusion is known to the year only. */
export function deriveCourseGrades(
  member: CoursePatient,
  overrides: ParameterOverrides = {},
): readonly CourseGrade[] {
  const frame = frameOfMember(member);
  if (frame === undefined) return [];
  return [
    ofToxicity('CRS', deriveCrs(frame, overrides)),
    ofToxicity('ICANS', deriveIcans(frame, overrides)),
    ...(['EARLY', 'LATE'] as const).map((phase) => {
      const { status, grade } = deriveIcaht(frame, phase, overrides);
      return decided(`ICAHT_${phase}`, 'EHA-EBMT-2023', status, grade);
    }),
    ...REPORTED.flatMap((toxicity) => reportedOf(frame, toxicity)),
  ];
}

/** Whom nobody looked at has no grade, not grade 0. */
function ofToxicity(toxicity: string, result: GradedToxicity): CourseGrade {
  const grade = result.occurred === 'UNKNOWN' ? undefined : result.peak;
  return decided(toxicity, result.system, result.peakStatus, grade);
}

function decided(
  toxicity: string,
  system: string,
  status: GradeStatus,
  grade: number | undefined,
): CourseGrade {
  const known = status === 'INDETERMINATE' || grade === undefined ? {} : { grade };
  return { toxicity, system, origin: 'DECIDED', atLeast: status === 'AT_LEAST', ...known };
}

function reportedOf(frame: CourseFrame, toxicity: ReportedToxicity): readonly CourseGrade[] {
  return deriveReportedGrades(frame, toxicity).systems.map(({ system, peak }) => ({
    toxicity,
    system,
    origin: 'REPORTED',
    atLeast: false,
    ...(peak === undefined ? {} : { grade: peak }),
  }));
}
