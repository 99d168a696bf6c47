import type { Cytopenia } from '../clinical/blood-counts/cytopenia.ts';
import type { Icaht } from '../clinical/blood-counts/icaht.ts';
import type { CourseResults } from '../clinical/course-results.ts';
import type { Hlh } from '../clinical/hyperinflammation/hlh.ts';
import type { IecHs } from '../clinical/hyperinflammation/iec-hs.ts';
import type { Immunoglobulin } from '../clinical/immunity/immunoglobulin.ts';
import type { Infections } from '../clinical/immunity/infections.ts';
import type { Cres } from '../clinical/neurotoxicity/cres.ts';
import type { GradedToxicity } from '../clinical/toxicity/graded-toxicity.ts';
import type { ReportedSystem } from '../clinical/toxicity/reported-grades.ts';
import type { Tristate } from '../core/tristate.ts';
import { concept, date, day, integer, part, text, tristate } from './course-component.ts';
import type { CourseAnswer } from './course-observation.ts';

/** Definitions that `$toxicity` answers, in the order of the answers. */
export const TOXICITY_DEFINITIONS: readonly string[] = Object.freeze([
  'CRS_ASTCT_2019',
  'ICANS_ASTCT_2019',
  'CRES_CARTOX_REPORTED',
  'ICAHT_EARLY_EHA_EBMT_2023',
  'ICAHT_LATE_EHA_EBMT_2023',
  'CTCAE5_NEUTROPENIA_G4',
  'CTCAE5_THROMBOCYTOPENIA_G3',
  'CTCAE5_THROMBOCYTOPENIA_G4',
  'CTCAE5_ANAEMIA_G3',
  'IEC_HS_ASTCT_2023',
  'HLH_2004',
  'HYPOGAMMA_400',
  'EARLY_LATE_INFECTION',
]);

/** What `$toxicity` says of one course (clinical specification 2): grades as integers, three-valued statuses as codes. */
export function toxicityAnswers(results: CourseResults): readonly CourseAnswer[] {
  return [
    gradedAnswer(results.crs),
    gradedAnswer(results.icans),
    cresAnswer(results.cres),
    icahtAnswer(results.icaht.early),
    icahtAnswer(results.icaht.late),
    ...results.cytopenias.map(cytopeniaAnswer),
    iecHsAnswer(results.iecHs),
    hlhAnswer(results.hlh),
    immunoglobulinAnswer(results.immunoglobulin),
    infectionsAnswer(results.infections),
  ];
}

function gradedAnswer(toxicity: GradedToxicity): CourseAnswer {
  const { peak, occurred, peakStatus, basis, severe, computedPeak, reported } = toxicity;
  return {
    ...toxicity,
    ...gradeValue(peak),
    components: [
      ...part('occurred', tristate(occurred)),
      ...part('grade-status', text(peakStatus)),
      ...part('grade-basis', text(basis)),
      ...part('severe', tristate(severe)),
      ...part('computed-grade', integer(computedPeak)),
      ...reportedGrades(reported),
      ...part('peak-day', day(toxicity.peakDay)),
      ...part('onset-date', date(toxicity.onset)),
      ...part('onset-day', day(toxicity.onsetDay)),
      ...part('end-date', date(toxicity.end)),
      ...part('end-day', day(toxicity.endDay)),
      ...part('duration', day(toxicity.durationDays)),
    ],
  };
}

function cresAnswer(cres: Cres): CourseAnswer {
  const peaks = cres.reported.flatMap(({ peak }) => (peak === undefined ? [] : [peak]));
  const decided = cres.adjudications.find(({ grade }) => grade !== undefined)?.grade;
  const worst = decided ?? (peaks.length === 0 ? undefined : Math.max(...peaks));
  return { ...cres, ...gradeValue(worst), components: reportedGrades(cres.reported) };
}

function icahtAnswer(icaht: Icaht): CourseAnswer {
  const { grade, status, reported, censored } = icaht;
  return {
    ...icaht,
    ...gradeValue(grade),
    components: [
      ...part('grade-status', text(status)),
      ...reportedGrades(reported),
      ...part('end-day', day(censored?.day)),
      ...Object.entries(icaht.detail).flatMap(([name, value]) =>
        typeof value === 'number' && name !== 'grade' ? part('count', day(value), name) : [],
      ),
    ],
  };
}

function cytopeniaAnswer(cytopenia: Cytopenia): CourseAnswer {
  return {
    ...cytopenia,
    ...statusValue(cytopenia.status),
    components: [
      ...part('observed', text(cytopenia.nadir === undefined ? undefined : String(cytopenia.nadir))),
      ...part('peak-day', day(cytopenia.nadirDay)),
    ],
  };
}

function iecHsAnswer(iecHs: IecHs): CourseAnswer {
  return {
    ...iecHs,
    ...statusValue(iecHs.possible),
    components: [
      ...part('onset-date', date(iecHs.date)),
      ...part('onset-day', day(iecHs.day)),
      ...part('computed-grade', integer(iecHs.proposedMinimumGrade?.grade)),
      ...reportedGrades(iecHs.reported),
      ...[iecHs.required, ...iecHs.common, ...iecHs.further].flatMap(({ id, status }) =>
        part('criterion', tristate(status), id),
      ),
    ],
  };
}

const HLH_STATUS: Readonly<Record<Hlh['status'], Tristate>> = {
  POSITIVE: 'MET',
  NEGATIVE: 'NOT_MET',
  INDETERMINATE: 'UNKNOWN',
};

function hlhAnswer(hlh: Hlh): CourseAnswer {
  return {
    ...hlh,
    ...statusValue(HLH_STATUS[hlh.status]),
    components: [
      ...part('count', integer(hlh.metMin), 'metMin'),
      ...part('count', integer(hlh.metMax), 'metMax'),
      ...part('end-day', day(hlh.day)),
      ...hlh.criteria.flatMap(({ id, status }) => part('criterion', tristate(status), id)),
    ],
  };
}

function immunoglobulinAnswer(immunoglobulin: Immunoglobulin): CourseAnswer {
  const { hypogammaglobulinaemia, firstBelowDay, replacementDays, considerHigherTarget } = immunoglobulin;
  return {
    ...immunoglobulin,
    ...statusValue(hypogammaglobulinaemia),
    components: [
      ...part('onset-day', day(firstBelowDay)),
      ...part('count', integer(replacementDays.length), 'replacementDays'),
      ...part('criterion', tristate(considerHigherTarget), 'IGRT_CONSIDER_HIGHER_TARGET'),
    ],
  };
}

/** None on record is not "none". */
function infectionsAnswer(found: Infections): CourseAnswer {
  const { infections, early, late } = found;
  return {
    ...found,
    ...gradeValue(infections.length === 0 ? undefined : infections.length),
    components: [...part('count', integer(early), 'early'), ...part('count', integer(late), 'late')],
  };
}

function gradeValue(value: number | undefined): Pick<CourseAnswer, 'value'> {
  return value === undefined ? {} : { value: { valueInteger: value } };
}

function statusValue(status: Tristate): Pick<CourseAnswer, 'value'> {
  return { value: { valueCodeableConcept: concept('cartograph-result-criterion', status) } };
}

/** Each system by itself: grades are never translated. */
function reportedGrades(systems: readonly ReportedSystem[]): CourseAnswer['components'] {
  return systems.flatMap(({ system, peak }) => part('reported-grade', integer(peak), system));
}
