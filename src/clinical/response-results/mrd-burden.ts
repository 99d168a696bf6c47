import { not, type Tristate } from '../../core/tristate.ts';
import { dateOfDay } from '../course/course-frame.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { isBelowThreshold } from '../record/threshold.ts';
import { writtenMeasure } from '../record/written-measure.ts';
import { deriveBurdenBeforeCells, type MarrowBurden } from '../response/burden-before-infusion.ts';
import { buildResponseResult, type ResponseContext, type ResponseResult } from './response-result.ts';

const LIMITS = [
  ['>=1e-4', 1e-4],
  ['>=1e-3', 1e-3],
  ['>=1e-2', 1e-2],
] as const;

/**
 * `MRD_BURDEN_PRE_LD` and `MRD_BURDEN_POST_LD`: MRD before and after lymphodepletion by the strata of 1e-4, 1e-3 and 1e-2
 * (PKU L223; clinical specification 4.2), each three-valued: MET is at or above. The answer is whether MRD was measured
 * at all. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveMrdBurden(
  context: ResponseContext,
  overrides: ParameterOverrides = {},
): readonly ResponseResult[] {
  const parameters = chooseParameters(['burdenLookbackDays'], overrides);
  const burden = deriveBurdenBeforeCells(
    { ...context.frame, infusionDate: context.frame.infusion.date },
    parameters.burdenLookbackDays,
  );
  const describe = (definition: string, mrd: MarrowBurden | undefined): ResponseResult =>
    buildResponseResult(context, parameters, {
      definition,
      answer: mrd === undefined ? 'UNKNOWN' : 'MET',
      ...(mrd === undefined
        ? {}
        : {
            day: mrd.day,
            date: dateOfDay(context.frame, mrd.day),
            observed: writtenMeasure(mrd),
          }),
      criteria: LIMITS.map(([id, limit]) => ({ id, status: reaches(mrd, limit) })),
      missing: mrd === undefined ? ['mrd'] : [],
      evidence: mrd?.sources ?? [],
    });
  return [
    describe('MRD_BURDEN_PRE_LD', burden.mrdBeforeLymphodepletion),
    describe('MRD_BURDEN_POST_LD', burden.mrdAfterLymphodepletion),
  ];
}

function reaches(mrd: MarrowBurden | undefined, limit: number): Tristate {
  return mrd === undefined ? 'UNKNOWN' : not(isBelowThreshold(mrd, 'LT', limit));
}
