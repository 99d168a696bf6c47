import { anyOf } from '../core/tristate.ts';
import { type BurdenBeforeInfusion, deriveBurden } from './burden.ts';
import { assessBCellLoss } from './criteria/assess-b-cell-loss.ts';
import { assessBlinatumomabFailure } from './criteria/assess-blinatumomab-failure.ts';
import { assessCostimulation } from './criteria/assess-costimulation.ts';
import { assessDonorAndDesire } from './criteria/assess-donor-and-desire.ts';
import { assessHighBurden } from './criteria/assess-high-burden.ts';
import { assessMrdAfterInfusion } from './criteria/assess-mrd-after-infusion.ts';
import { assessNextRelapse } from './criteria/assess-next-relapse.ts';
import { buildCriterion, type CriterionFinding } from './criteria/criterion.ts';
import {
  CONSIDERING_CRITERIA,
  type CriterionId,
  type HctBasis,
  type HctCriterion,
  RECOMMENDING_CRITERIA,
} from './hct-assessment.ts';
import type { HctCaution } from './hct-caution-texts.ts';
import type { HctContext } from './hct-context.ts';
import { decideHct, type HctAnswers, type HctDecision, isTableReachable } from './hct-decision.ts';
import type { HctParameters } from './hct-parameters.ts';

/** The seven criteria and what follows from them under one set of parameters. */
export interface HctEvaluation {
  readonly answers: HctAnswers;
  readonly decision: HctDecision;
  /** Empty where a gate already decided. */
  readonly criteria: readonly HctCriterion[];
  readonly burden: BurdenBeforeInfusion;
  readonly cautions: readonly HctCaution[];
  readonly nextBCellTestDueDay?: number;
}

/** Evaluates the criteria, unless a gate makes them idle, and decides (clinical specification 5.1, 5.2). */
export function evaluateHct(context: HctContext, basis: HctBasis, parameters: HctParameters): HctEvaluation {
  const gates = {
    transplanted: basis.transplantedAfterInfusion.answer,
    disease: basis.diseaseStatus.answer,
    fit: basis.fitForHct.answer,
    priorHct: basis.priorHct.answer,
  };
  if (!isTableReachable(gates)) {
    const answers: HctAnswers = { ...gates, recommended: 'UNKNOWN', considered: 'UNKNOWN' };
    return { answers, decision: decideHct(answers), criteria: [], burden: {}, cautions: [] };
  }
  const burden = deriveBurden(context, parameters.burdenLookbackDays);
  const bCellLoss = assessBCellLoss(context, parameters);
  const findings: Readonly<Record<CriterionId, CriterionFinding>> = {
    'R.a': assessCostimulation(context.course),
    'R.b': bCellLoss,
    'R.c': assessMrdAfterInfusion(context, parameters),
    'C.a': assessDonorAndDesire(context.record),
    'C.b': assessHighBurden(burden, parameters.highBurden),
    'C.c': assessBlinatumomabFailure(context),
    'C.d': assessNextRelapse(context),
  };
  const answers: HctAnswers = {
    ...gates,
    recommended: anyOf(RECOMMENDING_CRITERIA.map((id) => findings[id].result)),
    considered: anyOf(CONSIDERING_CRITERIA.map((id) => findings[id].result)),
  };
  const ids = [...RECOMMENDING_CRITERIA, ...CONSIDERING_CRITERIA];
  return {
    answers,
    decision: decideHct(answers),
    criteria: ids.map((id) => buildCriterion(id, findings[id])),
    burden,
    cautions: ids.flatMap((id) => findings[id].cautions ?? []),
    ...(bCellLoss.nextBCellTestDueDay === undefined
      ? {}
      : { nextBCellTestDueDay: bCellLoss.nextBCellTestDueDay }),
  };
}
