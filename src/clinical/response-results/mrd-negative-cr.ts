import type { Mrd } from '../../cohort/cohort-record.generated.ts';
import { precisionOf } from '../../core/partial-date.ts';
import type { Tristate } from '../../core/tristate.ts';
import { chooseParameters, type ParameterOverrides } from '../parameters/clinical-parameters.ts';
import { joinEvidence } from '../record/fact-date.ts';
import { assessMrd, MRD_PARAMETER_NAMES, type MrdCategory, mrdParameters } from '../response/mrd.ts';
import { isRemission, RESPONSE_DAY_28_PARAMETER_NAMES } from './response-day-28.ts';
import { buildResponseResult, type ResponseContext, type ResponseResult } from './response-result.ts';

/** What the result depends on, the response included. */
export const MRD_NEGATIVE_CR_PARAMETER_NAMES = [
  ...MRD_PARAMETER_NAMES,
  ...RESPONSE_DAY_28_PARAMETER_NAMES,
] as const;

const METHODS: readonly Mrd['method'][] = ['FCM', 'RQ_PCR', 'FUSION_QPCR', 'NGS', 'UNKNOWN'];

interface MethodVerdict {
  readonly id: Mrd['method'];
  readonly status: Tristate;
}

/**
 * `MRD_NEG_CR` (clinical specification 4.1): the response at day 28 is CR or CRi, and MRD of that assessment, at most so
 * many days away, is negative; each method is a criterion of its own, positive by any of them is positive. Marrow decides;
 * blood can show MRD and not exclude it. Throws RangeError on an override that the parameter does not allow.
 */
export function deriveMrdNegativeCr(
  context: ResponseContext,
  response: ResponseResult,
  overrides: ParameterOverrides = {},
): ResponseResult {
  const parameters = chooseParameters(MRD_NEGATIVE_CR_PARAMETER_NAMES, overrides);
  const { day, answer, evidence } = response;
  const rules = mrdParameters(overrides);
  const near = context.frame.record.observations.mrd.filter(
    (mrd) =>
      day !== undefined &&
      precisionOf(mrd.date) === 'day' &&
      Math.abs(context.frame.dayOf(mrd.date) - day) <= parameters.mrdNearResponseDays,
  );
  const read = near.map((mrd) => ({ mrd, category: assessMrd(mrd, rules) })).filter(says);
  const criteria = METHODS.flatMap((method): readonly MethodVerdict[] => {
    const own = read.filter(({ mrd }) => mrd.method === method);
    if (own.length === 0) return [];
    return [{ id: method, status: own.some(({ category }) => isPositive(category)) ? 'NOT_MET' : 'MET' }];
  });
  const negative = mrdNegative(criteria);
  const status: Tristate = isRemission(response)
    ? negative
    : answer === 'NR' || negative === 'NOT_MET'
      ? 'NOT_MET'
      : 'UNKNOWN';
  const deciding = read.filter(({ category }) => isPositive(category) === (negative === 'NOT_MET'));
  return buildResponseResult(context, parameters, {
    definition: 'MRD_NEG_CR',
    answer: status,
    ...(response.date === undefined ? {} : { date: response.date }),
    ...(day === undefined ? {} : { day }),
    criteria,
    missing: status === 'UNKNOWN' ? (isRemission(response) ? ['mrd'] : response.missing) : [],
    evidence: joinEvidence([evidence, ...deciding.map(({ mrd }) => mrd.sources)]),
  });
}

interface ReadMrd {
  readonly mrd: Mrd;
  readonly category: MrdCategory;
}

function isPositive(category: MrdCategory): boolean {
  return category === 'POS' || category === 'POS_NQ';
}

/** Whether a result says anything here: positive from marrow or blood, negative from marrow alone. */
function says({ mrd: { specimen }, category }: ReadMrd): boolean {
  if (specimen === 'CSF' || specimen === 'OTHER') return false;
  return isPositive(category) || (category === 'NEG' && specimen !== 'BLOOD');
}

function mrdNegative(methods: readonly MethodVerdict[]): Tristate {
  if (methods.length === 0) return 'UNKNOWN';
  return methods.some(({ status }) => status === 'NOT_MET') ? 'NOT_MET' : 'MET';
}
