import type { Source } from '../cohort/cohort-record.generated.ts';
import { allOf, anyOf, fromBoolean, not, type Tristate } from '../core/tristate.ts';
import type { BCellAplasia } from './b-cell-aplasia.ts';
import { deriveBurdenBeforeCells } from './burden-before-infusion.ts';
import type { CourseFrame } from './course-frame.ts';
import type { Crs } from './crs.ts';
import type { DerivedResult } from './derived-result.ts';
import { joinEvidence } from './fact-date.ts';
import type { Icans } from './icans.ts';
import { latestAssertion } from './latest-assertion.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from './parameters/clinical-parameters.ts';
import { relapseSoonAfterHct } from './relapse-after-hct.ts';
import type { RiskFlagReading } from './risk-flag-reading.ts';
import { isBelowThreshold } from './threshold.ts';

export interface ConsiderationFactor extends RiskFlagReading {
  readonly id: string;
}

/** Something that a clinician may want to think of: never an order. */
export interface Consideration extends DerivedResult {
  readonly status: Tristate;
  readonly factors: readonly ConsiderationFactor[];
  readonly notes: readonly string[];
  readonly citation: readonly string[];
}

const PARAMETERS = [
  'burdenLookbackDays',
  'earlyTocilizumabBurden',
  'earlyRelapseAfterHctMonths',
  'cd3Minimum',
] as const;
type ConsiderationParameters = Pick<ClinicalParameters, (typeof PARAMETERS)[number]>;

export interface ConsiderationBasis {
  readonly crs: Crs;
  readonly icans: Icans;
  readonly aplasia: BCellAplasia;
}

/**
 * Prophylaxis, donor-derived product, advice on severe ICANS, maintenance (clinical specification 6.3 to 6.8), from
 * what was derived for the same course. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveConsiderations(
  frame: CourseFrame,
  { crs, icans, aplasia }: ConsiderationBasis,
  overrides: ParameterOverrides = {},
): readonly Consideration[] {
  const parameters = chooseParameters(PARAMETERS, overrides);
  return [
    earlyTocilizumab(frame, crs, parameters),
    seizureProphylaxis(frame, parameters),
    donorDerived(frame, parameters),
    severeIcans(frame, icans, parameters),
    maintenance(frame, aplasia, parameters),
  ];
}

interface Draft {
  readonly definition: string;
  readonly status: Tristate;
  readonly factors: readonly ConsiderationFactor[];
  readonly notes: readonly string[];
  readonly citation: readonly string[];
}

function consideration(frame: CourseFrame, parameters: ConsiderationParameters, draft: Draft): Consideration {
  const { factors } = draft;
  return {
    ...draft,
    version: '1',
    course: frame.course.number,
    parameters,
    flags: [],
    missing: factors.filter(({ status }) => status === 'UNKNOWN').map(({ id }) => id),
    evidence: joinEvidence(factors.map(({ evidence }) => evidence)),
  };
}

function stated(frame: CourseFrame, id: string, question: Parameters<typeof latestAssertion>[1]) {
  return { id, ...latestAssertion(frame.record, question) };
}

/** Only while the latest day of CRS is grade 1, and with a factor. */
function earlyTocilizumab(frame: CourseFrame, crs: Crs, parameters: ConsiderationParameters): Consideration {
  const limit = parameters.earlyTocilizumabBurden === 'GT5' ? 5 : 25;
  const { blasts } = deriveBurdenBeforeCells(frame, parameters.burdenLookbackDays);
  const latest = crs.days.at(-1);
  const gradeOne: ConsiderationFactor = {
    id: 'current-crs-grade-1',
    status: latest?.grade === undefined ? 'UNKNOWN' : fromBoolean(latest.grade === 1),
    ...(latest?.grade === undefined ? {} : { observed: `grade ${latest.grade} on day ${latest.day}` }),
    evidence: latest?.evidence ?? [],
  };
  const factors: readonly ConsiderationFactor[] = [
    {
      id: 'high-burden',
      status: blasts === undefined ? 'UNKNOWN' : not(isBelowThreshold(blasts, 'LE', limit)),
      threshold: `> ${limit} %`,
      ...(blasts === undefined ? {} : { observed: `${blasts.comparator ?? ''}${blasts.value} %` }),
      evidence: blasts?.sources ?? [],
    },
    stated(frame, 'cardiac-comorbidity', 'CARDIAC_COMORBIDITY'),
    stated(frame, 'pulmonary-comorbidity', 'PULMONARY_COMORBIDITY'),
    { id: 'crs-onset-early', status: crs.onsetEarly, evidence: crs.episodes[0]?.evidence ?? [] },
  ];
  return consideration(frame, parameters, {
    definition: 'PROPH_EARLY_TOCI',
    status: allOf([gradeOne.status, anyOf(factors.map(({ status }) => status))]),
    factors: [gradeOne, ...factors],
    notes: [
      'No formal recommendation of prophylaxis; early tocilizumab at grade 1 may be considered.',
      'Label, for information: below 30 kg 12 mg/kg, from 30 kg 8 mg/kg, at most 800 mg, 8 h apart, 4 doses.',
    ],
    citation: ['WH L241-245'],
  });
}

