import type { CourseFrame } from '../course/course-frame.ts';
import type { DerivedResult } from '../course/derived-result.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { type Adjudication, deriveReportedGrades, type ReportedSystem } from '../toxicity/reported-grades.ts';

/** CRES as reported, 0 to 4: an older scale of neurotoxicity that is never computed or turned into ICANS. */
export interface Cres extends DerivedResult {
  readonly reported: readonly ReportedSystem[];
  readonly adjudications: readonly Adjudication[];
}

/** Clinical specification 2 and 2.2; Neelapu 2018 (CARTOX). */
export function deriveCres(frame: CourseFrame): Cres {
  const { systems, adjudications } = deriveReportedGrades(frame, 'CRES');
  return {
    definition: 'CRES_CARTOX_REPORTED',
    version: '1',
    course: frame.course.number,
    parameters: {},
    reported: systems,
    adjudications,
    flags: [],
    missing: systems.length === 0 ? ['reported-grade'] : [],
    evidence: joinEvidence([...systems, ...adjudications].map(({ evidence }) => evidence)),
  };
}
