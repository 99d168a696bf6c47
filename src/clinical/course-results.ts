import type { CohortRecord, PartialDate } from '../cohort/cohort-record.generated.ts';
import {
  type BCellAplasia,
  type BCellAplasiaParameters,
  bCellAplasiaParameters,
  deriveBCellAplasia,
} from './b-cells/b-cell-aplasia.ts';
import { type BCellComparison, compareBCellDefinitions } from './b-cells/b-cell-comparison.ts';
import { type Cytopenia, deriveCytopenias } from './blood-counts/cytopenia.ts';
import { deriveIcaht, type Icaht } from './blood-counts/icaht.ts';
import { type CourseFrame, frameCourse } from './course/course-frame.ts';
import { type Crs, deriveCrs } from './crs/crs.ts';
import { deriveHlh, type Hlh } from './hyperinflammation/hlh.ts';
import { deriveIecHs, type IecHs } from './hyperinflammation/iec-hs.ts';
import { deriveImmunoglobulin, type Immunoglobulin } from './immunity/immunoglobulin.ts';
import { deriveInfections, type Infections } from './immunity/infections.ts';
import { deriveKinetics, type Kinetics } from './kinetics/kinetics.ts';
import { type Cres, deriveCres } from './neurotoxicity/cres.ts';
import { deriveIcans, type Icans } from './neurotoxicity/icans.ts';
import type { ParameterOverrides } from './parameters/clinical-parameters.ts';
import { deriveResponseResults } from './response-results/derive-response-results.ts';
import type { ResponseResult } from './response-results/response-result.ts';
import type { Consideration } from './risk/consideration.ts';
import { deriveConsiderations } from './risk/considerations.ts';
import { deriveReinfusion, type Reinfusion } from './risk/reinfusion.ts';
import { deriveRiskFlags, type RiskFlag } from './risk/risk-flags.ts';

/** Everything derived for one course, beside its endpoints. */
export interface CourseResults {
  readonly course: number;
  readonly infusionDate: PartialDate;
  readonly crs: Crs;
  readonly icans: Icans;
  readonly cres: Cres;
  readonly icaht: { readonly early: Icaht; readonly late: Icaht };
  readonly cytopenias: readonly Cytopenia[];
  readonly iecHs: IecHs;
  readonly hlh: Hlh;
  readonly response: readonly ResponseResult[];
  readonly bCells: BCellComparison;
  readonly immunoglobulin: Immunoglobulin;
  readonly infections: Infections;
  readonly kinetics: { readonly blood: Kinetics; readonly marrow: Kinetics };
  readonly riskFlags: readonly RiskFlag[];
  readonly considerations: readonly Consideration[];
  readonly reinfusion: Reinfusion;
}

export interface CourseResultsOptions {
  /** Full date; later facts do not exist. */
  readonly asOf?: PartialDate;
  readonly overrides?: ParameterOverrides;
}

/**
 * All derivations of one course from its record alone. Undefined where the infusion is known to the year only: then
 * no day can be counted. Throws RangeError when the record has no course of that number, or on an override that a
 * parameter does not allow.
 */
export function deriveCourseResults(
  record: CohortRecord,
  courseNumber: number,
  { asOf, overrides = {} }: CourseResultsOptions = {},
): CourseResults | undefined {
  const frame = frameCourse(record, courseNumber, asOf);
  if (frame === undefined) return undefined;
  const crs = deriveCrs(frame, overrides);
  const icans = deriveIcans(frame, overrides);
  const { definition, ...others } = bCellAplasiaParameters(overrides);
  const cut = { ...others, ...(asOf === undefined ? {} : { asOf }) };
  const bCells = compareBCellDefinitions(record, courseNumber, cut, frame);
  const aplasia = bCells.byDefinition[definition];
  const later = nextAplasia(frame, { ...cut, definition });
  const next = later === undefined ? {} : { nextAplasia: later };
  return {
    course: courseNumber,
    infusionDate: frame.infusion.date,
    crs,
    icans,
    cres: deriveCres(frame),
    icaht: { early: deriveIcaht(frame, 'EARLY', overrides), late: deriveIcaht(frame, 'LATE', overrides) },
    cytopenias: deriveCytopenias(frame, overrides),
    iecHs: deriveIecHs(frame, crs, overrides),
    hlh: deriveHlh(frame, overrides),
    response: deriveResponseResults(frame, overrides),
    bCells,
    immunoglobulin: deriveImmunoglobulin(frame, overrides),
    infections: deriveInfections(frame, overrides),
    kinetics: {
      blood: deriveKinetics(frame, 'BLOOD', overrides),
      marrow: deriveKinetics(frame, 'MARROW', overrides),
    },
    riskFlags: deriveRiskFlags(frame, aplasia, overrides),
    considerations: deriveConsiderations(frame, { crs, icans, aplasia }, overrides),
    reinfusion: deriveReinfusion(frame, { aplasia, crs, icans, ...next }, overrides),
  };
}

/** B cells after the next infusion, where there is one with a day. */
function nextAplasia(frame: CourseFrame, parameters: BCellAplasiaParameters): BCellAplasia | undefined {
  const next = frame.record.courses.find(({ number }) => number === frame.course.number + 1);
  return next && deriveBCellAplasia(frame.record, next.number, parameters, frame);
}