function seizureProphylaxis(frame: CourseFrame, parameters: ConsiderationParameters): Consideration {
  const factors = [
    stated(frame, 'seizure-history', 'SEIZURE_HISTORY'),
    stated(frame, 'pres-history', 'PRES_HISTORY'),
    stated(frame, 'other-neurological-history', 'OTHER_NEUROLOGICAL_HISTORY'),
    stated(frame, 'abnormal-neuro-imaging', 'ABNORMAL_NEURO_IMAGING'),
  ];
  return consideration(frame, parameters, {
    definition: 'PROPH_SEIZURE',
    status: anyOf(factors.map(({ status }) => status)),
    factors,
    notes: ['Levetiracetam is not universal; it may be considered with one of these.'],
    citation: ['WH L253-256'],
  });
}

function donorDerived(frame: CourseFrame, parameters: ConsiderationParameters): Consideration {
  const early = relapseSoonAfterHct(frame, parameters.earlyRelapseAfterHctMonths);
  const factors: readonly ConsiderationFactor[] = [
    { id: 'relapse-soon-after-hct', ...early },
    tooFewTCells(frame, parameters.cd3Minimum),
  ];
  const donor = stated(frame, 'donor-available', 'DONOR_AVAILABLE');
  const graft = frame.record.hcts.find(({ donor: kind }) => kind !== undefined);
  const donorType: ConsiderationFactor = {
    id: 'donor-type',
    status: graft === undefined ? 'UNKNOWN' : 'MET',
    ...(graft?.donor === undefined ? {} : { observed: graft.donor }),
    evidence: graft?.sources ?? [],
  };
  return consideration(frame, parameters, {
    definition: 'CONSIDER_DONOR_DERIVED',
    status: anyOf(factors.map(({ status }) => status)),
    factors: [...factors, donor, donorType],
    notes: [
      'Not licensed; given under hospital exemption to 13 patients, all with expansion and MRD-negative CR, one with controllable GVHD.',
      'Theoretical risks: severe CRS and ICANS, GVHD.',
    ],
    citation: ['WH L194', 'COM L1-3', 'COM L7', 'COM L15'],
  });
}

/** By the clinician's word, or by a count where a limit was chosen: no source gives one. */
function tooFewTCells(frame: CourseFrame, minimum: number | null): ConsiderationFactor {
  const said = stated(frame, 't-cells-too-few', 'T_CELLS_TOO_FEW');
  const collections = (frame.record.observations.collections ?? [])
    .filter(({ date }) => date <= frame.infusion.date)
    .sort((a, b) => (a.date < b.date ? 1 : -1));
  const counted = collections.find(({ cd3PerMicrolitre }) => cd3PerMicrolitre !== undefined);
  const count = counted?.cd3PerMicrolitre;
  if (counted === undefined || count === undefined) return said;
  const observed = `${count} CD3+/uL`;
  const evidence: readonly Source[] = joinEvidence([said.evidence, counted.sources]);
  if (said.status !== 'UNKNOWN' || minimum === null) return { ...said, observed, evidence };
  return { ...said, status: fromBoolean(count < minimum), observed, threshold: `< ${minimum}`, evidence };
}

function severeIcans(frame: CourseFrame, icans: Icans, parameters: ConsiderationParameters): Consideration {
  return consideration(frame, parameters, {
    definition: 'ICANS_GRADE_3_NOTE',
    status: icans.severe,
    factors: [
      {
        id: 'icans-severe',
        status: icans.severe,
        ...(icans.peak === undefined ? {} : { observed: `peak grade ${icans.peak}` }),
        evidence: icans.evidence,
      },
    ],
    notes: [
      'Advice on treatment from grade 3 on is nearly uniform in the literature; recorded, not ordered.',
    ],
    citation: ['WH L251'],
  });
}

function maintenance(
  frame: CourseFrame,
  { loss }: BCellAplasia,
  parameters: ConsiderationParameters,
): Consideration {
  // Not lost so far says nothing of the time to come.
  const early = loss?.within.M6_D183;
  return consideration(frame, parameters, {
    definition: 'MAINTENANCE_AFTER_EARLY_BCA_LOSS',
    status: fromBoolean(early),
    factors: [
      {
        id: 'early-loss-of-b-cell-aplasia',
        status: fromBoolean(early),
        evidence: loss?.firstDetected.sources ?? [],
      },
    ],
    notes: [
      'UK series: 5 of 8 in molecular remission, median follow-up from loss 21.5 months; 3 CD19-positive relapses.',
      'Kinase inhibitor as maintenance in Ph-positive disease: small cohorts.',
    ],
    citation: ['WH L438-442'],
  });
}
