import { percentOfFraction } from '../../clinical/record/percent-of-fraction.ts';
import type { Measured } from '../../clinical/record/threshold.ts';
import { type Burden, type BurdenBeforeInfusion, isHighBurden } from '../burden.ts';
import { BURDEN_THRESHOLDS, type BurdenThresholdId } from '../burden-thresholds.ts';
import type { CriterionDetails } from '../hct-assessment.ts';
import { MISSING } from '../hct-ruleset.ts';
import type { CriterionFinding } from './criterion.ts';

/**
 * C.b: high burden before lymphodepletion: marrow blasts, or MRD as a percentage where the blasts are not
 * recorded or their comparator leaves the answer open (clinical specification 5.2).
 */
export function assessHighBurden(
  { preLdBlasts, preLdMrd }: BurdenBeforeInfusion,
  highBurden: BurdenThresholdId,
): CriterionFinding {
  const { label, cite } = BURDEN_THRESHOLDS[highBurden];
  const percents = [preLdBlasts, preLdMrd === undefined ? undefined : asPercent(preLdMrd)].filter(
    (percent) => percent !== undefined,
  );
  const decisive = percents.find((percent) => isHighBurden(percent, highBurden) !== 'UNKNOWN') ?? percents[0];
  const shared = { parameters: { highBurden }, missing: [MISSING.burden], cite };
  if (decisive === undefined) {
    return { ...shared, result: 'UNKNOWN', reason: 'no marrow blasts or MRD before lymphodepletion' };
  }
  const { value, comparator = '' } = decisive;
  return {
    ...shared,
    result: isHighBurden(decisive, highBurden),
    reason: `${comparator}${value} % of marrow cells, threshold ${label}`,
    details: { value, threshold: label, also: otherThresholds(decisive) },
    data: decisive.data,
  };
}

function asPercent(mrd: Burden): Burden {
  return { ...mrd, value: percentOfFraction(mrd.value) };
}

function otherThresholds(percent: Measured): NonNullable<CriterionDetails['also']> {
  const answer = (threshold: BurdenThresholdId) => {
    const state = isHighBurden(percent, threshold);
    return state === 'UNKNOWN' ? undefined : state === 'MET';
  };
  const [ge5, gt25, gt40] = [answer('GE5'), answer('GT25'), answer('GT40')];
  return {
    ...(ge5 === undefined ? {} : { ge5 }),
    ...(gt25 === undefined ? {} : { gt25 }),
    ...(gt40 === undefined ? {} : { gt40 }),
  };
}
