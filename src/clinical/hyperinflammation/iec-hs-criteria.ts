import type { Laboratory } from '../../cohort/cohort-record.generated.ts';
import { anyOf, not, type Tristate } from '../../core/tristate.ts';
import type { ClinicalParameters } from '../parameters/clinical-parameters.ts';
import { hoursBetween, type Placed } from '../record/moment.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import type { HyperinflammationFacts } from './hyperinflammation-facts.ts';

/** Whether a value exceeds a limit, comparators respected. */
export function isAbove(value: Laboratory, limit: number | undefined): Tristate {
  return limit === undefined ? 'UNKNOWN' : not(isBelowThreshold(value, 'LE', limit));
}

/**
 * The required rule for one ferritin value: above twice the upper limit of normal, above twice the baseline, or
 * rising rapidly (clinical specification 2.4). `series` holds every ferritin in order of time.
 */
export function judgeFerritin(
  index: number,
  series: readonly Placed<Laboratory>[],
  baseline: Laboratory | undefined,
  parameters: Pick<ClinicalParameters, 'iecHsRapidRiseFactor' | 'iecHsRapidRiseHours'>,
): Tristate {
  const placed = series[index];
  if (placed === undefined) return 'UNKNOWN';
  const { fact } = placed;
  const byLimit = isAbove(fact, fact.upperLimit === undefined ? undefined : 2 * fact.upperLimit);
  const byBaseline = isAbove(fact, baseline === undefined ? undefined : 2 * baseline.value);
  const level = anyOf([byLimit, byBaseline]);
  if (level === 'MET') return 'MET';
  for (let before = index - 1; before >= 0; before -= 1) {
    const earlier = series[before];
    if (earlier === undefined || hoursBetween(earlier, placed) > parameters.iecHsRapidRiseHours) break;
    if (earlier.fact.comparator !== undefined || fact.comparator === '<' || fact.comparator === '<=')
      continue;
    if (fact.value >= parameters.iecHsRapidRiseFactor * earlier.fact.value) return 'MET';
  }
  // One known limit that is not exceeded is an answer; the other is an alternative, not a condition.
  return byLimit === 'NOT_MET' || byBaseline === 'NOT_MET' ? 'NOT_MET' : level;
}

export type CommonManifestation = 'transaminases' | 'fibrinogen' | 'haemophagocytosis' | 'cytopenia';

/** One finding that may be a common manifestation. */
export interface ManifestationFact {
  readonly id: CommonManifestation;
  readonly status: Tristate;
  readonly placed: Placed<{ readonly sources: Laboratory['sources'] }>;
}

/** Counts that are cytopenia of grade 3 or more by CTCAE: cells per microlitre, 10*9/L, g/dL. */
const CYTOPENIA = { anc: 500, platelets: 50, haemoglobin: 8 } as const;

/** Every finding of the common manifestations, in the order of the list (clinical specification 2.4). */
export function commonManifestations(facts: HyperinflammationFacts): readonly ManifestationFact[] {
  const of = (id: CommonManifestation, analyte: string, judge: (value: Laboratory) => Tristate) =>
    facts
      .laboratory(analyte)
      .map((placed): ManifestationFact => ({ id, status: judge(placed.fact), placed }));
  const signs = facts.signs
    .filter(({ fact }) => fact.sign === 'HAEMOPHAGOCYTOSIS')
    .map((placed): ManifestationFact => {
      const { present, otherCause } = placed.fact;
      return { id: 'haemophagocytosis', status: present && otherCause !== true ? 'MET' : 'NOT_MET', placed };
    });
  return [
    ...(['ast', 'alt'] as const).flatMap((analyte) =>
      of('transaminases', analyte, (value) => judgeTransaminase(value, facts.baseline(analyte))),
    ),
    ...of('fibrinogen', 'fibrinogen', (value) =>
      isBelowThreshold(value, 'LT', Math.max(150, value.lowerLimit ?? 0)),
    ),
    ...signs,
    ...Object.entries(CYTOPENIA).flatMap(([analyte, limit]) =>
      of('cytopenia', analyte, (value) => isBelowThreshold(value, 'LT', limit)),
    ),
  ];
}

/** Above five times the upper limit, or five times a baseline that was above it. */
function judgeTransaminase(value: Laboratory, baseline: Laboratory | undefined): Tristate {
  const limit = value.upperLimit ?? baseline?.upperLimit;
  if (limit === undefined) return 'UNKNOWN';
  const abnormal = baseline !== undefined && baseline.value > limit;
  return isAbove(value, 5 * (abnormal ? baseline.value : limit));
}
