import type { Cytogenetics } from '../../cohort/cohort-record.generated.ts';
import { anyOf, type Tristate } from '../../core/tristate.ts';
import { buildData } from '../datum.ts';
import type { HctContext } from '../hct-context.ts';
import { MISSING } from '../hct-ruleset.ts';
import { resolveAssertion, yesOrNo } from '../resolve-assertion.ts';
import type { CriterionFinding } from './criterion.ts';

/** Markers that make another relapse hard to treat (WH L219); BCR::ABL1 alone is not one of them. */
const ADVERSE: readonly Cytogenetics['marker'][] = ['KMT2A_REARRANGEMENT', 'TP53_MUTATION', 'OTHER_ADVERSE'];

/** C.d: a history of refractoriness, or adverse cytogenetics (clinical specification 5.2). */
export function assessNextRelapse({ record }: HctContext): CriterionFinding {
  const refractory = resolveAssertion(record, 'REFRACTORINESS');
  const stated = resolveAssertion(record, 'ADVERSE_CYTOGENETICS');
  const markers = record.disease.cytogenetics.filter(({ marker }) => ADVERSE.includes(marker));
  const present = markers.filter((marker) => marker.present);
  const adverse = adverseCytogenetics(markers, yesOrNo(stated));
  const result = anyOf([yesOrNo(refractory), adverse]);
  const named = present.map(({ marker }) => marker);
  const reasons = [
    ...(refractory.answer === 'YES' ? ['history of refractoriness'] : []),
    ...(named.length > 0 ? [...new Set(named)] : stated.answer === 'YES' ? ['adverse cytogenetics'] : []),
  ];
  const otherwise = result === 'NOT_MET' ? 'neither refractory nor adverse cytogenetics' : 'not fully known';
  return {
    result,
    reason: result === 'MET' ? reasons.join(', ') : otherwise,
    data: [
      ...refractory.data,
      ...stated.data,
      ...markers.flatMap(({ sources, date, marker, present: found }) =>
        buildData(sources, { date, value: `${marker} ${found ? 'present' : 'absent'}` }),
      ),
    ],
    missing: [MISSING.nextRelapse],
    cautions: [
      ...(refractory.contradictory || stated.contradictory ? (['CONTRADICTORY_ASSERTIONS'] as const) : []),
      ...(present.length > 0 && stated.answer === 'NO' ? (['ASSERTION_CONTRADICTED_BY_FACT'] as const) : []),
    ],
  };
}

/** A marker that was found decides; else the statement; else all of them must have been looked for. */
function adverseCytogenetics(markers: readonly Cytogenetics[], stated: Tristate): Tristate {
  if (markers.some(({ present }) => present)) return 'MET';
  if (stated !== 'UNKNOWN') return stated;
  const excluded = ADVERSE.every((adverse) => markers.some(({ marker }) => marker === adverse));
  return excluded ? 'NOT_MET' : 'UNKNOWN';
}
