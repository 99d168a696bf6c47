import type { Source } from '../../cohort/cohort-record.generated.ts';
import { anyOf, fromBoolean } from '../../core/tristate.ts';
import { type BCellAplasia, namedBCellParameters } from '../b-cells/b-cell-aplasia.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import type { Crs } from '../crs/crs.ts';
import type { Icans } from '../neurotoxicity/icans.ts';
import {
  type ClinicalParameters,
  chooseParameters,
  type ParameterOverrides,
} from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import {
  buildConsideration,
  type Consideration,
  type ConsiderationFactor,
  statedFactor,
} from './consideration.ts';
import { considerEarlyTocilizumab, considerSeizureProphylaxis } from './prophylaxis.ts';
import { relapseSoonAfterHct } from './relapse-after-hct.ts';
import { considerSpecialPopulations } from './special-populations.ts';

const PARAMETERS = ['earlyRelapseAfterHctMonths', 'cd3Minimum'] as const;
type ConsiderationParameters = Pick<ClinicalParameters, (typeof PARAMETERS)[number]>;

export interface ConsiderationBasis {
  readonly crs: Crs;
  readonly icans: Icans;
  readonly aplasia: BCellAplasia;
}

/**
 * Prophylaxis, donor-derived product, advice on severe ICANS, maintenance, special populations (clinical specification 6.3 to 6.8), from
 * what was derived for the same course. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveConsiderations(
  frame: CourseFrame,
  { crs, icans, aplasia }: ConsiderationBasis,
  overrides: ParameterOverrides = {},
): readonly Consideration[] {
  const parameters = chooseParameters(PARAMETERS, overrides);
  return [
    considerEarlyTocilizumab(frame, crs, overrides),
    considerSeizureProphylaxis(frame),
    donorDerived(frame, parameters),
    severeIcans(frame, icans),
    maintenance(frame, aplasia),
    ...considerSpecialPopulations(frame),
  ];
}

function donorDerived(frame: CourseFrame, parameters: ConsiderationParameters): Consideration {
  const early = relapseSoonAfterHct(frame, parameters.earlyRelapseAfterHctMonths);
  const factors: readonly ConsiderationFactor[] = [
    { id: 'relapse-soon-after-hct', ...early },
    tooFewTCells(frame, parameters.cd3Minimum),
  ];
  const donor = statedFactor(frame, 'donor-available', 'DONOR_AVAILABLE');
  const graft = frame.record.hcts.find(({ donor: kind }) => kind !== undefined);
  const donorType: ConsiderationFactor = {
    id: 'donor-type',
    status: graft === undefined ? 'UNKNOWN' : 'MET',
    ...(graft?.donor === undefined ? {} : { observed: graft.donor }),
    evidence: graft?.sources ?? [],
  };
  return buildConsideration(frame, parameters, {
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
  const said = statedFactor(frame, 't-cells-too-few', 'T_CELLS_TOO_FEW');
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

function severeIcans(frame: CourseFrame, icans: Icans): Consideration {
  return buildConsideration(frame, icans.parameters, {
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

function maintenance(frame: CourseFrame, { loss, parameters }: BCellAplasia): Consideration {
  // Not lost so far says nothing of the time to come.
  const early = loss?.within.M6_D183;
  return buildConsideration(frame, namedBCellParameters(parameters), {
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
    ],
    citation: ['WH L438-440'],
  });
}
