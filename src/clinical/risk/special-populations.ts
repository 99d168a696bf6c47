import { dayNumber } from '../../core/partial-date.ts';
import { allOf, anyOf, fromBoolean } from '../../core/tristate.ts';
import type { CourseFrame } from '../course/course-frame.ts';
import { dateFact, joinEvidence } from '../record/fact-date.ts';
import {
  buildConsideration,
  type Consideration,
  type ConsiderationFactor,
  statedFactor,
} from './consideration.ts';
import { cytogeneticMarker } from './cytogenetic-marker.ts';

/** Relapses recorded within so many days of each other are one. Project convention, as for relapses after the infusion. */
const SAME_RELAPSE_DAYS = 30;

/**
 * Patients of whom the sources say something of their own (clinical specification 6.7): a first relapse, Down syndrome,
 * chromosomal instability with mixed chimerism, Philadelphia-positive disease. Nothing here is advice.
 */
export function considerSpecialPopulations(frame: CourseFrame): readonly Consideration[] {
  const down = statedFactor(frame, 'down-syndrome', 'DOWN_SYNDROME');
  const instability = statedFactor(frame, 'chromosomal-instability', 'CHROMOSOMAL_INSTABILITY');
  const genetic: ConsiderationFactor = {
    id: 'genetic-condition',
    status: anyOf([down.status, instability.status]),
    evidence: joinEvidence([down.evidence, instability.evidence]),
  };
  // The record has no element for chimerism: it is for the clinician to add.
  const chimerism: ConsiderationFactor = { id: 'mixed-chimerism', status: 'UNKNOWN', evidence: [] };
  return [
    all(frame, 'CONSIDER_AT_FIRST_RELAPSE', [firstRelapse(frame), genetic], {
      notes: [
        'A first relapse is not in the label; CAR-T may be considered for selected genetic conditions.',
      ],
      citation: ['WH L202'],
    }),
    all(frame, 'DOWN_SYNDROME_NOTE', [down], {
      notes: ['Toxicity comparable with that of other patients.'],
      citation: ['WH L202'],
    }),
    all(frame, 'CONSIDER_IN_INSTABILITY_WITH_MIXED_CHIMERISM', [instability, chimerism], {
      notes: ['Consolidation by CAR-T in Nijmegen-type instability with mixed chimerism: a single case.'],
      citation: ['WH L202', 'WH L221-223'],
    }),
    all(frame, 'CONSIDER_TKI_MAINTENANCE', [{ id: 'bcr-abl1', ...cytogeneticMarker(frame, 'BCR_ABL1') }], {
      notes: ['Maintenance by a kinase inhibitor in Ph-positive disease: small cohorts.'],
      citation: ['WH L442'],
    }),
  ];
}

function all(
  frame: CourseFrame,
  definition: string,
  factors: readonly ConsiderationFactor[],
  texts: Pick<Consideration, 'notes' | 'citation'>,
): Consideration {
  const status = allOf(factors.map((factor) => factor.status));
  return buildConsideration(frame, {}, { definition, status, factors, ...texts });
}

/** Exactly one relapse on record up to the infusion; none on record is not none. */
function firstRelapse({ record, dates, infusion }: CourseFrame): ConsiderationFactor {
  const relapses = record.observations.diseaseStatus
    .filter(({ status, level }) => status === 'RELAPSE' && level !== 'MOLECULAR')
    .map((fact) => ({ day: dayNumber(dateFact(fact.date, fact.course, dates).date), sources: fact.sources }))
    .filter(({ day }) => day <= dayNumber(infusion.date))
    .toSorted((a, b) => a.day - b.day);
  const apart = relapses.filter(
    ({ day }, index) => day - (relapses[index - 1]?.day ?? Number.NEGATIVE_INFINITY) > SAME_RELAPSE_DAYS,
  );
  return {
    id: 'first-relapse',
    status: apart.length === 0 ? 'UNKNOWN' : fromBoolean(apart.length === 1),
    ...(apart.length === 0 ? {} : { observed: `${apart.length} on record` }),
    evidence: joinEvidence(relapses.map(({ sources }) => sources)),
  };
}
